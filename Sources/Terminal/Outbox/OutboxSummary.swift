import Attendance
import FoundationEssentials

/// What became of a mark that was given to the outbox.
public enum RecordResult: Sendable, Equatable {
    /// The mark is on the disk and will be sent.
    case recorded
    /// This mark, stored before, is the person's mark of the session.
    case alreadyMarked(UUID)
}

/// What an answer of the server did to the outbox.
public struct AcknowledgeSummary: Sendable, Equatable {
    /// Marks that the server has.
    public var acknowledged = 0
    /// Marks that the server refused; they are kept apart.
    public var rejected = 0
    /// Results for ids that were not in the batch: ignored.
    public var unknown = 0
}

/// Where a mark stands on its way to the server.
public enum MarkState: String, Sendable, CaseIterable {
    /// Waits to be sent, or for its answer.
    case pending
    /// Refused by the server for ever; kept for people to look at.
    case rejected
    /// The server has it.
    case acknowledged
    /// An earlier mark of the person for the session took its place before it was sent.
    case superseded
}

/// A mark of the outbox and what became of it.
public struct OutboxMark: Sendable, Equatable {
    /// The mark.
    public let mark: Mark
    /// Where it stands.
    public let state: MarkState
    /// Why it was rejected.
    public let reason: String?
    /// When it was stored, by the terminal's clock.
    public let recordedAt: Instant
    /// When the server's answer came, by the terminal's clock.
    public let answeredAt: Instant?
}

/// A damaged file that was set aside and is still there.
public struct OutboxDamage: Sendable, Equatable, CustomStringConvertible {
    /// When it was found, by the terminal's clock.
    public let at: Instant
    /// The file that was set aside.
    public let path: String
    /// What was wrong, in SQLite's words.
    public let reason: String
    /// How many marks could be read out of it.
    public let salvaged: Int

    /// What happened and the next step, in one line.
    public var description: String {
        "the outbox was damaged (\(reason)); \(salvaged) marks were salvaged; check the storage medium, then remove \(path)"
    }
}

/// The outbox at a glance.
public struct OutboxSummary: Sendable, Equatable {
    /// Marks that wait to be sent.
    public let depth: Int
    /// How long ago the oldest of them was made, in seconds of the terminal's clock; marks without a known time do not count.
    public let oldestAge: Int64
    /// Marks that the server refused.
    public let rejected: Int
    /// Unsure walk-bys that wait to be sent.
    public let walkBys: Int
    /// True from a write that found the disk full to the next write that did not.
    public let diskIsFull: Bool
    /// Damaged files that nobody has looked after yet; an entry goes when its file is removed.
    public let damage: [OutboxDamage]

    /// What somebody has to look after, with the next step, in one line; nil when all is well.
    public var alarm: String? {
        if diskIsFull { return "the disk is full, marks cannot be stored; free space: the outbox goes on by itself" }
        return damage.last?.description
    }
}
