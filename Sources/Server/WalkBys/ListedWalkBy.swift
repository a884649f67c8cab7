import Attendance
import FoundationEssentials

/// A walk-by as staff read it: who it may have been, and what was decided.
public struct ListedWalkBy: Sendable, Equatable, Encodable {
    /// Somebody whom it may have been.
    public struct Candidate: Sendable, Equatable, Encodable {
        /// The person's id.
        public let person: UUID
        /// The person's name.
        public let name: String
        /// The person's class.
        public let className: String
        /// What the person's record of that day says; nil while there is none.
        public let status: RecordStatus?

        private enum CodingKeys: String, CodingKey {
            case person, name, status
            case className = "class"
        }

        /// Writes ids in lower case, and no status as null.
        public func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(person.lowercased, forKey: .person)
            try values.encode(name, forKey: .name)
            try values.encode(className, forKey: .className)
            try values.encode(status, forKey: .status)
        }
    }

    /// What somebody decided.
    public struct Decision: Sendable, Equatable {
        /// What it was decided to be.
        public enum Choice: String, Sendable, Codable, CaseIterable {
            /// One of the people, who was there.
            case mark
            /// Nobody whose record changes by it.
            case dismiss
        }

        /// What it was decided to be.
        public let choice: Choice
        /// Who it was; nil for one that was dismissed.
        public let person: UUID?
        /// Why, in the words of whoever decided.
        public let reason: String
        /// Who decided.
        public let by: UUID
        /// When.
        public let at: Instant
    }

    /// The walk-by's id.
    public let id: UUID
    /// The attendance day; a guess while the time is not known.
    public let session: SessionID
    /// When the face was first seen well.
    public let at: Instant
    /// How the terminal knew the time.
    public let clock: ClockTrust
    /// Why nobody was marked.
    public let reason: UnsureWalkBy.Reason
    /// The reason in the terminal's words.
    public let detail: String
    /// The terminal's name.
    public let terminal: String
    /// Shots of the track.
    public let shots: Int
    /// How much speaks for the likeliest person, in nats.
    public let score: Double
    /// When the server received it.
    public let received: Instant
    /// Who it may have been, the likeliest first: those whom the reader may see.
    public internal(set) var people: [Candidate]
    /// How many others it may have been.
    public internal(set) var others: Int
    /// What was decided; nil while nobody has.
    public let decision: Decision?

    private enum CodingKeys: String, CodingKey {
        case id, session, clock, reason, detail, terminal, shots, score, people, others, decision, person
        case at = "at_ms"
        case received = "received_ms"
        case decisionReason = "decision_reason"
        case decidedBy = "decided_by"
        case decided = "decided_ms"
    }

    /// Writes ids in lower case, and what is not decided as nulls.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id.lowercased, forKey: .id)
        try values.encode(session, forKey: .session)
        try values.encode(at, forKey: .at)
        try values.encode(clock, forKey: .clock)
        try values.encode(reason, forKey: .reason)
        try values.encode(detail, forKey: .detail)
        try values.encode(terminal, forKey: .terminal)
        try values.encode(shots, forKey: .shots)
        try values.encode(score, forKey: .score)
        try values.encode(people, forKey: .people)
        try values.encode(others, forKey: .others)
        try values.encode(received, forKey: .received)
        try values.encode(decision?.choice, forKey: .decision)
        try values.encode(decision?.person?.lowercased, forKey: .person)
        try values.encode(decision?.reason, forKey: .decisionReason)
        try values.encode(decision?.by.lowercased, forKey: .decidedBy)
        try values.encode(decision?.at, forKey: .decided)
    }
}
