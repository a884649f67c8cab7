import Glibc

/// What the system knows about a device file beside its driver.
enum DeviceFile {
    /// Opens a character device for capture.
    static func open(_ path: String) throws(CaptureError) -> Int32 {
        let fd = Glibc.open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        guard fd >= 0 else { throw refusal(of: path, errno) }
        var status = stat()
        guard fstat(fd, &status) == 0, status.st_mode & S_IFMT == S_IFCHR else {
            close(fd)
            throw .notACamera(device: path, reason: "it is not a device")
        }
        return fd
    }

    private static func refusal(of path: String, _ number: Int32) -> CaptureError {
        switch number {
        case ENOENT, ENODEV, ENXIO, ENOTDIR: .noSuchDevice(device: path, present: cameras())
        case EACCES: .noPermission(path: path, group: group(of: path))
        case EPERM: .noPermission(path: path, group: nil)
        case EBUSY: .busy(device: path, holder: holder(of: path))
        case EISDIR: .notACamera(device: path, reason: "it is a folder")
        default: .io(operation: "open", path: path, reason: systemReason(number))
        }
    }

    /// The device files of this machine that may be cameras.
    static func cameras() -> [String] {
        ((try? namesInFolder("/dev")) ?? []).filter { $0.hasPrefix("video") && Int($0.dropFirst(5)) != nil }
            .sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.map { "/dev/" + $0 }
    }

    /// The group that may read and write the file, where it has that right.
    private static func group(of path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o060 == 0o060 else { return nil }
        var entry = Glibc.group()
        var found: UnsafeMutablePointer<Glibc.group>?
        var storage = [CChar](repeating: 0, count: 4096)
        guard getgrgid_r(status.st_gid, &entry, &storage, storage.count, &found) == 0, found != nil else {
            return String(status.st_gid)
        }
        return String(cString: entry.gr_name)
    }

    /// The first process that has the device open, as `name (process 123)`; only root sees those of others.
    static func holder(of path: String) -> String? {
        var resolved = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        guard realpath(path, &resolved) != nil else { return nil }
        let device = text(resolved)
        let ourselves = String(getpid())
        for process in (try? namesInFolder("/proc")) ?? [] where Int(process) != nil && process != ourselves {
            let folder = "/proc/\(process)/fd"
            for descriptor in (try? namesInFolder(folder)) ?? [] {
                var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
                guard readlink("\(folder)/\(descriptor)", &target, Int(PATH_MAX)) > 0, text(target) == device else {
                    continue
                }
                let name = (try? readSmallFile("/proc/\(process)/comm")) ?? "?"
                return "\(name) (process \(process))"
            }
        }
        return nil
    }

    private static func readSmallFile(_ path: String) throws(CaptureError) -> String {
        let bytes = try ByteStream(path: path, stop: nil)
        return try bytes.withLine(limit: 256, position: "its name") { String(decoding: $0, as: UTF8.self) } ?? "?"
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
