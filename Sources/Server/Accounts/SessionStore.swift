import Attendance
import Database
import FoundationEssentials

/// Logins. A session lasts until its refresh tokens were not used for `lifetime`, until it is ended, or until one of them is
/// used twice: then somebody has stolen it, and neither the thief nor the owner goes on.
struct SessionStore: Sendable {
    let database: any SQLDatabase

    /// How long a session lasts without being refreshed, in milliseconds: 14 days.
    static let lifetime: Int64 = 14 * 86_400_000

    /// A session and what refreshes it next.
    struct Opened: Sendable {
        let person: UUID
        let session: UUID
        let refresh: SecretToken
    }

    /// What became of a refresh token.
    enum Refreshed: Sendable {
        case renewed(Opened)
        /// Nobody's, too old, or its session has ended.
        case unknown
        /// Used before: its session has ended now.
        case reused(person: UUID, session: UUID)
    }

    /// Begins a session.
    /// - Parameter lasting: how long it lasts without being refreshed, in milliseconds.
    func open(_ person: UUID, lasting: Int64 = lifetime, now: Instant) throws(ServerError) -> Opened {
        try database.transaction { session throws(ServerError) in
            let id = UUID()
            let token = SecretToken.make(.refresh)
            try session.run(
                "INSERT INTO sessions (id, person, created_ms, expires_ms) VALUES (?, ?, ?, ?)",
                [.id(id), .id(person), .instant(now), .instant(now.advanced(byMilliseconds: lasting))])
            try Self.insert(token, of: id, now: now, session)
            // A good moment to forget what is long over.
            try Self.forget(before: now.advanced(byMilliseconds: -Self.lifetime), person, session)
            return Opened(person: person, session: id, refresh: token)
        }
    }

    /// Takes a refresh token and gives the next.
    func refresh(_ token: SecretToken, now: Instant) throws(ServerError) -> Refreshed {
        try database.transaction { session throws(ServerError) in
            let row = try session.first(
                """
                SELECT s.id, s.person, s.expires_ms, s.ended_ms, t.used_ms FROM refresh_tokens t
                    JOIN sessions s ON s.id = t.session WHERE t.hash = ?
                """, [.blob(token.hash)])
            guard let row, row.isNull("ended_ms") else { return .unknown }
            let (id, person, expires) = try ServerError.wrap { () throws(DatabaseError) in
                (try row.uuid("id"), try row.uuid("person"), try row.instant("expires_ms"))
            }
            guard now < expires else { return .unknown }
            guard row.isNull("used_ms") else {
                try Self.end(id, now: now, session)
                return .reused(person: person, session: id)
            }
            let next = SecretToken.make(.refresh)
            try session.run(
                "UPDATE refresh_tokens SET used_ms = ? WHERE hash = ?", [.instant(now), .blob(token.hash)])
            try session.run(
                "UPDATE sessions SET expires_ms = ? WHERE id = ?",
                [.instant(now.advanced(byMilliseconds: Self.lifetime)), .id(id)])
            try Self.insert(next, of: id, now: now, session)
            return .renewed(Opened(person: person, session: id, refresh: next))
        }
    }

    /// Ends a session: its tokens are worthless from now on.
    func end(_ id: UUID, now: Instant) throws(ServerError) { try Self.end(id, now: now, database) }

    /// Who is logged in by a session; nil for one that has ended, and for somebody who was removed.
    func caller(person: UUID, session id: UUID, now: Instant) throws(ServerError) -> Caller? {
        let row = try database.first(
            """
            SELECT p.role FROM sessions s JOIN people p ON p.id = s.person
                WHERE s.id = ? AND s.person = ? AND s.ended_ms IS NULL AND s.expires_ms > ? AND p.removed_ms IS NULL
            """, [.id(id), .id(person), .instant(now)])
        guard let row else { return nil }
        let role: Role = try ServerError.wrap { () throws(DatabaseError) in try row.choice("role") }
        var teaches: Set<UUID> = []
        if role == .teacher {
            let rows = try database.all("SELECT class FROM teaching WHERE teacher = ?", [.id(person)])
            for row in rows {
                teaches.insert(try ServerError.wrap { () throws(DatabaseError) in try row.uuid("class") })
            }
        }
        return Caller(id: person, role: role, session: id, teaches: teaches)
    }

    /// Ends every session of a person.
    static func endAll(of person: UUID, now: Instant, _ session: any SQLSession) throws(ServerError) {
        try session.run(
            "UPDATE sessions SET ended_ms = ? WHERE person = ? AND ended_ms IS NULL", [.instant(now), .id(person)])
    }

    private static func end(_ id: UUID, now: Instant, _ session: any SQLSession) throws(ServerError) {
        try session.run(
            "UPDATE sessions SET ended_ms = ? WHERE id = ? AND ended_ms IS NULL", [.instant(now), .id(id)])
    }

    private static func insert(
        _ token: SecretToken, of id: UUID, now: Instant, _ session: any SQLSession
    ) throws(ServerError) {
        try session.run(
            "INSERT INTO refresh_tokens (hash, session, created_ms) VALUES (?, ?, ?)",
            [.blob(token.hash), .id(id), .instant(now)])
    }

    private static func forget(
        before past: Instant, _ person: UUID, _ session: any SQLSession
    ) throws(ServerError) {
        let over = "SELECT id FROM sessions WHERE person = ? AND (ended_ms < ? OR expires_ms < ?)"
        let values: [SQLValue] = [.id(person), .instant(past), .instant(past)]
        try session.run("DELETE FROM refresh_tokens WHERE session IN (\(over))", values)
        try session.run("DELETE FROM sessions WHERE id IN (\(over))", values)
    }
}
