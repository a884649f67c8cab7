import Attendance
import Database
import FoundationEssentials

extension TerminalStore {
    /// Gives a terminal another name. Its token, its marks and its history stay.
    /// - Returns: nil where there is no such terminal.
    /// - Throws: `.taken` where another terminal has the name, `.refused` for what is no name.
    func rename(
        _ id: UUID, to name: String, by actor: AuditTrail.Actor, now: Instant
    ) throws(ServerError) -> TerminalAccount? {
        let name = try Name.terminal.checked(name)
        return try database.transaction { session throws(ServerError) in
            guard let terminal = try Self.find(id, session) else { return nil }
            guard terminal.name != name else { return terminal }
            do throws(DatabaseError) {
                try session.execute("UPDATE terminals SET name = ? WHERE id = ?", [.text(name), .id(id)])
            } catch {
                guard error.isUniqueViolation else { throw .storage(error) }
                throw .taken("a terminal named \(name) exists already; choose another name")
            }
            try audit.record(
                "terminal.rename", of: id.lowercased, by: actor, ["from": terminal.name, "to": name], at: now, session)
            return try Self.require(id, session)
        }
    }

    /// The terminal of that name.
    func find(name: String) throws(ServerError) -> TerminalAccount? {
        try Self.first("name = ?", .text(name.trimmed), database)
    }

    /// Another text after whatever happened to any terminal.
    func stamp() throws(ServerError) -> String {
        try stamp(
            """
            SELECT COUNT(*) AS terminals, MAX(last_seen_ms) AS seen, (SELECT MAX(number) FROM audit) AS entry,
                (SELECT COUNT(*) FROM terminal_faults WHERE until_ms IS NULL) AS faults FROM terminals
            """, [])
    }

    /// Another text after whatever happened to this terminal.
    func stamp(of id: UUID) throws(ServerError) -> String {
        try stamp(
            """
            SELECT COUNT(*) AS terminals, MAX(last_seen_ms) AS seen,
                (SELECT MAX(number) FROM audit WHERE object = ?) AS entry,
                (SELECT COUNT(*) FROM terminal_faults WHERE terminal = ? AND until_ms IS NULL) AS faults
            FROM terminals WHERE id = ?
            """, [.id(id), .id(id), .id(id)])
    }

    private func stamp(_ sql: String, _ values: [SQLValue]) throws(ServerError) -> String {
        guard let row = try database.first(sql, values) else { return "" }
        return try ServerError.wrap { () throws(DatabaseError) in
            var parts: [String] = []
            for column in ["terminals", "seen", "entry", "faults"] {
                parts.append("\(try row.optionalInteger(column) ?? 0)")
            }
            return parts.joined(separator: " ")
        }
    }
}
