import Database
import FoundationEssentials

extension AccountStore {
    /// The names of people, of those too who are here no more: they stand beside what they did.
    func names(of people: Set<UUID>) throws(ServerError) -> [UUID: String] {
        var names: [UUID: String] = [:]
        for piece in people.sorted(by: { $0.lowercased < $1.lowercased }).pieces {
            let rows = try database.all(
                "SELECT id, name FROM people WHERE id IN (\(piece.places()))", piece.map { .id($0) })
            try ServerError.wrap { () throws(DatabaseError) in
                for row in rows { names[try row.uuid("id")] = try row.text("name") }
            }
        }
        return names
    }
}
