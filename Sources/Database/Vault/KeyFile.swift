import FoundationEssentials
import Glibc

/// Reads and makes the file with the key of the templates: 32 raw bytes, readable by nobody but its owner.
enum KeyFile {
    static let size = 32

    /// The key's bytes. `groupReadable` allows for the credentials folder of systemd, which shows an access list as
    /// permissions of the group.
    static func read(_ path: String, groupReadable: Bool) throws(VaultError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
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
        var bytes = [UInt8](repeating: 0, count: size + 1)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw .file(path: path, reason: SQLiteCode.systemMessage(errno)) }
        guard count == size, status.st_size == off_t(size) else {
            throw .keyMalformed(file: path, bytes: Int(status.st_size))
        }
        bytes.removeLast()
        return bytes
    }

    /// Stores a new key under a name that does not exist yet, whole or not at all. When somebody else made the file
    /// meanwhile, theirs stays.
    static func make(_ path: String, key: [UInt8]) throws(VaultError) {
        let draft = "\(path).new-\(UUID().uuidString)"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(path: path, reason: SQLiteCode.systemMessage(errno)) }
        defer { unlink(draft) }
        let written = fchmod(descriptor, 0o600) == 0 && write(descriptor, key, key.count) == key.count
        let stored = written && fsync(descriptor) == 0
        let reason = SQLiteCode.systemMessage(errno)
        close(descriptor)
        guard stored else { throw .file(path: path, reason: reason) }
        guard link(draft, path) == 0 || errno == EEXIST else {
            throw .file(path: path, reason: SQLiteCode.systemMessage(errno))
        }
        do throws(DatabaseError) { try DatabaseFiles.synchroniseFolder(of: path) } catch {
            throw .file(path: path, reason: "\(error)")
        }
    }
}
