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

/// A database that knows the version of its schema: 0 for a new one, n after the first n steps of its list.
public protocol VersionedSchema {
    /// The file or address, for errors.
    var place: String { get }

    /// The version now.
    func version() throws(DatabaseError) -> Int

    /// The version as a transaction sees it.
    func version(_ session: any SQLSession) throws(DatabaseError) -> Int

    /// Stores the version.
    func setVersion(_ version: Int, _ session: any SQLSession) throws(DatabaseError)

    /// Runs the body in a transaction of its own while nobody else migrates.
    func alone(_ body: (any SQLSession) throws(DatabaseError) -> Void) throws(DatabaseError)
}

extension VersionedSchema {
    /// Brings the schema to the newest version, each step in a transaction of its own. Another process may be doing the
    /// same, so a step looks at the version again once it is alone.
    /// - Throws: `.newerSchema` for a version that the list does not reach; nothing was changed then.
    public func bringUp(to migrations: [Migration]) throws(DatabaseError) {
        try refuseNewer(than: migrations)
        while try version() < migrations.count {
            try alone { (session) throws(DatabaseError) in
                let version = try version(session)
                guard version < migrations.count else { return }
                for statement in migrations[version].statements { try session.execute(statement) }
                try setVersion(version + 1, session)
            }
        }
    }

    /// Throws `.newerSchema` for a version that the list does not reach. Without a list, any version is good.
    func refuseNewer(than migrations: [Migration]) throws(DatabaseError) {
        let found = try version()
        guard found <= migrations.count || migrations.isEmpty else {
            throw .newerSchema(file: place, found: found, known: migrations.count)
        }
    }
}
