import Attendance
import Database
import FoundationEssentials

/// The records that are to be made anew because the calendar or the policy has changed: one row for each class and
/// session, so that each is a transaction of its own and nobody waits long for the database.
enum RecordQueue {
    /// A class's records of one session.
    struct Work: Sendable, Hashable {
        let session: SessionID
        let className: String
    }

    /// All classes in the session.
    static func add(_ day: SessionID, _ session: any SQLSession) throws(ServerError) {
        let rows = try session.all("SELECT DISTINCT class FROM memberships")
        let names = try ServerError.wrap { () throws(DatabaseError) in
            try rows.map { row throws(DatabaseError) in try row.text("class") }
        }
        for name in Set(names + [""]) { try add(Work(session: day, className: name), session) }
    }

    /// All sessions from this one on of which something is known.
    static func add(from first: SessionID, _ session: any SQLSession) throws(ServerError) {
        try add(first, session)
        let records = try session.all(
            "SELECT DISTINCT session, class FROM attendance WHERE session > ?", [.text(first.description)])
        for row in records {
            try add(
                try ServerError.wrap { () throws(DatabaseError) in
                    Work(session: try row.session("session"), className: try row.text("class"))
                }, session)
        }
        // Days that had no school, and may have now.
        let excuses = try session.all(
            """
            SELECT e.first_day, e.last_day, p.class FROM excuses e JOIN people p ON p.id = e.person
            WHERE e.last_day > ? AND e.withdrawn_ms IS NULL
            """, [.text(first.description)])
        for row in excuses {
            let (from, to, name) = try ServerError.wrap { () throws(DatabaseError) in
                (try row.session("first_day").date, try row.session("last_day").date, try row.text("class"))
            }
            let start = max(from, first.date).daysSince1970
            guard start <= to.daysSince1970 else { continue }
            for day in start...to.daysSince1970 {
                try add(Work(session: SessionID(date: LocalDate(daysSince1970: day)), className: name), session)
            }
        }
    }

    /// What a person has from today on, after a change of their class.
    static func add(of person: UUID, from now: Instant, _ session: any SQLSession) throws(ServerError) {
        // Wherever the school is: its today is not before UTC's yesterday.
        let yesterday = LocalDate(daysSince1970: Int(now.seconds / 86_400) - 1)
        let rows = try session.all(
            "SELECT session, class FROM attendance WHERE person = ? AND session >= ?",
            [.id(person), .text(yesterday.description)])
        for row in rows {
            try add(
                try ServerError.wrap { () throws(DatabaseError) in
                    Work(session: try row.session("session"), className: try row.text("class"))
                }, session)
        }
    }

    /// Every session of which there are marks.
    static func addAllMarks(_ session: any SQLSession) throws(ServerError) {
        let rows = try session.all("SELECT DISTINCT session FROM marks WHERE clock <> 'unknown'")
        for row in rows {
            try add(try ServerError.wrap { () throws(DatabaseError) in try row.session("session") }, session)
        }
    }

    static func next(_ session: any SQLSession) throws(ServerError) -> Work? {
        let row = try session.first(
            "SELECT session, class FROM recomputations ORDER BY session DESC, class DESC LIMIT 1")
        return try ServerError.wrap { () throws(DatabaseError) in
            try row.map { row throws(DatabaseError) in
                Work(session: try row.session("session"), className: try row.text("class"))
            }
        }
    }

    static func remove(_ work: Work, _ session: any SQLSession) throws(ServerError) {
        try session.run(
            "DELETE FROM recomputations WHERE session = ? AND class = ?",
            [.text(work.session.description), .text(work.className)])
    }

    private static func add(_ work: Work, _ session: any SQLSession) throws(ServerError) {
        try session.run(
            "INSERT INTO recomputations (session, class) VALUES (?, ?) ON CONFLICT (session, class) DO NOTHING",
            [.text(work.session.description), .text(work.className)])
    }
}
