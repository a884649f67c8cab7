import Attendance
import FoundationEssentials

/// What became of one mark, or of one unsure walk-by, of a batch.
public struct MarkResult: Sendable, Equatable, Codable {
    /// What the server did with the mark.
    public enum Verdict: String, Sendable, Equatable, Codable {
        /// Stored durably.
        case accepted
        /// Known by its id from before, or an earlier mark of the person holds the session: nothing to send again.
        case duplicate
        /// Refused for ever, with a reason; the terminal keeps it apart and shows it.
        case rejected
    }

    /// The mark's id.
    public var id: UUID
    /// What the server did with it.
    public var result: Verdict
    /// Why it was rejected, in one line; nil otherwise.
    public var reason: String?

    /// Unicode scalars of a reason; a longer one is cut.
    public static let maximumReasonLength = 200

    /// A result.
    public init(id: UUID, result: Verdict, reason: String? = nil) {
        self.id = id
        self.result = result
        self.reason = reason
    }

    /// The mark is stored durably.
    public static func accepted(_ id: UUID) -> MarkResult { MarkResult(id: id, result: .accepted) }
    /// The mark is known.
    public static func duplicate(_ id: UUID) -> MarkResult { MarkResult(id: id, result: .duplicate) }
    /// The mark is refused; the reason is cut to `maximumReasonLength` and made one line.
    public static func rejected(_ id: UUID, reason: String) -> MarkResult {
        MarkResult(id: id, result: .rejected, reason: Check.line(reason, limit: maximumReasonLength))
    }
}
