import Attendance
import Database
import FoundationEssentials

/// How many people have each status.
struct StatusTally: Sendable, Equatable {
    private(set) var counts: [RecordStatus: Int] = [:]
    /// Nobody has seen or decided anything about so many yet.
    private(set) var open = 0

    subscript(_ status: RecordStatus) -> Int { counts[status] ?? 0 }

    /// Of everybody.
    var people: Int { recorded + open }

    /// Of those with a record.
    var recorded: Int { counts.values.reduce(0, +) }

    /// Counts so many more of a status; nil for no record yet.
    mutating func add(_ status: RecordStatus?, _ count: Int) {
        if let status { counts[status, default: 0] += count } else { open += count }
    }

    static func + (left: StatusTally, right: StatusTally) -> StatusTally {
        var sum = left
        for (status, count) in right.counts { sum.add(status, count) }
        sum.open += right.open
        return sum
    }
}

extension RecordStore {
    /// Where the students of now stand in a session, by the name of their class.
    func tallies(of day: SessionID) throws(ServerError) -> [String: StatusTally] {
        let rows = try database.all(
            """
            SELECT p.class, a.status, COUNT(*) AS people FROM people p
                LEFT JOIN attendance a ON a.person = p.id AND a.session = ?
            WHERE p.role = 'student' AND p.removed_ms IS NULL GROUP BY p.class, a.status
            """, [.text(day.description)])
        return try ServerError.wrap { () throws(DatabaseError) in
            var tallies: [String: StatusTally] = [:]
            for row in rows {
                let status: RecordStatus? = row.isNull("status") ? nil : try row.choice("status")
                tallies[try row.text("class"), default: StatusTally()].add(status, Int(try row.integer("people")))
            }
            return tallies
        }
    }

    /// The records of the whole school, day by day, the oldest first; days without any are left out.
    func tallies(_ days: ClosedRange<LocalDate>) throws(ServerError) -> [(day: LocalDate, tally: StatusTally)] {
        let rows = try database.all(
            """
            SELECT session, status, COUNT(*) AS people FROM attendance WHERE session BETWEEN ? AND ?
            GROUP BY session, status
            """, [.text(days.lowerBound.description), .text(days.upperBound.description)])
        return try ServerError.wrap { () throws(DatabaseError) in
            var tallies: [LocalDate: StatusTally] = [:]
            for row in rows {
                tallies[try row.session("session").date, default: StatusTally()].add(
                    try row.choice("status"), Int(try row.integer("people")))
            }
            return tallies.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }
    }
}
