import Attendance
import Database
import FoundationEssentials

extension PeopleStore {
    /// Since when there is consent to templates of the person; nil where there is none.
    func consent(of person: UUID) throws(ServerError) -> Instant? {
        let row = try database.first("SELECT consent_ms FROM people WHERE id = ?", [.id(person)])
        return try ServerError.wrap { () throws(DatabaseError) in try row?.optionalInstant("consent_ms") } ?? nil
    }
}
