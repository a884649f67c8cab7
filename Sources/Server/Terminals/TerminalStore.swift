import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// The terminals that may talk to the server.
public struct TerminalStore: Sendable {
    let database: any SQLDatabase
    let audit: AuditTrail

    /// All terminals, by name, the revoked ones included.
    public func list() throws(ServerError) -> [TerminalAccount] {
        try ServerError.wrap { () throws(DatabaseError) in
            let rows = try database.query("SELECT \(TerminalAccount.columns) FROM terminals ORDER BY name")
            return try rows.map { row throws(DatabaseError) in try TerminalAccount(row) }
        }
    }

    /// One page of the terminals, by name.
    func list(page: PageRequest) throws(ServerError) -> [TerminalAccount] {
        let rows = try database.all(
            "SELECT \(TerminalAccount.columns) FROM terminals WHERE name > ? ORDER BY name LIMIT ?",
            [.text(page.after?[0] ?? ""), page.rows])
        return try ServerError.wrap { () throws(DatabaseError) in
            try rows.map { row throws(DatabaseError) in try TerminalAccount(row) }
        }
    }

    /// The terminal; nil where there is none.
    func find(_ id: UUID) throws(ServerError) -> TerminalAccount? { try Self.find(id, database) }

    static func find(_ id: UUID, _ session: any SQLSession) throws(ServerError) -> TerminalAccount? {
        try first("id = ?", .id(id), session)
    }

    /// The terminal in the first row that meets the condition.
    static func first(
        _ condition: String, _ value: SQLValue, _ session: any SQLSession
    ) throws(ServerError) -> TerminalAccount? {
        let row = try session.first("SELECT \(TerminalAccount.columns) FROM terminals WHERE \(condition)", [value])
        return try ServerError.wrap { () throws(DatabaseError) in
            try row.map { row throws(DatabaseError) in try TerminalAccount(row) }
        }
    }

    static func require(_ id: UUID, _ session: any SQLSession) throws(ServerError) -> TerminalAccount {
        guard let found = try find(id, session) else {
            throw .damaged(what: "terminal \(id.lowercased)", reason: "the row just written is missing")
        }
        return found
    }

    /// Stores what the terminal says of itself.
    /// - Parameter health: the heartbeat's JSON.
    func recordHeartbeat(
        of id: UUID, _ heartbeat: Heartbeat, health: String, at now: Instant
    ) throws(ServerError) {
        // Where the roster is not whole, what it had before still counts: a terminal that pulls anew keeps the old roster
        // until the new one is whole, and whom it has deleted is gone.
        let confirmed = try RosterPosition.read(of: id, cursor: heartbeat.rosterCursor, database).confirmed
        // With an empty outbox it has reported: sessions that are over wait no longer for it.
        let reported = heartbeat.outboxDepth == 0 ? ", reported_ms = ?" : ""
        let moments: [SQLValue] = heartbeat.outboxDepth == 0 ? [.instant(now)] : []
        try database.run(
            """
            UPDATE terminals SET last_seen_ms = ?, health = ?, clock_offset_ms = ?,
                roster_revision = COALESCE(?, roster_revision)\(reported) WHERE id = ?
            """,
            [
                .instant(now), .text(health),
                .integer(orNull: heartbeat.time.map { now.milliseconds - $0.milliseconds }),
                .integer(orNull: confirmed),
            ] + moments + [.id(id)])
        try noteFaults(of: id, now: now)
    }
}
