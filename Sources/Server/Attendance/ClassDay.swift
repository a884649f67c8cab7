import Attendance
import Database
import FoundationEssentials

/// A class on a day: who belongs to it, and what stands for each.
struct ClassDay: Sendable {
    /// Somebody with a record of this class and day, or who is in the class now.
    struct Student: Sendable, Equatable {
        let id: UUID
        let name: String
        /// Whether they are in the class now.
        let isMember: Bool
        let record: AttendanceRecord?
    }

    let state: SessionState
    /// By name.
    let students: [Student]
    /// The newest of each.
    let corrections: [UUID: ListedCorrection]
    /// Those that cover the day.
    let excuses: [UUID: ListedExcuse]
    /// Who corrected and excused.
    let names: [UUID: String]

    /// nil where there is no such class.
    init?(of className: String, on day: LocalDate, in database: ServerDatabase) throws(ServerError) {
        let session = SessionID(date: day)
        let page = PageRequest(limit: PageRequest.maximumLimit)
        guard let state = try database.closings.list(of: session, .inClass(className), page: page).first else {
            return nil
        }
        self.state = state
        students = try database.records.students(of: className, in: session)
        let corrected = students.filter { $0.record?.cause == .correction }.map(\.id)
        corrections = Dictionary(
            try database.corrections.list(of: corrected, day...day).map { ($0.person, $0) }
        ) { $1 }
        let excused = try database.excuses.list(.inClass(className), from: day, to: day, page: page)
        excuses = Dictionary(excused.filter { $0.withdrawn == nil }.map { ($0.person, $0) }) { first, _ in first }
        names = try database.accounts.names(of: Set(corrections.values.map(\.madeBy) + excuses.values.map(\.madeBy)))
    }

    /// Those of whom there is something to say: on a day that is over, who has no record was not expected.
    func listed(today: LocalDate) -> [Student] {
        switch state.state {
        case .noSchool: students.filter { $0.record != nil }
        case .closed where state.session.date < today: students.filter { $0.record != nil }
        default: students
        }
    }
}

extension RecordStore {
    /// Who is in a class, and who has a record of it in the session, by name.
    func students(of className: String, in day: SessionID) throws(ServerError) -> [ClassDay.Student] {
        // Who has a record of another class in this session is in that one's list.
        let isMember = "p.class = ? AND p.role = 'student' AND p.removed_ms IS NULL"
        let columns = "p.id, p.name, a.status, a.cause, a.mark, a.at_ms"
        let (name, session) = (SQLValue.text(className), SQLValue.text(day.description))
        let rows = try database.all(
            """
            SELECT \(columns), 1 AS member FROM people p LEFT JOIN attendance a ON a.person = p.id AND a.session = ?
            WHERE \(isMember) AND (a.class IS NULL OR a.class = ?)
            UNION ALL
            SELECT \(columns), 0 AS member FROM attendance a JOIN people p ON p.id = a.person
            WHERE a.class = ? AND a.session = ? AND NOT (\(isMember))
            """, [session, name, name, name, session, name])
        let students = try ServerError.wrap { () throws(DatabaseError) in
            try rows.map { row throws(DatabaseError) in
                ClassDay.Student(
                    id: try row.uuid("id"), name: try row.text("name"), isMember: try row.integer("member") == 1,
                    record: row.isNull("status") ? nil : try row.attendanceRecord())
            }
        }
        return students.sorted { ($0.name.lowercased(), $0.id) < ($1.name.lowercased(), $1.id) }
    }

    /// Stands for what a class's day shows: another one after a mark, a correction, an excuse and a closing. It reads the
    /// class's own rows only, so that it can be asked for every second.
    func stamp(of className: String, in day: SessionID) throws(ServerError) -> String {
        let (name, session) = (SQLValue.text(className), SQLValue.text(day.description))
        let rows = try database.all(
            """
            SELECT person, status, cause, at_ms FROM attendance WHERE class = ? AND session = ? ORDER BY person
            """, [name, session])
        let closing = try database.first(
            "SELECT closed_ms, waits_for FROM closings WHERE class = ? AND session = ?", [name, session])
        let members = try database.first(
            "SELECT COUNT(*) AS count FROM people WHERE class = ? AND removed_ms IS NULL", [name])
        let policy = try policies.current().revision
        return try ServerError.wrap { () throws(DatabaseError) in
            var hasher = Hasher()
            for row in rows {
                hasher.combine(try row.text("person"))
                hasher.combine(try row.text("status"))
                hasher.combine(try row.text("cause"))
                hasher.combine(try row.optionalInteger("at_ms"))
            }
            hasher.combine(try closing?.optionalInteger("closed_ms"))
            hasher.combine(try closing?.text("waits_for"))
            hasher.combine(try members?.integer("count"))
            hasher.combine(policy)
            return "\(hasher.finalize())"
        }
    }
}
