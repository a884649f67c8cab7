import Synchronization

/// A SQLite file for several threads: one connection behind one lock, held for the whole of a transaction.
public final class SQLiteDatabase: SQLDatabase {
    private let connection: SQLiteConnection
    private let turn = Mutex(())

    /// Opens or makes the file; see `SQLiteConnection.init`.
    public init(path: String, use: SQLiteUse, migrations: [Migration]) throws(DatabaseError) {
        connection = try SQLiteConnection(path: path, use: use, migrations: migrations)
    }

    /// Runs one statement to its end and returns the number of rows it changed.
    @discardableResult
    public func execute(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseError) -> Int {
        try turn.withLock { _ throws(DatabaseError) in try connection.execute(sql, parameters) }
    }

    /// Runs one statement and returns all its rows.
    public func query(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseError) -> [Row] {
        try turn.withLock { _ throws(DatabaseError) in try connection.query(sql, parameters) }
    }

    /// Runs the body in one transaction, alone on the connection.
    @discardableResult
    public func transaction<R: Sendable, E: WrapsDatabaseError>(
        _ body: (any SQLSession) throws(E) -> R
    ) throws(E) -> R {
        try turn.withLock { _ throws(E) in try connection.transaction(body) }
    }

    /// What SQLite finds wrong in the file: empty for a sound one.
    public func check(quick: Bool) throws(DatabaseError) -> [String] {
        try turn.withLock { _ throws(DatabaseError) in try connection.check(quick: quick) }
    }

    /// Closes the file; every later call throws.
    public func close() {
        turn.withLock { _ in connection.close() }
    }
}
