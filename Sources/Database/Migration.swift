/// One step of a schema. Step n of a list brings a file from version n - 1 to version n; old steps never change.
public struct Migration: Sendable, Equatable {
    /// What the step brings, in a few words.
    public let name: String
    /// The SQL statements, run in order in one transaction.
    public let statements: [String]

    /// A step with its statements.
    public init(_ name: String, _ statements: [String]) {
        self.name = name
        self.statements = statements
    }
}

extension SQLSession {
    /// The schema version of a SQLite file, 0 for a new one.
    public func schemaVersion() throws(DatabaseError) -> Int {
        Int(try queryFirst("PRAGMA user_version")?.integer("user_version") ?? 0)
    }
}

extension SQLiteConnection {
    /// Brings the file to the newest version, each step in a transaction of its own. Another process may be doing the
    /// same, so a step looks at the version again once it holds the lock.
    func migrate(_ migrations: [Migration]) throws(DatabaseError) {
        while try schemaVersion() < migrations.count {
            try transaction { (session) throws(DatabaseError) in
                let version = try session.schemaVersion()
                guard version < migrations.count else { return }
                for statement in migrations[version].statements { try session.execute(statement) }
                try session.execute("PRAGMA user_version = \(version + 1)")
            }
        }
    }
}
