import Attendance
import Database
import FoundationEssentials

/// Where an unsure walk-by stands on its way to the server.
public enum WalkByState: String, Sendable, CaseIterable {
    /// Waits to be sent, or for its answer.
    case pending
    /// Refused by the server for ever.
    case rejected
    /// The server has it.
    case acknowledged
}

/// An unsure walk-by of the outbox and what became of it.
public struct OutboxWalkBy: Sendable, Equatable {
    /// The walk-by.
    public let walkBy: UnsureWalkBy
    /// Where it stands.
    public let state: WalkByState
    /// Why it was rejected.
    public let refusal: String?
    /// When it was stored, by the terminal's clock.
    public let recordedAt: Instant
    /// When the server's answer came, by the terminal's clock.
    public let answeredAt: Instant?
}

/// The SQL of the outbox's unsure walk-bys, within one transaction of its owner.
struct WalkByTable {
    let session: any SQLSession
    let now: Instant

    /// nil where the file has no such table: see `Outbox.walkByWarning`.
    static func inFile(of session: any SQLSession, now: Instant) throws(DatabaseError) -> WalkByTable? {
        try OutboxSchema.hasWalkBys(session) ? WalkByTable(session: session, now: now) : nil
    }

    /// Stores a walk-by unless one says the same. Beyond `limit` the oldest goes that the server has answered, or else the
    /// oldest of all.
    /// - Returns: false where there is one that says the same.
    func record(_ walkBy: UnsureWalkBy, limit: Int) throws(DatabaseError) -> Bool {
        let same = try session.queryFirst(
            "SELECT id FROM walk_bys WHERE id = ? OR walk_by_key = ?",
            [.text(walkBy.id.uuidString), .text(walkBy.key)])
        guard same == nil else { return false }
        let excess = try count() - limit + 1
        if excess > 0 {
            try session.execute(
                """
                DELETE FROM walk_bys WHERE sequence IN
                    (SELECT sequence FROM walk_bys ORDER BY state = 'pending', sequence LIMIT ?)
                """, [.integer(Int64(excess))])
        }
        try insert(OutboxWalkBy(walkBy: walkBy, state: .pending, refusal: nil, recordedAt: now, answeredAt: nil))
        return true
    }

    /// Stores a row of a damaged file as it was, unless one says the same.
    func restore(_ row: OutboxWalkBy) throws(DatabaseError) {
        let same = try session.queryFirst(
            "SELECT id FROM walk_bys WHERE walk_by_key = ?", [.text(row.walkBy.key)])
        if same == nil { try insert(row) }
    }

    /// Gives a pending walk-by its true time; it goes where another says the same then.
    func resolve(_ walkBy: UnsureWalkBy) throws(DatabaseError) {
        let other = try session.queryFirst(
            "SELECT id FROM walk_bys WHERE walk_by_key = ? AND id <> ?",
            [.text(walkBy.key), .text(walkBy.id.uuidString)])
        guard other == nil else { return try delete(walkBy.id) }
        try session.execute(
            "UPDATE walk_bys SET at_ms = ?, session = ?, clock = ?, walk_by_key = ? WHERE id = ?",
            [
                .integer(walkBy.at.milliseconds), .text("\(walkBy.session)"), .text(walkBy.clock.rawValue),
                .text(walkBy.key), .text(walkBy.id.uuidString),
            ])
    }

    func delete(_ id: UUID) throws(DatabaseError) {
        try session.execute("DELETE FROM walk_bys WHERE id = ?", [.text(id.uuidString)])
    }

    /// Takes in the server's answer.
    func settle(_ id: UUID, as state: WalkByState, refusal: String?) throws(DatabaseError) {
        try session.execute(
            "UPDATE walk_bys SET state = ?, refusal = ?, answered_at_ms = ? WHERE id = ? AND state = 'pending'",
            [.text(state.rawValue), .text(orNull: refusal), .integer(now.milliseconds), .text(id.uuidString)])
    }

    /// Pending walk-bys, oldest first; those of `boot` with an unknown clock only if seen at or before `heldUntil`.
    func pending(limit: Int, boot: UUID, heldUntil: Int64) throws(DatabaseError) -> [UnsureWalkBy] {
        try rows(
            "state = 'pending' AND NOT (clock = 'unknown' AND boot_id = ? AND boot_time_ns > ?) ORDER BY sequence LIMIT ?",
            [.text(boot.uuidString), .integer(heldUntil), .integer(Int64(limit))]
        ).map(\.walkBy)
    }

    /// How many are pending.
    func waiting() throws(DatabaseError) -> Int {
        let row = try session.queryFirst("SELECT COUNT(*) AS count FROM walk_bys WHERE state = 'pending'")
        return Int(try row?.integer("count") ?? 0)
    }

    /// Pending walk-bys of a boot whose time is not known yet, in the order of their boot times.
    func unresolved(boot: UUID) throws(DatabaseError) -> [UnsureWalkBy] {
        try rows(
            "state = 'pending' AND clock = 'unknown' AND boot_id = ? ORDER BY boot_time_ns, sequence",
            [.text(boot.uuidString)]
        ).map(\.walkBy)
    }

    /// The newest rows first.
    func recent(limit: Int) throws(DatabaseError) -> [OutboxWalkBy] {
        try rows("sequence > 0 ORDER BY sequence DESC LIMIT ?", [.integer(Int64(limit))])
    }

    /// Deletes what was answered before a moment and belongs to a session before today's.
    func prune(before moment: Instant, today: SessionID) throws(DatabaseError) -> Int {
        try session.execute(
            "DELETE FROM walk_bys WHERE state <> 'pending' AND answered_at_ms < ? AND session < ?",
            [.integer(moment.milliseconds), .text("\(today)")])
    }

    /// Deletes what names anybody but these people.
    func keep(_ people: Set<UUID>) throws(DatabaseError) -> Int {
        var count = 0
        for row in try rows("sequence > 0", []) where !people.isSuperset(of: row.walkBy.people) {
            try delete(row.walkBy.id)
            count += 1
        }
        return count
    }

    private func count() throws(DatabaseError) -> Int {
        Int(try session.queryFirst("SELECT COUNT(*) AS count FROM walk_bys")?.integer("count") ?? 0)
    }

    private func insert(_ row: OutboxWalkBy) throws(DatabaseError) {
        let columns = OutboxSchema.walkByColumns.dropFirst().joined(separator: ", ")
        let places = row.values.map { _ in "?" }.joined(separator: ", ")
        try session.execute("INSERT INTO walk_bys (\(columns)) VALUES (\(places))", row.values)
    }

    private func rows(_ condition: String, _ parameters: [SQLValue]) throws(DatabaseError) -> [OutboxWalkBy] {
        var found: [OutboxWalkBy] = []
        let sql = "SELECT \(OutboxSchema.walkByColumnList) FROM walk_bys WHERE \(condition)"
        for row in try session.query(sql, parameters) { found.append(try OutboxWalkBy(row)) }
        return found
    }
}
