import Attendance
import Database
import FoundationEssentials

/// Puts the reports that are due into the queue of letters. Any number of processes may do so at once, as often as they
/// like: the queue takes one letter per kind, period and recipient.
struct ReportPlanner: Sendable {
    let database: any SQLDatabase
    let settings: ReportSettings

    /// A period to report, and whether its open sessions are waited for.
    struct Due: Sendable, Equatable {
        let period: ReportPeriod
        let waitsForClosing: Bool
    }

    /// The periods that are due at a moment of the school's time. What a server that was off has missed for longer than a
    /// day, or a week, is not made up for.
    func due(at now: LocalTime) -> [Due] {
        var due: [Due] = []
        let yesterday = LocalDate(daysSince1970: now.date.daysSince1970 - 1)
        if settings.daily {
            if now.time >= settings.dailyTime { due.append(Due(period: .day(now.date), waitsForClosing: true)) }
            due.append(Due(period: .day(yesterday), waitsForClosing: now.time < settings.dailyTime))
        }
        if settings.weekly, now.date.weekday != .monday || now.time >= settings.weeklyTime {
            let lastWeek = LocalDate(daysSince1970: now.date.daysSince1970 - 7)
            due.append(Due(period: .week(of: lastWeek), waitsForClosing: false))
        }
        return due
    }

    /// Puts into the queue what is due and not there yet.
    /// - Returns: how many letters were added.
    func plan(now: Instant, zone: TimeZoneRules) throws(ServerError) -> Int {
        var added = 0
        for due in due(at: zone.local(of: now.seconds)) { added += try plan(due, className: nil, now: now) }
        return added
    }

    /// Puts one period's letters into the queue.
    /// - Parameter className: only to the students and the teachers of that class; nil for everybody.
    func plan(_ due: Due, className: String?, now: Instant) throws(ServerError) -> Int {
        let kind = due.period.kind
        let days: [SQLValue] = [
            .text(due.period.days.lowerBound.description), .text(due.period.days.upperBound.description),
        ]
        let onlyClass = className == nil ? "" : "AND a.class = ?"
        let classValue: [SQLValue] = className.map { [.text($0)] } ?? []
        let unsent: [SQLValue] = [.text(kind.rawValue), .text(due.period.name)]
        let students = try database.all(
            """
            SELECT DISTINCT a.person FROM attendance a JOIN people p ON p.id = a.person
                WHERE a.session BETWEEN ? AND ? \(onlyClass) AND p.role = 'student' AND \(Self.reachable)
                \(due.waitsForClosing ? "AND \(Self.closed)" : "") ORDER BY a.person
            """, days + classValue + unsent)
        // A teacher gets one letter about all classes, so it waits for the last of them.
        let stillOpen = """
            AND NOT EXISTS (SELECT 1 FROM teaching t2 JOIN classes c2 ON c2.id = t2.class JOIN attendance a ON a.class = c2.name
                WHERE t2.teacher = t.teacher AND a.session BETWEEN ? AND ? AND NOT \(Self.closed))
            """
        let teachers = try database.all(
            """
            SELECT DISTINCT t.teacher AS person FROM teaching t JOIN classes k ON k.id = t.class
                JOIN attendance a ON a.class = k.name JOIN people p ON p.id = t.teacher
                WHERE a.session BETWEEN ? AND ? \(onlyClass) AND \(Self.reachable)
                \(due.waitsForClosing ? stillOpen : "") ORDER BY t.teacher
            """, days + classValue + unsent + (due.waitsForClosing ? days : []))
        return try add(students + teachers, due.period, now: now)
    }

    /// Somebody to whom a letter can go and who has none of this kind and period.
    private static let reachable = """
        p.email IS NOT NULL AND p.removed_ms IS NULL AND NOT EXISTS
        (SELECT 1 FROM letters l WHERE l.kind = ? AND l.period = ? AND l.recipient = p.id)
        """
    private static let closed = """
        EXISTS (SELECT 1 FROM closings z WHERE z.class = a.class AND z.session = a.session AND z.closed_ms IS NOT NULL)
        """

    private func add(_ rows: [Row], _ period: ReportPeriod, now: Instant) throws(ServerError) -> Int {
        var added = 0
        var rest = rows[...]
        // The database is nobody else's during a transaction: a large school takes several short ones.
        while !rest.isEmpty {
            let part = rest.prefix(200)
            rest = rest.dropFirst(200)
            added += try database.transaction { session throws(ServerError) in
                var count = 0
                for row in part {
                    let person = try ServerError.wrap { () throws(DatabaseError) in try row.uuid("person") }
                    let isNew = try LetterStore.add(period.kind, period: period.name, to: person, now: now, session)
                    count += isNew ? 1 : 0
                }
                return count
            }
        }
        return added
    }
}
