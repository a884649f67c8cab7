import Attendance
import FoundationEssentials
import SyncProtocol

/// A terminal that the server knows.
public struct TerminalAccount: Sendable, Equatable, Encodable {
    /// Made by the server.
    public let id: UUID
    /// Unique, chosen by the operator.
    public let name: String
    /// When it was registered.
    public let created: Instant
    /// Since when its token is refused; nil while it is good.
    public let revoked: Instant?
    /// When its last heartbeat came; nil before the first.
    public let lastSeen: Instant?
    /// The JSON of its last heartbeat.
    public let health: String?

    private enum CodingKeys: String, CodingKey {
        case id, name, health
        case created = "created_ms"
        case revoked = "revoked_ms"
        case lastSeen = "last_seen_ms"
    }

    /// Writes the last heartbeat as the object that it is.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id.lowercased, forKey: .id)
        try values.encode(name, forKey: .name)
        try values.encode(created, forKey: .created)
        try values.encode(revoked, forKey: .revoked)
        try values.encode(lastSeen, forKey: .lastSeen)
        try values.encode(health.flatMap { try? Heartbeat(json: Array($0.utf8)) }, forKey: .health)
    }
}
