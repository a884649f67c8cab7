import Database

/// The version of a database's schema, in a table of one row.
struct PostgresSchema: VersionedSchema {
    let connection: PostgresConnection
    let place: String

    /// One number for all programs that migrate such a database: the letters "roll".
    private static let lock: Int64 = 0x726F_6C6C

    func version(_ session: any SQLSession) throws(DatabaseError) -> Int {
        // From a table: its lock has the server look at what others have made while this one waited. Without one it may
        // remember that there was no such table.
        let found = try session.queryFirst(
            "SELECT COUNT(*) AS found FROM pg_class WHERE oid = to_regclass('schema_version')")
        guard try found?.integer("found") == 1 else { return 0 }
        return Int(try session.queryFirst("SELECT version FROM schema_version")?.integer("version") ?? 0)
    }

    func setVersion(_ version: Int, _ session: any SQLSession) throws(DatabaseError) {
        try session.execute(
            """
            CREATE TABLE IF NOT EXISTS schema_version (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL)
            """)
        try session.execute(
            """
            INSERT INTO schema_version (one, version) VALUES (1, ?)
                ON CONFLICT (one) DO UPDATE SET version = excluded.version
            """, [.integer(Int64(version))])
    }

    func version() throws(DatabaseError) -> Int { try version(connection) }

    /// Whoever migrates waits here for the others, and then sees what they have done.
    func alone(_ body: (any SQLSession) throws(DatabaseError) -> Void) throws(DatabaseError) {
        let outcome = connection.attempt(isolation: "READ COMMITTED") { session throws(DatabaseError) in
            // A step over a large table may take longer than a request's statement.
            _ = try session.query("SELECT set_config('statement_timeout', '0', TRUE)")
            _ = try session.query("SELECT set_config('lock_timeout', '60000', TRUE)")
            _ = try session.query("SELECT pg_advisory_xact_lock(?)", [.integer(Self.lock)])
            try body(session)
        }
        if case .failed(let error, _) = outcome { throw error }
    }
}
