/// The version of a file's schema, which SQLite keeps in the file's header.
struct SQLiteSchema: VersionedSchema {
    let connection: SQLiteConnection

    var place: String { connection.path }

    func version() throws(DatabaseError) -> Int { try connection.schemaVersion() }

    func version(_ session: any SQLSession) throws(DatabaseError) -> Int { try session.schemaVersion() }

    func setVersion(_ version: Int, _ session: any SQLSession) throws(DatabaseError) {
        try session.execute("PRAGMA user_version = \(version)")
    }

    func alone(_ body: (any SQLSession) throws(DatabaseError) -> Void) throws(DatabaseError) {
        try connection.transaction(body)
    }
}

extension SQLiteConnection {
    /// Brings the schema to the newest version, where that was not possible when the file was opened.
    /// - Throws: `.newerSchema` for a version that the list does not reach; nothing was changed then.
    public func bringUp(to migrations: [Migration]) throws(DatabaseError) {
        try SQLiteSchema(connection: self).bringUp(to: migrations)
    }
}

extension SQLSession {
    /// The schema version of a SQLite file, 0 for a new one.
    public func schemaVersion() throws(DatabaseError) -> Int {
        Int(try queryFirst("PRAGMA user_version")?.integer("user_version") ?? 0)
    }
}
