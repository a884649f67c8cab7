import Attendance
import Database
import FoundationEssentials

/// A record as people read it, with the person's name.
struct ListedRecord: Sendable, Equatable {
    let person: UUID
    let name: String
    /// The class that decided.
    let className: String
    let session: SessionID
    let record: AttendanceRecord
}

extension RecordStore {
    /// Which records are wanted.
    struct Filter: Sendable, Equatable {
        var scope = PeopleScope.everybody
        var from: LocalDate?
        var to: LocalDate?
    }

    /// One page of records: the newest session first, then by class and person. The cursor has these three.
    func list(_ filter: Filter, page: PageRequest) throws(ServerError) -> [ListedRecord] {
        var (conditions, parameters) = filter.scope.condition(person: "a.person", className: "a.class")
        if let from = filter.from {
            conditions.append("a.session >= ?")
            parameters.append(.text(from.description))
        }
        if let to = filter.to {
            conditions.append("a.session <= ?")
            parameters.append(.text(to.description))
        }
        if let after = page.after, let session = try page.date(0), let person = try page.id(2) {
            conditions.append("(a.session, a.class, a.person) < (?, ?, ?)")
            parameters += [.text(session.description), .text(after[1]), .text(person)]
        }
        let filters = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        let rows = try database.all(
            """
            SELECT a.person, p.name, a.class, a.session, a.status, a.cause, a.mark, a.at_ms
            FROM attendance a JOIN people p ON p.id = a.person
            \(filters) ORDER BY a.session DESC, a.class DESC, a.person DESC LIMIT ?
            """, parameters + [page.rows])
        return try ServerError.wrap { () throws(DatabaseError) in try rows.map(listed) }
    }

    private func listed(_ row: Row) throws(DatabaseError) -> ListedRecord {
        ListedRecord(
            person: try row.uuid("person"), name: try row.text("name"), className: try row.text("class"),
            session: try row.session("session"),
            record: try row.attendanceRecord())
    }
}

extension Row {
    /// The record in the columns `status`, `cause`, `mark` and `at_ms`.
    func attendanceRecord() throws(DatabaseError) -> AttendanceRecord {
        AttendanceRecord(
            status: try choice("status"), cause: try choice("cause"), mark: isNull("mark") ? nil : try uuid("mark"),
            at: try optionalInstant("at_ms"))
    }
}

extension ListedRecord {
    /// What a cursor after this record holds.
    var cursor: [String] { [session.description, className, person.lowercased] }
}
