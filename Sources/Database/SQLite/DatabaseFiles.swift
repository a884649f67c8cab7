import Glibc

/// What is done to a database file as a file. None of it may happen while the file is open.
public enum DatabaseFiles {
    /// Files that belong to a database file, by what is added to its name.
    private static let companions = ["", "-wal", "-shm", "-journal"]

    /// The name that a damaged file gets: `path.damaged-1` or the next free number.
    public static func nameAside(for path: String) -> String {
        var number = 1
        while companions.contains(where: { exists("\(path).damaged-\(number)\($0)") }) { number += 1 }
        return "\(path).damaged-\(number)"
    }

    /// Renames a damaged file, with its journals, durably, and returns the new name.
    @discardableResult
    public static func setAside(_ path: String, as name: String? = nil) throws(DatabaseError) -> String {
        let target = name ?? nameAside(for: path)
        for companion in companions where exists(path + companion) {
            try move(path + companion, to: target + companion)
        }
        try synchroniseFolder(of: path)
        return target
    }

    /// Removes what `setAside` put away.
    public static func removeSetAside(_ path: String) throws(DatabaseError) {
        var number = 1
        while exists("\(path).damaged-\(number)") {
            try remove("\(path).damaged-\(number)")
            number += 1
        }
    }

    /// Puts a complete `draft` in the place of a damaged file, which goes to `aside`. After a crash in between,
    /// `finishReplacing` does the rest.
    public static func replace(_ path: String, by draft: String, aside: String) throws(DatabaseError) {
        try setAside(path, as: aside)
        try move(draft, to: path)
        try synchroniseFolder(of: path)
    }

    /// Ends a replacement that a crash interrupted: a draft is complete when the file is gone, and of no use when the
    /// file is still there. A journal that was left behind must not be played into the draft.
    public static func finishReplacing(_ path: String, by draft: String) throws(DatabaseError) {
        guard exists(draft) else { return }
        if exists(path) {
            try remove(draft)
        } else {
            try setAside(path)
            try move(draft, to: path)
            try synchroniseFolder(of: path)
        }
    }

    /// Removes a database file with its journals.
    public static func remove(_ path: String) throws(DatabaseError) {
        for companion in companions where exists(path + companion) && unlink(path + companion) != 0 {
            throw SQLiteCode.system(file: path + companion, operation: "removing", code: errno)
        }
        try synchroniseFolder(of: path)
    }

    /// True when the file is gone or empty and its log is not: SQLite would throw the log away.
    public static func isLogWithoutFile(_ path: String) -> Bool {
        (size(path) ?? 0) == 0 && (size("\(path)-wal") ?? 0) > 0
    }

    /// True when there is a file of this name.
    public static func exists(_ path: String) -> Bool { size(path) != nil }

    /// Makes an empty file that only its owner may read, and its name durable. Leaves an existing file alone.
    static func makeIfMissing(_ path: String) throws(DatabaseError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            guard errno == EEXIST else {
                throw SQLiteCode.system(file: path, operation: "making the file", code: errno)
            }
            return
        }
        defer { close(descriptor) }
        try giveToFolderOwner(descriptor, path)
        try synchroniseFolder(of: path)
    }

    /// What an administrator makes in a service's folder belongs to the service: it could not open it otherwise.
    static func giveToFolderOwner(_ descriptor: CInt, _ path: String) throws(DatabaseError) {
        var status = stat()
        guard geteuid() == 0, stat(folder(of: path), &status) == 0, status.st_uid != 0 else { return }
        guard fchown(descriptor, status.st_uid, status.st_gid) == 0 else {
            throw SQLiteCode.system(file: path, operation: "giving the file to its folder's owner", code: errno)
        }
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    /// Makes new, renamed and removed names in the file's folder durable.
    static func synchroniseFolder(of path: String) throws(DatabaseError) {
        let folder = folder(of: path)
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw SQLiteCode.system(file: folder, operation: "opening the folder", code: errno)
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw SQLiteCode.system(file: folder, operation: "writing the folder", code: errno)
        }
    }

    private static func move(_ path: String, to target: String) throws(DatabaseError) {
        guard rename(path, target) == 0 else {
            throw SQLiteCode.system(file: path, operation: "renaming to \(target)", code: errno)
        }
    }

    private static func size(_ path: String) -> Int? {
        var status = stat()
        return lstat(path, &status) == 0 ? Int(status.st_size) : nil
    }
}
