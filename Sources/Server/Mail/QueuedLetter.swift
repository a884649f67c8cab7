import Attendance
import Database
import FoundationEssentials

/// What a letter is about.
public enum LetterKind: String, Sendable, Codable, CaseIterable {
    /// The attendance of a day, and of a week.
    case daily, weekly
    /// A token for somebody who has forgotten their password.
    case passwordReset = "password_reset"
    /// A token for somebody whose account was made without a password.
    case welcome

    /// How long sending is tried, in milliseconds. What a day was like nobody wants to read a week later, and who waits for
    /// a token asks again.
    var patience: Int64 {
        switch self {
        case .daily, .weekly: 3 * 86_400_000
        case .passwordReset: 3_600_000
        case .welcome: 7 * 86_400_000
        }
    }
}

/// How far a letter has come. It only ever goes forward, but for one that was not taken and is tried again.
public enum LetterState: String, Sendable, Codable, CaseIterable {
    /// To be sent.
    case waiting
    /// A process is sending it, and has not given its end away: no mail server can have taken it.
    case claimed
    /// Its end was, or is just being, given to the mail server.
    case handed
    /// The mail server has taken it.
    case sent
    /// It was given up: refused for good, or tried for too long.
    case failed
    /// It was handed over, and nobody knows what became of it. It is not sent again by itself.
    case interrupted
}

/// A row of the queue.
public struct QueuedLetter: Sendable, Equatable {
    /// The letter's id, which is also in its Message-ID.
    public let id: UUID
    /// What it is about.
    public let kind: LetterKind
    /// The day, the Monday of the week, or what tells the occasion from others.
    public let period: String
    /// The person it goes to.
    public let recipient: UUID
    /// When it came into the queue.
    public let made: Instant
    /// How far it has come.
    public let state: LetterState
    /// How often the mail server has refused it so far.
    public let tries: Int
    /// When the mail server took it.
    public let sent: Instant?
    /// What went wrong last; nil where nothing did.
    public let problem: String?
    /// The try that is going on.
    let claim: String?

    init(_ row: Row) throws(DatabaseError) {
        id = try row.uuid("id")
        kind = try row.choice("kind")
        period = try row.text("period")
        recipient = try row.uuid("recipient")
        made = try row.instant("made_ms")
        state = try row.choice("state")
        tries = Int(try row.integer("tries"))
        sent = try row.optionalInstant("sent_ms")
        problem = try row.optionalText("problem")
        claim = try row.optionalText("claim")
    }
}
