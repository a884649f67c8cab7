/// Something that runs SQL. Statements use `?` placeholders and `ON CONFLICT`, which SQLite and PostgreSQL both understand.
///
/// Calls block; a server that must not block its threads makes them on a thread of its own.
public protocol SQLSession: AnyObject, Sendable {
    /// Runs one statement to its end and returns the number of rows it inserted, changed or deleted.
    @discardableResult
    func execute(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseError) -> Int

    /// Runs one statement and returns all its rows.
    func query(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseError) -> [Row]
}

extension SQLSession {
    /// Runs one statement without parameters.
    @discardableResult
    public func execute(_ sql: String) throws(DatabaseError) -> Int { try execute(sql, []) }

    /// Runs one statement without parameters and returns all its rows.
    public func query(_ sql: String) throws(DatabaseError) -> [Row] { try query(sql, []) }

    /// Runs one statement and returns its first row, nil when there is none.
    public func queryFirst(_ sql: String, _ parameters: [SQLValue] = []) throws(DatabaseError) -> Row? {
        try query(sql, parameters).first
    }
}

/// A database that several threads may use: every call is atomic, and so is a whole transaction.
public protocol SQLDatabase: SQLSession {
    /// Runs the body in one transaction: committed durably when it returns, rolled back when it throws.
    ///
    /// The body uses the session it is given, not the database (which would wait for itself), and keeps it no longer
    /// than the call. State the error's type: `{ (session) throws(DatabaseError) in … }`.
    ///
    /// PostgreSQL may run the body several times until it fits between other transactions, and nothing of the earlier runs
    /// stays: so it does nothing outside the session that it could not do twice, and begins from the same values each time.
    /// After a statement that failed the body can only throw: what it returns then is dropped, and the failure thrown.
    @discardableResult
    func transaction<R: Sendable, E: WrapsDatabaseError>(
        _ body: (any SQLSession) throws(E) -> R
    ) throws(E) -> R

    /// Ends the use of the database; every later call throws.
    func close()
}
