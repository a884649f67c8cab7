/// Is there room for marks?
struct DiskCheck {
    var path: String
    /// Bytes that this machine's services may still write; nil when the file system does not say.
    var freeBytes: Int64?
    var freeFiles: Int64?
    var isReadOnly = false

    /// A mark takes less than a kilobyte: room for a year of a large school.
    static let little: Int64 = 200 << 20
    init(path: String, freeBytes: Int64?, freeFiles: Int64? = nil, isReadOnly: Bool = false) {
        self.path = path
        self.freeBytes = freeBytes
        self.freeFiles = freeFiles
        self.isReadOnly = isReadOnly
    }

    /// Asks the file system of the nearest folder that exists.
    init(of path: String) {
        var folder = path
        while true {
            if let space = FreeSpace(of: folder) {
                self.init(
                    path: path, freeBytes: space.bytes, freeFiles: space.files,
                    isReadOnly: space.isReadOnly || FreeSpace.refusesFiles(in: folder))
                return
            }
            guard folder.count > 1, let slash = folder.lastIndex(of: "/") else {
                self.init(path: path, freeBytes: nil)
                return
            }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
    }

    var finding: Finding {
        let name = "disk"
        guard !isReadOnly else {
            return .failed(
                name, "the file system of \(path) is read-only: no mark can be kept",
                next: "see why: dmesg | tail; a worn-out card makes itself read-only and has to be replaced")
        }
        guard let freeBytes else {
            return .failed(name, "the file system of \(path) does not answer", next: "see: df \(path); dmesg | tail")
        }
        let free = "\(Self.words(freeBytes)) free for \(path)"
        let step = "make room: journalctl --vacuum-size=100M; apt-get clean; see: df -h \(path)"
        if freeBytes < FreeSpace.least { return .failed(name, free + ": marks will not be kept", next: step) }
        if let freeFiles, freeFiles < 100 {
            return .failed(name, "\(free), but room for only \(freeFiles) more files", next: "see: df -i \(path)")
        }
        if freeBytes < Self.little { return .warning(name, free, next: step) }
        return .ok(name, free)
    }

    /// Bytes as people say them.
    static func words(_ bytes: Int64) -> String {
        let tenths = bytes / 100_000_000
        if tenths >= 10 { return "\(tenths / 10).\(tenths % 10) GB" }
        return "\(bytes / 1_000_000) MB"
    }
}
