import Attendance
import Crypto
import Database
import FoundationEssentials

/// What people have done that others must be able to trust: entries are added, never changed or removed. Each holds the
/// digest of itself and of the one before it, so that a change behind the server's back shows.
struct AuditTrail: Sendable {
    let database: any SQLDatabase

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
    static func record(
        _ action: String, of object: String, by actor: Actor, _ detail: [String: String] = [:], at now: Instant,
        _ session: any SQLSession
    ) throws(ServerError) {
        let last = try session.first("SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1")
        let (number, digest) = try ServerError.wrap { () throws(DatabaseError) in
            (try last?.integer("number") ?? 0, try last?.blob("digest") ?? [])
        }
        let entry = Entry(
            number: number + 1, at: now, actor: actor.text, action: action, object: object, detail: detail)
        let json = try Self.json(detail)
        try session.run(
            "INSERT INTO audit (number, at_ms, actor, action, object, detail, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                .integer(entry.number), .instant(now), .text(entry.actor), .text(action), .text(object), .text(json),
                .blob(Self.digest(of: entry, json, after: digest)),
            ])
    }

    /// Entries about an object, or about everything, the newest first.
    func list(object: String?, page: PageRequest) throws(ServerError) -> [Entry] {
        let before = try page.number(0) ?? Int64.max
        let rows =
            if let object {
                try database.all(
                    "SELECT * FROM audit WHERE object = ? AND number < ? ORDER BY number DESC LIMIT ?",
                    [.text(object), .integer(before), page.rows])
            } else {
                try database.all(
                    "SELECT * FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?",
                    [.integer(before), page.rows])
            }
        var entries: [Entry] = []
        for row in rows { entries.append(try Self.entry(in: row).entry) }
        return entries
    }

    /// Looks at every digest.
    /// - Returns: how many entries there are, and the number of the first that was changed or follows one that is missing.
    func verify() throws(ServerError) -> (entries: Int, firstWrong: Int64?) {
        var (digest, count, after): ([UInt8], Int, Int64) = ([], 0, 0)
        while true {
            let rows = try database.all(
                "SELECT * FROM audit WHERE number > ? ORDER BY number LIMIT 1000", [.integer(after)])
            for row in rows {
                let (entry, json, stored) = try Self.entry(in: row)
                guard entry.number == after + 1, stored == Self.digest(of: entry, json, after: digest) else {
                    return (count, entry.number)
                }
                (digest, count, after) = (stored, count + 1, entry.number)
            }
            if rows.isEmpty { return (count, nil) }
        }
    }

    private static func entry(in row: Row) throws(ServerError) -> (entry: Entry, json: String, digest: [UInt8]) {
        try ServerError.wrap { () throws(DatabaseError) in
            let json = try row.text("detail")
            let detail = try? JSONDecoder().decode([String: String].self, from: Data(json.utf8))
            let entry = Entry(
                number: try row.integer("number"), at: try row.instant("at_ms"), actor: try row.text("actor"),
                action: try row.text("action"), object: try row.text("object"), detail: detail ?? [:])
            return (entry, json, try row.blob("digest"))
        }
    }

    private static func digest(of entry: Entry, _ json: String, after before: [UInt8]) -> [UInt8] {
        let parts = ["\(entry.number)", "\(entry.at.milliseconds)", entry.actor, entry.action, entry.object, json]
        var hash = SHA256()
        hash.update(data: before)
        // The length before each part: no two lists of parts have one text.
        for part in parts { hash.update(data: Array("\(part.utf8.count):\(part)".utf8)) }
        return Array(hash.finalize())
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
