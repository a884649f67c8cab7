import Attendance
import Database
import FoundationEssentials

/// The SQL of the outbox, within one transaction of its owner.
struct MarkTable {
    let session: any SQLSession
    let now: Instant

    /// Stores a mark unless the person's mark of the session is before it; an acknowledged one that is after it does not
    /// keep it from going out.
    func record(_ mark: Mark) throws(DatabaseError) -> RecordResult {
        guard try find(mark.id) == nil else { return .recorded }
        if let other = try yieldOthers(to: mark) { return .alreadyMarked(other) }
        try insert(OutboxMark(mark: mark, state: .pending, reason: nil, recordedAt: now, answeredAt: nil))
        return .recorded
    }

    /// Stores a row of a damaged file as it was; of two that claim the same place the usual one stays.
    func restore(_ row: OutboxMark) throws(DatabaseError) {
        var state = row.state
        if state == .pending, try yieldOthers(to: row.mark) != nil { state = .superseded }
        try insert(
            OutboxMark(
                mark: row.mark, state: state, reason: row.reason, recordedAt: row.recordedAt, answeredAt: row.answeredAt
            ))
    }

    /// Gives a pending mark its true time. Of two marks that now have one key the usual one stays.
    func resolve(_ old: Mark, to mark: Mark) throws(DatabaseError) {
        let state: MarkState = try yieldOthers(to: mark) == nil ? .pending : .superseded
        try session.execute(
            "UPDATE marks SET at_ms = ?, session = ?, status = ?, clock = ?, mark_key = ?, state = ? WHERE id = ?",
            [
                .integer(mark.at.milliseconds), .text("\(mark.session)"), .text(mark.status.rawValue),
                .text(mark.clock.rawValue), .text(mark.key), .text(state.rawValue), .text(old.id.uuidString),
            ])
    }

    /// Ends a mark's way: the server's answer, or no answer needed. False when there is no such mark under way.
    func settle(_ id: UUID, as state: MarkState, reason: String?) throws(DatabaseError) -> Bool {
        try session.execute(
            """
            UPDATE marks SET state = ?, reason = ?, answered_at_ms = ?
            WHERE id = ? AND state IN ('pending', 'superseded')
            """,
            [.text(state.rawValue), .text(orNull: reason), .integer(now.milliseconds), .text(id.uuidString)]) > 0
    }

    /// Pending marks, oldest first; those of `boot` with an unknown clock only if seen at or before `heldUntil`.
    func pending(limit: Int, boot: UUID, heldUntil: Int64) throws(DatabaseError) -> [Mark] {
        try marks(
            "state = 'pending' AND NOT (clock = 'unknown' AND boot_id = ? AND boot_time_ns > ?) ORDER BY sequence LIMIT ?",
            [.text(boot.uuidString), .integer(heldUntil), .integer(Int64(limit))]
        ).map(\.mark)
    }

    /// Pending marks of a boot whose time is not known yet, in the order of their boot times.
    func unresolved(boot: UUID) throws(DatabaseError) -> [Mark] {
        try marks(
            "state = 'pending' AND clock = 'unknown' AND boot_id = ? ORDER BY boot_time_ns, sequence",
            [.text(boot.uuidString)]
        ).map(\.mark)
    }

    /// The newest rows first, of one state if given.
    func recent(limit: Int, state: MarkState? = nil) throws(DatabaseError) -> [OutboxMark] {
        let condition = state.map { "state = '\($0.rawValue)'" } ?? "sequence > 0"
        return try marks("\(condition) ORDER BY sequence DESC LIMIT ?", [.integer(Int64(limit))])
    }

    /// Deletes what was acknowledged, or needed no sending, before a moment and belongs to a session before today's.
    func prune(before moment: Instant, today: SessionID) throws(DatabaseError) -> Int {
        try session.execute(
            """
            DELETE FROM marks WHERE state IN ('acknowledged', 'superseded')
            AND COALESCE(answered_at_ms, recorded_at_ms) < ? AND session < ?
            """,
            [.integer(moment.milliseconds), .text("\(today)")])
    }

    /// Makes room for a mark: the id of the mark that stays instead of it, or nil after pending marks have yielded to it.
    private func yieldOthers(to mark: Mark) throws(DatabaseError) -> UUID? {
        let others = try marks("mark_key = ? AND state IN ('pending', 'acknowledged')", [.text(mark.key)])
            .filter { $0.mark.id != mark.id }
        if let first = others.first(where: { Mark.merge(existing: $0.mark, incoming: mark) == $0.mark }) {
            return first.mark.id
        }
        try session.execute(
            "UPDATE marks SET state = 'superseded' WHERE mark_key = ? AND state = 'pending' AND id <> ?",
            [.text(mark.key), .text(mark.id.uuidString)])
        return nil
    }

    private func find(_ id: UUID) throws(DatabaseError) -> Row? {
        try session.queryFirst("SELECT id FROM marks WHERE id = ?", [.text(id.uuidString)])
    }

    private func insert(_ row: OutboxMark) throws(DatabaseError) {
        let places = row.values.map { _ in "?" }.joined(separator: ", ")
        try session.execute("INSERT INTO marks (\(Self.inserted)) VALUES (\(places))", row.values)
    }

    private static let inserted = OutboxSchema.columns.dropFirst().joined(separator: ", ")

    private func marks(_ condition: String, _ parameters: [SQLValue]) throws(DatabaseError) -> [OutboxMark] {
        var found: [OutboxMark] = []
        for row in try session.query("SELECT \(OutboxSchema.columnList) FROM marks WHERE \(condition)", parameters) {
            found.append(try OutboxMark(row))
        }
        return found
    }
}
