import Attendance
import Database
import FoundationEssentials

/// How terminals get their tokens, change them and lose them.
extension TerminalStore {
    /// Makes a terminal known and makes its token, which cannot be shown again.
    public func add(name: String) throws(ServerError) -> (terminal: TerminalAccount, token: SecretToken) {
        let token = SecretToken.make(.terminal)
        let now = Clock.now
        let terminal = try database.transaction { session throws(ServerError) in
            let id = try insert(name, token: token, registered: now, by: .server, now: now, session)
            return try Self.require(id, session)
        }
        return (terminal, token)
    }

    /// Makes a terminal known that registers itself later.
    public func add(
        registering name: String
    ) throws(ServerError) -> (terminal: TerminalAccount, code: RegistrationCode) {
        try create(name, classes: [], by: .server, now: Clock.now)
    }

    /// Makes a terminal known, with the classes that it serves, and the code with which it registers itself.
    func create(
        _ name: String, classes: Set<UUID>, by actor: AuditTrail.Actor, now: Instant
    ) throws(ServerError) -> (terminal: TerminalAccount, code: RegistrationCode) {
        try database.transaction { session throws(ServerError) in
            // Nobody ever has this token: the column is there for a real one.
            let id = try insert(
                name, token: SecretToken.make(.terminal), registered: nil, by: actor, now: now, session)
            if !classes.isEmpty { try Self.replaceClasses(of: id, by: classes, session) }
            return (try Self.require(id, session), try makeCode(for: id, now: now, session))
        }
    }

    /// The terminal of the code and its first token; the code is worthless from now on, and so are earlier tokens.
    /// - Returns: nil for a code that nobody has, that was used, or whose time is over.
    func register(_ code: SecretToken, now: Instant) throws(ServerError) -> (
        terminal: TerminalAccount, token: SecretToken
    )? {
        try database.transaction { session throws(ServerError) in
            let used = try session.run(
                "UPDATE registrations SET used_ms = ? WHERE hash = ? AND used_ms IS NULL AND expires_ms > ?",
                [.instant(now), .blob(code.hash), .instant(now)])
            guard used == 1,
                let row = try session.first("SELECT terminal FROM registrations WHERE hash = ?", [.blob(code.hash)])
            else { return nil }
            let id = try ServerError.wrap { () throws(DatabaseError) in try row.uuid("terminal") }
            let token = SecretToken.make(.terminal)
            try Self.give(token, to: id, now: now, session)
            try audit.record("terminal.register", of: id.lowercased, by: .server, at: now, session)
            return (try Self.require(id, session), token)
        }
    }

    /// A new code for a terminal that there is, instead of those before. Its token stays good until the code is used; a
    /// terminal that was revoked is good again from then on.
    /// - Returns: nil where there is no such terminal.
    func renew(
        _ id: UUID, by actor: AuditTrail.Actor, now: Instant
    ) throws(ServerError) -> (terminal: TerminalAccount, code: RegistrationCode)? {
        try database.transaction { session throws(ServerError) in
            guard let terminal = try Self.find(id, session) else { return nil }
            let code = try makeCode(for: id, now: now, session)
            try audit.record(
                "terminal.renew", of: id.lowercased, by: actor, ["name": terminal.name], at: now, session)
            return (terminal, code)
        }
    }

    /// A new code for the terminal of that name.
    public func renew(registering name: String) throws(ServerError) -> RegistrationCode {
        guard let id = try Self.first("name = ?", .text(name), database)?.id,
            let renewed = try renew(id, by: .server, now: Clock.now)
        else { throw Self.noTerminal(name) }
        return renewed.code
    }

    /// Makes a new token for a terminal that there is; the one before is worthless from now on. A terminal that was
    /// revoked is good again.
    public func renew(name: String) throws(ServerError) -> SecretToken {
        let token = SecretToken.make(.terminal)
        let now = Clock.now
        try database.transaction { session throws(ServerError) in
            guard let terminal = try Self.first("name = ?", .text(name), session) else { throw Self.noTerminal(name) }
            try Self.give(token, to: terminal.id, now: now, session)
            try Self.voidCodes(of: terminal.id, session)
            try audit.record(
                "terminal.renew", of: terminal.id.lowercased, by: .server, ["name": name], at: now, session)
        }
        return token
    }

    /// Makes the terminal's token worthless from now on. Its marks stay.
    public func revoke(name: String) throws(ServerError) {
        guard let terminal = try Self.first("name = ?", .text(name), database), terminal.revoked == nil,
            try revoke(terminal.id, by: .server, now: Clock.now) != nil
        else { throw .refused("no terminal named \(name) has a good token; see `rollcall-server terminal list`") }
    }

    /// Makes the terminal's tokens and codes worthless from now on. Its marks stay.
    /// - Returns: nil where there is no such terminal.
    func revoke(_ id: UUID, by actor: AuditTrail.Actor, now: Instant) throws(ServerError) -> TerminalAccount? {
        try database.transaction { session throws(ServerError) in
            guard let terminal = try Self.find(id, session) else { return nil }
            guard terminal.revoked == nil else { return terminal }
            try session.run(
                "UPDATE terminals SET revoked_ms = ?, next_token_hash = NULL WHERE id = ?", [.instant(now), .id(id)])
            try Self.voidCodes(of: id, session)
            try audit.record(
                "terminal.revoke", of: id.lowercased, by: actor, ["name": terminal.name], at: now, session)
            return try Self.require(id, session)
        }
    }

    /// The token that is to follow the terminal's, instead of one that was made before and never used. The terminal's own
    /// stays good until this one is used: an answer that is lost locks nobody out.
    func makeNextToken(of id: UUID) throws(ServerError) -> SecretToken {
        let token = SecretToken.make(.terminal)
        try database.run("UPDATE terminals SET next_token_hash = ? WHERE id = ?", [.blob(token.hash), .id(id)])
        return token
    }

    /// The terminal with this token; nil for a token that nobody has or that was revoked. The first use of a next token
    /// makes the one before worthless.
    func find(_ token: SecretToken) throws(ServerError) -> TerminalAccount? {
        if let terminal = try Self.first("token_hash = ?", .blob(token.hash), database) {
            return terminal.revoked == nil ? terminal : nil
        }
        guard let terminal = try Self.first("next_token_hash = ?", .blob(token.hash), database),
            terminal.revoked == nil
        else { return nil }
        try database.run(
            "UPDATE terminals SET token_hash = ?, next_token_hash = NULL WHERE next_token_hash = ?",
            [.blob(token.hash), .blob(token.hash)])
        return terminal
    }

    private func insert(
        _ name: String, token: SecretToken, registered: Instant?, by actor: AuditTrail.Actor, now: Instant,
        _ session: any SQLSession
    ) throws(ServerError) -> UUID {
        let name = try Name.terminal.checked(name)
        let id = UUID()
        do throws(DatabaseError) {
            try session.execute(
                "INSERT INTO terminals (id, name, token_hash, created_ms, registered_ms) VALUES (?, ?, ?, ?, ?)",
                [
                    .id(id), .text(name), .blob(token.hash), .instant(now),
                    .integer(orNull: registered?.milliseconds),
                ])
        } catch {
            guard error.isUniqueViolation else { throw .storage(error) }
            throw .taken(
                "a terminal named \(name) exists already; choose another name, or make a new token for it with "
                    + "`rollcall-server terminal renew`")
        }
        try audit.record("terminal.create", of: id.lowercased, by: actor, ["name": name], at: now, session)
        return id
    }

    private func makeCode(for id: UUID, now: Instant, _ session: any SQLSession) throws(ServerError) -> RegistrationCode
    {
        try Self.voidCodes(of: id, session)
        let code = RegistrationCode(
            code: SecretToken.make(.registration), expires: now.advanced(byMilliseconds: RegistrationCode.lifetime))
        try session.run(
            "INSERT INTO registrations (hash, terminal, expires_ms) VALUES (?, ?, ?)",
            [.blob(code.code.hash), .id(id), .instant(code.expires)])
        return code
    }

    private static func give(
        _ token: SecretToken, to id: UUID, now: Instant, _ session: any SQLSession
    ) throws(ServerError) {
        try session.run(
            """
            UPDATE terminals SET token_hash = ?, next_token_hash = NULL, revoked_ms = NULL, registered_ms = ?
            WHERE id = ?
            """, [.blob(token.hash), .instant(now), .id(id)])
    }

    private static func voidCodes(of id: UUID, _ session: any SQLSession) throws(ServerError) {
        try session.run("DELETE FROM registrations WHERE terminal = ? AND used_ms IS NULL", [.id(id)])
    }

    static func noTerminal(_ name: String) -> ServerError {
        .refused("there is no terminal named \(name); see `rollcall-server terminal list`")
    }
}
