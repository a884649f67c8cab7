import Attendance
import Database
import FoundationEssentials

/// The terminals that may talk to the server.
public struct TerminalStore: Sendable {
    let database: any SQLDatabase

    private static let columns = "id, name, created_ms, revoked_ms, last_seen_ms, health"

    /// Registers a terminal and makes its token, which cannot be shown again.
    public func add(name: String) throws(ServerError) -> (terminal: TerminalAccount, token: SecretToken) {
        let name = try Name.terminal.checked(name)
        let token = SecretToken.make(.terminal)
        let now = Clock.now
        let terminal = TerminalAccount(
            id: UUID(), name: name, created: now, revoked: nil, lastSeen: nil, health: nil)
        do throws(DatabaseError) {
            try database.execute(
                "INSERT INTO terminals (id, name, token_hash, created_ms) VALUES (?, ?, ?, ?)",
                [.id(terminal.id), .text(name), .blob(token.hash), .instant(now)])
        } catch {
            guard error.isUniqueViolation else { throw .storage(error) }
            throw .refused(
                "a terminal named \(name) exists already; choose another name, or make a new token for it with "
                    + "`rollcall-server terminal renew`")
        }
        return (terminal, token)
    }

    /// All terminals, by name, the revoked ones included.
    public func list() throws(ServerError) -> [TerminalAccount] {
        try ServerError.wrap { () throws(DatabaseError) in
            let rows = try database.query("SELECT \(Self.columns) FROM terminals ORDER BY name")
            return try rows.map(terminal(in:))
        }
    }

    /// Makes the terminal's token worthless from now on. Its marks stay.
    public func revoke(name: String) throws(ServerError) {
        let changed = try ServerError.wrap { () throws(DatabaseError) in
            try database.execute(
                "UPDATE terminals SET revoked_ms = ? WHERE name = ? AND revoked_ms IS NULL",
                [.instant(Clock.now), .text(name)])
        }
        guard changed == 1 else {
            throw .refused("no terminal named \(name) has a good token; see `rollcall-server terminal list`")
        }
    }

    /// Makes a new token for a terminal that there is; the one before is worthless from now on. A terminal that was
    /// revoked is good again.
    public func renew(name: String) throws(ServerError) -> SecretToken {
        let token = SecretToken.make(.terminal)
        let changed = try ServerError.wrap { () throws(DatabaseError) in
            try database.execute(
                "UPDATE terminals SET token_hash = ?, revoked_ms = NULL WHERE name = ?",
                [.blob(token.hash), .text(name)])
        }
        guard changed == 1 else {
            throw .refused("there is no terminal named \(name); see `rollcall-server terminal list`")
        }
        return token
    }

    /// The terminal with this token; nil for a token that nobody has or that was revoked.
    func find(_ token: SecretToken) throws(ServerError) -> TerminalAccount? {
        let hash = token.hash
        return try ServerError.wrap { () throws(DatabaseError) in
            let row = try database.queryFirst(
                "SELECT \(Self.columns) FROM terminals WHERE token_hash = ?", [.blob(hash)])
            guard let row, row.isNull("revoked_ms") else { return nil }
            return try terminal(in: row)
        }
    }

    /// Stores what the terminal says of itself.
    /// - Parameter hasSentAll: whether its outbox is empty: then sessions that are over wait no longer for it.
    func recordHeartbeat(of id: UUID, health: String, hasSentAll: Bool, at now: Instant) throws(ServerError) {
        let reported = hasSentAll ? ", reported_ms = ?" : ""
        let moments: [SQLValue] = hasSentAll ? [.instant(now)] : []
        try database.run(
            "UPDATE terminals SET last_seen_ms = ?, health = ?\(reported) WHERE id = ?",
            [.instant(now), .text(health)] + moments + [.id(id)])
    }

    private func terminal(in row: Row) throws(DatabaseError) -> TerminalAccount {
        TerminalAccount(
            id: try row.uuid("id"), name: try row.text("name"), created: try row.instant("created_ms"),
            revoked: try row.optionalInstant("revoked_ms"), lastSeen: try row.optionalInstant("last_seen_ms"),
            health: try row.optionalText("health"))
    }
}
