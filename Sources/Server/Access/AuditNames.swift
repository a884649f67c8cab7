import Database
import FoundationEssentials

extension AuditTrail {
    /// What the ids in entries are called: people, those who were removed among them, classes and terminals. What is none
    /// of them, or no id, is left out.
    func names(of ids: Set<String>) throws(ServerError) -> [String: String] {
        let wanted = ids.filter { UUID(uuidString: $0) != nil }.map { SQLValue.text($0) }
        var names: [String: String] = [:]
        for piece in wanted.pieces {
            for table in ["people", "classes", "terminals"] {
                let rows = try database.all(
                    "SELECT id, name FROM \(table) WHERE id IN (\(piece.places()))", Array(piece))
                try ServerError.wrap { () throws(DatabaseError) in
                    for row in rows { names[try row.text("id")] = try row.text("name") }
                }
            }
        }
        return names
    }
}
