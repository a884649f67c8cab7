import CSQLite
import Synchronization

/// One open SQLite file. Every call is atomic; use `SQLiteDatabase` where several threads make transactions.
///
/// A file is never opened by two connections of one process: closing the second would drop the first one's locks.
public final class SQLiteConnection: SQLSession {
    /// The file's path.
    public let path: String
    private let use: SQLiteUse
    /// The claim on the file's name, where this connection made it.
    private let lock: FileLock?
    private let handle: Mutex<SQLiteHandle>

    /// Opens the file, makes it (mode 0600) when it is missing, asserts the settings on which durability rests, and
    /// brings its schema to the newest version.
    ///
    /// A file with a newer schema throws `.newerSchema` and is not changed. With `.alone`, a second opener gets `.inUse`;
    /// `lock` is given by an owner who replaces the file and must not let go of its name meanwhile.
    public init(
        path: String, use: SQLiteUse, migrations: [Migration] = [], lock: FileLock? = nil
    ) throws(DatabaseError) {
        self.path = path
        self.use = use
        switch use {
        case .alone:
            self.lock = lock == nil ? try FileLock(for: path) : nil
            try DatabaseFiles.makeIfMissing(path)
            handle = Mutex(try SQLiteHandle(file: path, alone: true, busyMilliseconds: 0))
        case .shared(let timeout):
            self.lock = nil
            try DatabaseFiles.makeIfMissing(path)
            let milliseconds =
                timeout.components.seconds * 1_000 + timeout.components.attoseconds / 1_000_000_000_000_000
            handle = Mutex(try SQLiteHandle(file: path, alone: false, busyMilliseconds: Int32(clamping: milliseconds)))
        }
        if use == .alone { try set("locking_mode", to: "EXCLUSIVE", expecting: .text("exclusive")) }
        let schema = SQLiteSchema(connection: self)
        do throws(DatabaseError) { try schema.refuseNewer(than: migrations) } catch {
            if case .newerSchema = error { abandon() }
            throw error
        }
        try assertSettings()
        try schema.bringUp(to: migrations)
    }

    /// Runs one statement to its end and returns the number of rows it changed.
    @discardableResult
    public func execute(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseError) -> Int {
        try handle.withLock { handle throws(DatabaseError) in try handle.run(sql, parameters).changes }
    }

    /// Runs one statement and returns all its rows.
    public func query(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseError) -> [Row] {
        try handle.withLock { handle throws(DatabaseError) in try handle.run(sql, parameters).rows }
    }

    /// Runs the body between BEGIN IMMEDIATE and COMMIT; whatever fails leaves nothing behind.
    ///
    /// The caller sees to it that no other thread uses the connection meanwhile.
    @discardableResult
    public func transaction<R, E: WrapsDatabaseError>(
        _ body: (any SQLSession) throws(E) -> R
    ) throws(E) -> R {
        do throws(DatabaseError) { try execute("BEGIN IMMEDIATE") } catch { throw E(error) }
        let result: R
        do throws(E) { result = try body(self) } catch {
            rollBack()
            throw error
        }
        do throws(DatabaseError) { try execute("COMMIT") } catch {
            rollBack()
            throw E(error)
        }
        return result
    }

    /// Moves everything from the write-ahead log into the file and empties the log, so that deleted bytes are in neither.
    public func checkpoint() throws(DatabaseError) {
        try execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// What SQLite finds wrong in the file: empty for a sound one. The quick check leaves out the indexes' contents.
    public func check(quick: Bool) throws(DatabaseError) -> [String] {
        let rows = try query(quick ? "PRAGMA quick_check(20)" : "PRAGMA integrity_check(20)")
        return rows.compactMap { row in
            if case .text(let text) = row.values.first, text != "ok" { text } else { nil }
        }
    }

    /// Rows inserted, changed and deleted since the file was opened.
    public var totalChanges: Int64 { handle.withLock { handle in handle.totalChanges } }

    /// Closes the file; every later call throws.
    public func close() {
        handle.withLock { handle in handle.close() }
        lock?.release()
    }

    /// Closes a damaged file without writing to it: what its log holds stays in the log.
    public func abandon() {
        handle.withLock { handle in
            handle.keepLog()
            handle.close()
        }
        lock?.release()
    }

    /// SQLite ends a transaction by itself on some failures, so there may be nothing to roll back.
    private func rollBack() {
        guard handle.withLock({ handle in handle.isInTransaction }) else { return }
        _ = try? execute("ROLLBACK")
    }

    private func assertSettings() throws(DatabaseError) {
        switch use {
        case .alone: try set("journal_mode", to: "WAL", expecting: .text("wal"))
        case .shared: try set("journal_mode", to: "TRUNCATE", expecting: .text("truncate"))
        }
        try set("synchronous", to: "FULL", expecting: 2)
        try set("secure_delete", to: "ON", expecting: 1)
        try set("foreign_keys", to: "ON", expecting: 1)
        try set("cell_size_check", to: "ON", expecting: 1)
        try set("journal_size_limit", to: "4194304", expecting: 4_194_304)
    }

    /// Sets a pragma and reads it back: SQLite answers a setting that it cannot take with silence.
    func set(_ name: String, to value: String, expecting wanted: SQLValue) throws(DatabaseError) {
        try execute("PRAGMA \(name) = \(value)")
        let found = try queryFirst("PRAGMA \(name)")?.values.first ?? .null
        guard found == wanted else {
            throw .settingRefused(file: path, setting: name, wanted: wanted.words, found: found.words)
        }
    }
}
