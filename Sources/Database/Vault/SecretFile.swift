import FoundationEssentials
import Glibc

/// A small file with a secret, readable by nobody but its owner.
public enum SecretFile {
    /// The bytes of a key of a `TemplateVault`.
    static let keySize = 32

    /// The file's bytes. `groupReadable` allows for the credentials folder of systemd, which shows an access list as
    /// permissions of the group. Throws `.keyMissing`, `.keyExposed` for a file that others may read, and `.file`, also
    /// for one of more than `limit` bytes.
    public static func read(
        _ path: String, limit: Int = 4096, groupReadable: Bool = false
    ) throws(VaultError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? .keyMissing(file: path) : .file(path: path, reason: SQLiteCode.systemMessage(errno))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .file(path: path, reason: SQLiteCode.systemMessage(errno))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .file(path: path, reason: "not a regular file") }
        let forbidden: mode_t = groupReadable ? 0o037 : 0o077
        guard status.st_mode & forbidden == 0 else { throw .keyExposed(file: path) }
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw .file(path: path, reason: SQLiteCode.systemMessage(errno)) }
        guard count <= limit else { throw .file(path: path, reason: "larger than \(limit) bytes") }
        return Array(bytes[..<count])
    }

    /// A key of `keySize` bytes; throws `.keyMalformed` for another size.
    static func readKey(_ path: String, groupReadable: Bool) throws(VaultError) -> [UInt8] {
        let bytes = try read(path, groupReadable: groupReadable)
        guard bytes.count == keySize else { throw .keyMalformed(file: path, bytes: bytes.count) }
        return bytes
    }

    /// Stores a new file under a name that does not exist yet, whole or not at all. When somebody else made the file
    /// meanwhile, theirs stays.
    public static func make(_ path: String, _ bytes: [UInt8]) throws(VaultError) {
        try write(path, bytes) { draft in link(draft, path) == 0 || errno == EEXIST }
    }

    /// Puts the bytes in the place of the file, whole or not at all.
    public static func replace(_ path: String, _ bytes: [UInt8]) throws(VaultError) {
        try write(path, bytes) { draft in rename(draft, path) == 0 }
    }

    private static func write(
        _ path: String, _ bytes: [UInt8], publish: (String) -> Bool
    ) throws(VaultError) {
        let draft = "\(path).new-\(UUID().uuidString)"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(path: path, reason: SQLiteCode.systemMessage(errno)) }
        defer { unlink(draft) }
        let written = fchmod(descriptor, 0o600) == 0 && Glibc.write(descriptor, bytes, bytes.count) == bytes.count
        let stored = written && fsync(descriptor) == 0
        let reason = SQLiteCode.systemMessage(errno)
        close(descriptor)
        guard stored else { throw .file(path: path, reason: reason) }
        guard publish(draft) else { throw .file(path: path, reason: SQLiteCode.systemMessage(errno)) }
        do throws(DatabaseError) { try DatabaseFiles.synchroniseFolder(of: path) } catch {
            throw .file(path: path, reason: "\(error)")
        }
    }
}
