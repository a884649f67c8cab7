import Attendance

/// Records as rows of cells: what the command line shows, and what a spreadsheet reads.
public struct ReportTable: Sendable, Equatable {
    /// The columns' names.
    public static let header = ["date", "class", "name", "status", "time", "cause", "person"]
    /// One row a record.
    public let rows: [[String]]

    init(_ records: [ReportedRecord], zone: TimeZoneRules) {
        rows = records.map { Self.row(of: $0, zone: zone) }
    }

    static func row(of record: ReportedRecord, zone: TimeZoneRules) -> [String] {
        [
            record.session.description, record.className, record.name, record.status, record.time(in: zone),
            record.cause, record.person.lowercased,
        ]
    }

    /// The table as comma-separated values.
    public var csv: String { CSV.text([Self.header] + rows) }
}
