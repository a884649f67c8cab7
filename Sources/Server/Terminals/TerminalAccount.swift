import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// A terminal that the server knows.
public struct TerminalAccount: Sendable, Equatable, Encodable {
    /// Made by the server.
    public let id: UUID
    /// Unique, chosen by the operator.
    public let name: String
    /// When it was made known to the server.
    public let created: Instant
    /// When it was given a token that did not follow another one; nil until its first registration.
    public let registered: Instant?
    /// Since when its token is refused; nil while it is good.
    public let revoked: Instant?
    /// When its last heartbeat came; nil before the first.
    public let lastSeen: Instant?
    /// The JSON of its last heartbeat.
    public let health: String?
    /// Milliseconds by which the server's clock is ahead of the terminal's, by the last heartbeat that told its time.
    let clockOffset: Int64?
    /// Every change of the roster up to this revision is on its disk; nil until it had a whole roster.
    let rosterRevision: Int64?
    /// When people were first given to it.
    let rosterGiven: Instant?

    /// Its last heartbeat.
    var heartbeat: Heartbeat? { health.flatMap { try? Heartbeat(json: Array($0.utf8)) } }

    private enum CodingKeys: String, CodingKey {
        case id, name, health
        case created = "created_ms"
        case registered = "registered_ms"
        case revoked = "revoked_ms"
        case lastSeen = "last_seen_ms"
    }

    /// Writes the last heartbeat as the object that it is.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id.lowercased, forKey: .id)
        try values.encode(name, forKey: .name)
        try values.encode(created, forKey: .created)
        try values.encode(registered, forKey: .registered)
        try values.encode(revoked, forKey: .revoked)
        try values.encode(lastSeen, forKey: .lastSeen)
        try values.encode(heartbeat, forKey: .health)
    }
}

extension TerminalAccount {
    /// The columns that `init` reads.
    static let columns = """
        id, name, created_ms, registered_ms, revoked_ms, last_seen_ms, health, clock_offset_ms, roster_revision, \
        roster_given_ms
        """

    init(_ row: Row) throws(DatabaseError) {
        self.init(
            id: try row.uuid("id"), name: try row.text("name"), created: try row.instant("created_ms"),
            registered: try row.optionalInstant("registered_ms"), revoked: try row.optionalInstant("revoked_ms"),
            lastSeen: try row.optionalInstant("last_seen_ms"), health: try row.optionalText("health"),
            clockOffset: try row.optionalInteger("clock_offset_ms"),
            rosterRevision: try row.optionalInteger("roster_revision"),
            rosterGiven: try row.optionalInstant("roster_given_ms"))
    }
}

/// A code with which a terminal registers itself, once. Only its hash is kept.
public struct RegistrationCode: Sendable, Equatable {
    /// For the technician; shown once.
    public let code: SecretToken
    /// When it becomes worthless.
    public let expires: Instant

    /// How long a code is good, in milliseconds: a day.
    static let lifetime: Int64 = 86_400_000
}
