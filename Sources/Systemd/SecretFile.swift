import Glibc

/// Small files with a secret in them.
public enum SecretFile {
    /// The bytes of a regular file of at most `limit` bytes that not everybody may read; nil when there is none.
    public static func read(_ path: String, limit: Int) throws(SystemdError) -> Redacted<[UInt8]>? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .secretUnreadable(path: path, code: errno)
        }
        defer { close(descriptor) }

        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .secretUnreadable(path: path, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .secretRefused(path: path, reason: "not a regular file") }
        guard status.st_mode & 0o007 == 0 else {
            throw .secretRefused(path: path, reason: "every user may read or change it: chmod o-rwx")
        }

        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .secretUnreadable(path: path, code: errno) }
            if count == 0 { break }
            filled += count
        }
        guard filled <= limit else { throw .secretRefused(path: path, reason: "larger than \(limit) bytes") }
        return Redacted(Array(bytes[..<filled]))
    }
}
