import Glibc

/// What a file system has left for this machine's services.
struct FreeSpace: Sendable, Equatable {
    var bytes: Int64
    /// Inodes; nil where the file system makes them as it goes.
    var files: Int64?
    var isReadOnly = false

    /// SQLite cannot even clean up with less, in bytes.
    static let least: Int64 = 16 << 20

    init(bytes: Int64, files: Int64? = nil, isReadOnly: Bool = false) {
        self.bytes = bytes
        self.files = files
        self.isReadOnly = isReadOnly
    }

    /// Asks the file system of a folder; nil when it does not answer.
    init?(of folder: String) {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { return nil }
        let (product, overflow) = Int64(clamping: UInt64(status.f_bavail))
            .multipliedReportingOverflow(by: Int64(clamping: status.f_frsize))
        self.init(
            bytes: overflow ? .max : product,
            // File systems that make inodes as they go say 0 of 0.
            files: status.f_files == 0 ? nil : Int64(clamping: UInt64(status.f_favail)),
            isReadOnly: status.f_flag & UInt(ST_RDONLY) != 0)
    }

    /// Whether the file system takes no new file although it says that it can be written: since 2024 the kernel leaves an
    /// ext4 that has given up on a worn card mounted as it was. One small file is made and deleted.
    static func refusesFiles(in folder: String) -> Bool {
        let path = folder + "/.writable"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return errno == EROFS || errno == EIO }
        close(descriptor)
        unlink(path)
        return false
    }

    /// Why marks cannot be stored for long, with the next step, in one line; nil while they can. The same words while less
    /// and less is left: each change is a line of the journal, which may be on that very disk.
    var alarm: String? {
        if isReadOnly { return "the disk is read-only, marks cannot be stored; see dmesg: a worn-out card does that" }
        guard bytes < Self.least else { return nil }
        let left = "less than \(Self.least >> 20) MiB"
        return "the disk is full but for \(left), marks cannot be stored for long; free space: see df -h"
    }
}
