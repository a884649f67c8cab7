import Attendance
import Database
import FoundationEssentials

/// Reads the records of attendance for reports.
struct ReportStore: Sendable {
    let database: any SQLDatabase

    private static let columns = """
        a.person, p.name, a.session, a.class, a.status, a.cause, a.at_ms FROM attendance a
            JOIN people p ON p.id = a.person
        """

    /// One person's records, by day.
    func records(of person: UUID, _ days: ClosedRange<LocalDate>) throws(ServerError) -> [ReportedRecord] {
        try records(
            "a.person = ? AND a.session BETWEEN ? AND ? ORDER BY a.session", [.id(person)] + Self.values(days))
    }

    /// A class's records, by name and day.
    func records(ofClass name: String, _ days: ClosedRange<LocalDate>) throws(ServerError) -> [ReportedRecord] {
        try records(
            "a.class = ? AND a.session BETWEEN ? AND ? ORDER BY p.name, a.person, a.session",
            [.text(name)] + Self.values(days))
    }

    /// The names of the classes that have records.
    func classNames(_ days: ClosedRange<LocalDate>) throws(ServerError) -> [String] {
        let rows = try database.all(
            "SELECT DISTINCT class FROM attendance WHERE session BETWEEN ? AND ? ORDER BY class", Self.values(days))
        return try ServerError.wrap { () throws(DatabaseError) in
            try rows.map { row throws(DatabaseError) in try row.text("class") }
        }
    }

    /// The names of the classes that somebody teaches.
    func classNames(taughtBy teacher: UUID) throws(ServerError) -> [String] {
        let rows = try database.all(
            "SELECT c.name FROM teaching t JOIN classes c ON c.id = t.class WHERE t.teacher = ? ORDER BY c.name",
            [.id(teacher)])
        return try ServerError.wrap { () throws(DatabaseError) in
            try rows.map { row throws(DatabaseError) in try row.text("name") }
        }
    }

    /// Whether every one of these days' sessions of the class that has records is closed.
    func isClosed(_ className: String, _ days: ClosedRange<LocalDate>) throws(ServerError) -> Bool {
        let open = try database.first(
            """
            SELECT a.session FROM attendance a WHERE a.class = ? AND a.session BETWEEN ? AND ? AND NOT EXISTS
                (SELECT 1 FROM closings c WHERE c.class = a.class AND c.session = a.session AND c.closed_ms IS NOT NULL)
                LIMIT 1
            """, [.text(className)] + Self.values(days))
        return open == nil
    }

    private func records(_ condition: String, _ values: [SQLValue]) throws(ServerError) -> [ReportedRecord] {
        let rows = try database.all("SELECT \(Self.columns) WHERE \(condition)", values)
        return try ServerError.wrap { () throws(DatabaseError) in try rows.map(Self.record(in:)) }
    }

    private static func record(in row: Row) throws(DatabaseError) -> ReportedRecord {
        ReportedRecord(
            person: try row.uuid("person"), name: try row.text("name"), className: try row.text("class"),
            session: try row.session("session"), status: try row.text("status"), cause: try row.text("cause"),
            at: try row.optionalInstant("at_ms"))
    }

    private static func values(_ days: ClosedRange<LocalDate>) -> [SQLValue] {
        [.text(days.lowerBound.description), .text(days.upperBound.description)]
    }
}
