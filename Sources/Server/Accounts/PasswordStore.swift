import Attendance
import Database
import FoundationEssentials

/// The passwords' hashes, and the tokens by which a forgotten one is set anew.
struct PasswordStore: Sendable {
    let database: any SQLDatabase
    let audit: AuditTrail

    /// How long a reset token is good, in milliseconds: an hour.
    static let resetLifetime: Int64 = 3_600_000
    /// How long the token of a new account is good, in milliseconds: seven days.
    static let welcomeLifetime: Int64 = 7 * 86_400_000

    /// Who has the address, with the password; nil for nobody, and for somebody without a password.
    func find(email: String) throws(ServerError) -> (person: UUID, hash: PasswordHash)? {
        let row = try database.first(
            "SELECT id, password FROM people WHERE email = ? AND removed_ms IS NULL AND password IS NOT NULL",
            [.text(email)])
        guard let row else { return nil }
        return (try ServerError.wrap { () throws(DatabaseError) in try row.uuid("id") }, try hash(in: row))
    }

    /// The person's password; nil where there is none.
    func find(_ person: UUID) throws(ServerError) -> PasswordHash? {
        let row = try database.first(
            "SELECT id, password FROM people WHERE id = ? AND removed_ms IS NULL AND password IS NOT NULL",
            [.id(person)])
        return try row.map(hash(in:))
    }

    /// Sets a password and ends every login of the person.
    /// - Returns: false where there is no such person.
    func set(
        _ hash: PasswordHash, of person: UUID, by actor: AuditTrail.Actor, now: Instant
    ) throws(ServerError) -> Bool {
        try database.transaction { session throws(ServerError) in
            try set(hash, of: person, by: actor, now: now, session)
        }
    }

    /// Takes over the same password at another cost, unless it was changed meanwhile.
    func upgrade(_ person: UUID, from old: PasswordHash, to new: PasswordHash) throws(ServerError) {
        try database.run(
            "UPDATE people SET password = ? WHERE id = ? AND password = ?",
            [.text(new.text), .id(person), .text(old.text)])
    }

    /// Who has the address; nil for nobody.
    func owner(of email: String) throws(ServerError) -> UUID? {
        let row = try database.first(
            "SELECT id FROM people WHERE email = ? AND removed_ms IS NULL", [.text(email)])
        return try ServerError.wrap { () throws(DatabaseError) in
            try row.map { row throws(DatabaseError) in try row.uuid("id") }
        }
    }

    /// Makes a token good that a letter carries. One at a time: the newest letter is the good one.
    /// - Parameters:
    ///   - address: where the letter goes; to another than the person's of now, and the token stays worthless.
    ///   - lifetime: in milliseconds.
    func begin(
        _ token: SecretToken, of person: UUID, at address: String, for lifetime: Int64, now: Instant
    ) throws(ServerError) {
        try database.transaction { session throws(ServerError) in
            let owner = try session.first(
                "SELECT id FROM people WHERE id = ? AND email = ? AND removed_ms IS NULL",
                [.id(person), .text(address)])
            guard owner != nil else { return }
            try session.run("DELETE FROM password_resets WHERE person = ?", [.id(person)])
            try session.run(
                "INSERT INTO password_resets (hash, person, expires_ms) VALUES (?, ?, ?)",
                [.blob(token.hash), .id(person), .instant(now.advanced(byMilliseconds: lifetime))])
        }
    }

    /// Whether the token may set a password now; asked before the expensive hash is made.
    func isGood(_ token: SecretToken, now: Instant) throws(ServerError) -> Bool {
        try owner(of: token, now: now, database) != nil
    }

    /// Sets the password of the token's owner, once.
    /// - Returns: false for a token that is not good, or no more.
    func reset(_ token: SecretToken, to hash: PasswordHash, now: Instant) throws(ServerError) -> Bool {
        try database.transaction { session throws(ServerError) in
            guard let person = try owner(of: token, now: now, session) else { return false }
            try session.run(
                "UPDATE password_resets SET used_ms = ? WHERE hash = ?", [.instant(now), .blob(token.hash)])
            return try set(hash, of: person, by: .person(person), now: now, session)
        }
    }

    private func owner(
        of token: SecretToken, now: Instant, _ session: any SQLSession
    ) throws(ServerError) -> UUID? {
        let row = try session.first(
            "SELECT person FROM password_resets WHERE hash = ? AND used_ms IS NULL AND expires_ms > ?",
            [.blob(token.hash), .instant(now)])
        return try ServerError.wrap { () throws(DatabaseError) in
            try row.map { row throws(DatabaseError) in try row.uuid("person") }
        }
    }

    private func set(
        _ hash: PasswordHash, of person: UUID, by actor: AuditTrail.Actor, now: Instant, _ session: any SQLSession
    ) throws(ServerError) -> Bool {
        let changed = try session.run(
            "UPDATE people SET password = ? WHERE id = ? AND removed_ms IS NULL", [.text(hash.text), .id(person)])
        guard changed == 1 else { return false }
        try SessionStore.endAll(of: person, now: now, session)
        try session.run("DELETE FROM password_resets WHERE person = ? AND used_ms IS NULL", [.id(person)])
        try audit.record("person.password", of: person.lowercased, by: actor, at: now, session)
        return true
    }

    private func hash(in row: Row) throws(ServerError) -> PasswordHash {
        let text = try ServerError.wrap { () throws(DatabaseError) in try row.text("password") }
        guard let hash = PasswordHash(text) else {
            throw .damaged(what: "the password of a person", reason: "it is no hash of this program")
        }
        return hash
    }
}
