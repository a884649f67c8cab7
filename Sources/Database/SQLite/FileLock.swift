import Glibc
import Synchronization

/// The claim of one process on a file name, held until it is released and dropped by the kernel when the process ends. It
/// does not depend on the file itself, so that nobody slips in while a damaged file is replaced.
public final class FileLock: Sendable {
    private let descriptor: Atomic<Int32>

    /// Claims `path` through `path.lock`; throws `.inUse` when another claim stands, in this process or another.
    public init(for path: String) throws(DatabaseError) {
        let name = "\(path).lock"
        let opened = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else { throw SQLiteCode.system(file: name, operation: "making the lock", code: errno) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(opened)
            throw code == EWOULDBLOCK
                ? .inUse(file: path) : SQLiteCode.system(file: name, operation: "locking", code: code)
        }
        do throws(DatabaseError) { try DatabaseFiles.giveToFolderOwner(opened, name) } catch {
            close(opened)
            throw error
        }
        descriptor = Atomic(opened)
    }

    deinit { release() }

    /// Gives the name free.
    public func release() {
        let held = descriptor.exchange(-1, ordering: .sequentiallyConsistent)
        guard held >= 0 else { return }
        // Said outright: a child of this process that has not reached its exec yet holds the same open file, and closing ours
        // would leave the claim with it.
        flock(held, LOCK_UN)
        close(held)
    }
}
