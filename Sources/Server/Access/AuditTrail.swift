import Attendance
import Database
import FoundationEssentials

/// What people have done that others must be able to trust: entries are added, never changed or removed. Each holds the
/// digest of itself and of the one before it, by a key that is not in the database, and a head says which one is the
/// newest: so a change behind the server's back shows.
struct AuditTrail: Sendable {
    let database: any SQLDatabase
    let key: AuditKey

    /// One thing that was done.
    struct Entry: Sendable, Equatable {
        let number: Int64
        let at: Instant
        /// Who did it: a person's id, or `server` for a command on the server itself.
        let actor: String
        /// What was done, as `mark.void`.
        let action: String
        /// To what: an id.
        let object: String
        /// The rest, by name.
        let detail: [String: String]
    }

    /// Who acts.
    enum Actor: Sendable, Equatable {
        case person(UUID)
        /// A command on the server, or the server by itself.
        case server

        var text: String {
            switch self {
            case .person(let id): id.lowercased
            case .server: "server"
            }
        }
    }

    /// Adds an entry, in the transaction that does what it says.
    func record(
        _ action: String, of object: String, by actor: Actor, _ detail: [String: String] = [:], at now: Instant,
        _ session: any SQLSession
    ) throws(ServerError) {
        let head = try head(session)
        let number = max(try Self.newest(session), head?.number ?? 0) &+ 1
        let entry = Entry(number: number, at: now, actor: actor.text, action: action, object: object, detail: detail)
        let json = try Self.json(detail)
        let digest = key.digest(of: entry, json, after: head?.digest ?? [])
        // Others wait here for this transaction to end. A head that is wrong stays as it is: a new one would hide that.
        if var head {
            (head.number, head.digest) = (number, digest)
            try head.write(key, session)
        }
        try session.run(
            "INSERT INTO audit (number, at_ms, actor, action, object, detail, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                .integer(number), .instant(now), .text(entry.actor), .text(action), .text(object), .text(json),
                .blob(digest),
            ])
    }

    /// Begins the trail anew behind the entries that there are, which stay and cannot be checked any more: for after the
    /// template key was lost, and for after somebody has looked into what is wrong. It is an entry itself.
    /// - Returns: the last entry that is not checked; 0 for none.
    func renew(now: Instant) throws(ServerError) -> Int64 {
        try database.transaction { session throws(ServerError) in try renew(now: now, session) }
    }

    func renew(now: Instant, _ session: any SQLSession) throws(ServerError) -> Int64 {
        let last = max(try Self.newest(session), try self.head(session)?.number ?? 0)
        let head = AuditHead(number: last, digest: [], checkedFrom: last + 1, keyedFrom: last + 1, since: now)
        try head.write(key, session)
        try record("audit.renew", of: "audit", by: .server, ["unchecked": "\(last)"], at: now, session)
        return last
    }

    /// The head; nil where it is missing, or this key has not made it.
    func head(_ session: any SQLSession) throws(ServerError) -> AuditHead? {
        guard let head = try AuditHead.read(session), head.isGood(key) else { return nil }
        return head
    }

    /// Entries about an object, or about everything, the newest first.
    /// - Parameter action: of this kind only.
    func list(object: String?, action: String? = nil, page: PageRequest) throws(ServerError) -> [Entry] {
        var conditions = ["number < ?"]
        var parameters: [SQLValue] = [.integer(try page.number(0) ?? Int64.max)]
        for (column, value) in [("object", object), ("action", action)] {
            guard let value else { continue }
            conditions.append("\(column) = ?")
            parameters.append(.text(value))
        }
        let rows = try database.all(
            "SELECT * FROM audit WHERE \(conditions.joined(separator: " AND ")) ORDER BY number DESC LIMIT ?",
            parameters + [page.rows])
        var entries: [Entry] = []
        for row in rows { entries.append(try Self.entry(in: row).entry) }
        return entries
    }

    static func entry(in row: Row) throws(ServerError) -> (entry: Entry, json: String, digest: [UInt8]) {
        try ServerError.wrap { () throws(DatabaseError) in
            let json = try row.text("detail")
            let detail = try? JSONDecoder().decode([String: String].self, from: Data(json.utf8))
            let entry = Entry(
                number: try row.integer("number"), at: try row.instant("at_ms"), actor: try row.text("actor"),
                action: try row.text("action"), object: try row.text("object"), detail: detail ?? [:])
            return (entry, json, try row.blob("digest"))
        }
    }

    /// The number of the newest entry; 0 for none.
    private static func newest(_ session: any SQLSession) throws(ServerError) -> Int64 {
        let row = try session.first("SELECT MAX(number) AS number FROM audit")
        return try ServerError.wrap { () throws(DatabaseError) in try row?.optionalInteger("number") ?? 0 }
    }

    private static func json(_ detail: [String: String]) throws(ServerError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(detail), as: UTF8.self)
        } catch {
            throw .damaged(what: "an entry of the audit trail", reason: "\(error)")
        }
    }
}
