import Attendance
import Database
import FoundationEssentials

/// The ends of sessions. A session of a class is closed once its time is over and every terminal that serves the class has
/// sent everything it saw until then; from then on those who were not seen are Absent.
struct ClosingStore: Sendable {
    let database: any SQLDatabase
    let records: RecordStore

    /// How many days back sessions are closed that are still open, as after a time without the server.
    static let daysBack = 14

    /// A session of a class that is over and not closed.
    struct Due: Sendable, Equatable {
        let className: String
        let session: SessionID
        let end: Instant
    }

    /// What came of closing it.
    struct Outcome: Sendable, Equatable {
        let due: Due
        /// The names of the terminals that it waits for; none once it is closed.
        let waitsFor: [String]
        /// Whether that is not what it waited for before.
        let isNews: Bool
    }

    /// What is over by now and not closed, the oldest first.
    func due(now: Instant) throws(ServerError) -> [Due] {
        let policy = try records.policies.current()
        let today = policy.session(at: now).date.daysSince1970
        let days = (today - Self.daysBack...today).map { SessionID(date: LocalDate(daysSince1970: $0)) }
            .filter { policy.hasSchool(on: $0) }
        guard let first = days.first else { return [] }
        let closed = try database.all(
            "SELECT class, session FROM closings WHERE session >= ? AND closed_ms IS NOT NULL",
            [.text(first.description)])
        let classes = try database.all("SELECT name, created_ms FROM classes ORDER BY name")
        return try ServerError.wrap { () throws(DatabaseError) in
            var done: [String: Set<SessionID>] = [:]
            for row in closed { done[try row.text("class"), default: []].insert(try row.session("session")) }
            var due: [Due] = []
            for session in days {
                for row in classes {
                    let name = try row.text("name")
                    let end = policy.closing(of: session, for: name)
                    guard end <= now, try row.instant("created_ms") <= end else { continue }
                    if done[name]?.contains(session) == true { continue }
                    due.append(Due(className: name, session: session, end: end))
                }
            }
            return due
        }
    }

    /// Closes the session, or writes down which terminals it waits for.
    func close(_ due: Due, now: Instant) throws(ServerError) -> Outcome {
        try database.transaction { session throws(ServerError) in
            let waiting = try Self.waiting(due, session)
            let text = waiting.map(\.id.lowercased).joined(separator: " ")
            let before = try session.first(
                "SELECT closed_ms, waits_for FROM closings WHERE class = ? AND session = ?",
                [.text(due.className), .text(due.session.description)])
            let waitedFor = try ServerError.wrap { () throws(DatabaseError) in try before?.text("waits_for") }
            let outcome = Outcome(
                due: due, waitsFor: waiting.map(\.name), isNews: waiting.isEmpty || waitedFor != text)
            guard outcome.isNews else { return outcome }
            try session.run(
                """
                INSERT INTO closings (class, session, closed_ms, waits_for) VALUES (?, ?, ?, ?)
                ON CONFLICT (class, session) DO UPDATE SET closed_ms = excluded.closed_ms, waits_for = excluded.waits_for
                """,
                [
                    .text(due.className), .text(due.session.description),
                    waiting.isEmpty ? .instant(now) : .null, .text(text),
                ])
            if waiting.isEmpty {
                try records.recompute(.init(session: due.session, className: due.className), session)
            }
            return outcome
        }
    }

    /// Opens what is closed and by the new policy is not over yet.
    static func reopen(
        from first: SessionID, _ policy: AttendancePolicy, _ zone: TimeZoneRules, now: Instant,
        _ session: any SQLSession
    ) throws(ServerError) {
        let rows = try session.all("SELECT class, session FROM closings WHERE session >= ?", [.text(first.description)])
        for row in rows {
            let (name, day) = try ServerError.wrap { () throws(DatabaseError) in
                (try row.text("class"), try row.session("session"))
            }
            guard policy.closing(of: day, for: name, zone: zone) > now else { continue }
            try session.run(
                "DELETE FROM closings WHERE class = ? AND session = ?", [.text(name), .text(day.description)])
        }
    }

    /// The terminals that serve the class, were ever seen and have not reported since the session ended. One that was
    /// registered afterwards saw nothing of it.
    private static func waiting(
        _ due: Due, _ session: any SQLSession
    ) throws(ServerError) -> [(id: UUID, name: String)] {
        let rows = try session.all(
            """
            SELECT t.id, t.name FROM terminals t
            WHERE t.revoked_ms IS NULL AND t.last_seen_ms IS NOT NULL AND t.created_ms <= ?
                AND (t.reported_ms IS NULL OR t.reported_ms < ?)
                AND (NOT EXISTS (SELECT 1 FROM terminal_classes s WHERE s.terminal = t.id)
                    OR EXISTS (SELECT 1 FROM terminal_classes s JOIN classes c ON c.id = s.class
                        WHERE s.terminal = t.id AND c.name = ?))
            ORDER BY t.name
            """, [.instant(due.end), .instant(due.end), .text(due.className)])
        return try ServerError.wrap { () throws(DatabaseError) in
            try rows.map { row throws(DatabaseError) in (try row.uuid("id"), try row.text("name")) }
        }
    }
}
