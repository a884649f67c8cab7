import Attendance
import FoundationEssentials

/// A mark that the server rejected: kept apart, never sent again, for a person to look at.
public struct RejectedMarkStatus: Codable, Sendable, Equatable {
    /// The mark.
    public var id: String
    /// When, in milliseconds since 1970; a guess when the clock was unknown.
    public var atMilliseconds: Int64
    /// The attendance day.
    public var session: SessionID
    /// The server's reason, or the terminal's.
    public var reason: String
    /// The person; only where names are shown.
    public var person: String?

    init(_ mark: OutboxMark) {
        id = mark.mark.id.lowercased
        atMilliseconds = mark.mark.at.milliseconds
        session = mark.mark.session
        reason = mark.reason ?? "no reason was given"
        person = mark.mark.person.lowercased
    }

    /// The same without the person.
    public var anonymous: RejectedMarkStatus {
        var result = self
        result.person = nil
        return result
    }

    private enum CodingKeys: String, CodingKey {
        case id, session, reason, person
        case atMilliseconds = "at_ms"
    }
}
