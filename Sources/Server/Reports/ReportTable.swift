import Attendance

/// Records as rows of cells: what the command line shows, and what a spreadsheet reads.
public struct ReportTable: Sendable, Equatable {
    /// The columns' names.
    public static let header = ["date", "class", "name", "status", "time", "cause", "person"]
    /// One row a record.
    public let rows: [[String]]

    init(_ records: [ReportedRecord], zone: TimeZoneRules) {
        rows = records.map { record in
            [
                record.session.description, record.className, record.name, record.status, record.time(in: zone),
                record.cause, record.person.lowercased,
            ]
        }
    }

    /// The table as comma-separated values.
    public var csv: String { CSV.text([Self.header] + rows) }
}

/// Comma-separated values (RFC 4180).
enum CSV {
    /// Rows, each ended by CRLF. Spreadsheets compute what looks like a formula, whoever wrote it: such a cell gets a `'` in
    /// front, which they show as text.
    static func text(_ rows: [[String]]) -> String {
        rows.map { row in row.map(cell).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func cell(_ text: String) -> String {
        var cell = text
        if let first = text.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first) { cell = "'" + text }
        guard cell.unicodeScalars.contains(where: { "\",\r\n\t'".unicodeScalars.contains($0) }) else { return cell }
        return "\"" + cell.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
}
