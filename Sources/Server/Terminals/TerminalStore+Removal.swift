import Attendance
import Database
import FoundationEssentials

extension TerminalStore {
    /// Removes a terminal that was made by mistake.
    /// - Returns: false where there is no such terminal.
    /// - Throws: `.taken` for one that was ever in touch: it may hold a roster, and its marks name it.
    func remove(_ id: UUID, by actor: AuditTrail.Actor, now: Instant) throws(ServerError) -> Bool {
        try database.transaction { session throws(ServerError) in
            guard let terminal = try Self.find(id, session) else { return false }
            let mark = try session.first("SELECT id FROM marks WHERE terminal = ? LIMIT 1", [.id(id)])
            let walkBy = try session.first("SELECT id FROM walk_bys WHERE terminal = ? LIMIT 1", [.id(id)])
            guard terminal.lastSeen == nil, terminal.rosterGiven == nil, mark == nil, walkBy == nil else {
                throw .taken(
                    "\(terminal.name) was in touch with the server, so its record stays; revoke it to shut it out")
            }
            for statement in [
                "DELETE FROM registrations WHERE terminal = ?", "DELETE FROM terminal_classes WHERE terminal = ?",
                "DELETE FROM terminal_faults WHERE terminal = ?", "DELETE FROM terminals WHERE id = ?",
            ] { try session.run(statement, [.id(id)]) }
            try audit.record(
                "terminal.remove", of: id.lowercased, by: actor, ["name": terminal.name], at: now, session)
            return true
        }
    }

    /// Removes the terminal of that name, one that was never in touch.
    public func remove(name: String) throws(ServerError) {
        guard let id = try Self.first("name = ?", .text(name), database)?.id,
            try remove(id, by: .server, now: Clock.now)
        else { throw Self.noTerminal(name) }
    }
}
