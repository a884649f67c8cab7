import Attendance
import Database
import FoundationEssentials

/// Which classes a terminal serves. One without any serves all.
extension TerminalStore {
    /// The names of the classes; nil for every class.
    static func servedClasses(of id: UUID, _ session: any SQLSession) throws(ServerError) -> Set<String>? {
        let rows = try session.all(
            """
            SELECT classes.name FROM terminal_classes JOIN classes ON classes.id = terminal_classes.class
            WHERE terminal_classes.terminal = ?
            """, [.id(id)])
        guard !rows.isEmpty else { return nil }
        return try ServerError.wrap { () throws(DatabaseError) in
            Set(try rows.map { row throws(DatabaseError) in try row.text("name") })
        }
    }

    /// Says which classes a terminal serves, instead of those before; none for every class. A change begins its roster
    /// anew.
    /// - Returns: nil where there is no such terminal.
    func setClasses(
        _ classes: Set<UUID>, of id: UUID, by actor: AuditTrail.Actor, now: Instant
    ) throws(ServerError) -> TerminalAccount? {
        try database.transaction { session throws(ServerError) in
            guard let terminal = try Self.find(id, session) else { return nil }
            let rows = try session.all("SELECT class FROM terminal_classes WHERE terminal = ?", [.id(id)])
            let before = try ServerError.wrap { () throws(DatabaseError) in
                Set(try rows.map { row throws(DatabaseError) in try row.uuid("class") })
            }
            guard classes != before else { return terminal }
            try Self.replaceClasses(of: id, by: classes, session)
            let ids = classes.map(\.lowercased).sorted().joined(separator: " ")
            try audit.record(
                "terminal.classes", of: id.lowercased, by: actor, ["classes": ids.isEmpty ? "all" : ids], at: now,
                session)
            return try Self.require(id, session)
        }
    }

    static func replaceClasses(
        of id: UUID, by classes: Set<UUID>, _ session: any SQLSession
    ) throws(ServerError) {
        try session.run("DELETE FROM terminal_classes WHERE terminal = ?", [.id(id)])
        for classID in classes.sorted(by: { $0.lowercased < $1.lowercased }) {
            guard try session.first("SELECT id FROM classes WHERE id = ?", [.id(classID)]) != nil else {
                throw .refused("there is no class \(classID.lowercased); give the ids of classes")
            }
            try session.run("INSERT INTO terminal_classes (terminal, class) VALUES (?, ?)", [.id(id), .id(classID)])
        }
        try session.run("UPDATE terminals SET roster_generation = roster_generation + 1 WHERE id = ?", [.id(id)])
    }

    /// Throws where a terminal serves this class and no other: without it, it would serve every class.
    static func requireNoTerminalServesOnly(_ classID: UUID, _ session: any SQLSession) throws(ServerError) {
        let row = try session.first(
            """
            SELECT terminals.name FROM terminal_classes JOIN terminals ON terminals.id = terminal_classes.terminal
            WHERE terminal_classes.class = ? AND NOT EXISTS (
                SELECT 1 FROM terminal_classes AS other
                WHERE other.terminal = terminal_classes.terminal AND other.class <> terminal_classes.class)
            ORDER BY terminals.name LIMIT 1
            """, [.id(classID)])
        guard let row else { return }
        let name = try ServerError.wrap { () throws(DatabaseError) in try row.text("name") }
        throw .taken("the terminal \(name) serves this class only; give it other classes first")
    }
}
