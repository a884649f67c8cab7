import Attendance
import Database
import FoundationEssentials

extension StatusTally {
    /// Those who came.
    var there: Int { self[.present] + self[.late] }
}

extension RecordStore {
    /// The records of one person on some days.
    func tally(of person: UUID, _ days: ClosedRange<LocalDate>) throws(ServerError) -> StatusTally {
        let rows = try database.all(
            """
            SELECT status, COUNT(*) AS days FROM attendance WHERE person = ? AND session BETWEEN ? AND ?
            GROUP BY status
            """, [.id(person), .text(days.lowerBound.description), .text(days.upperBound.description)])
        return try ServerError.wrap { () throws(DatabaseError) in
            var tally = StatusTally()
            for row in rows { tally.add(try row.choice("status"), Int(try row.integer("days"))) }
            return tally
        }
    }
}
