import Attendance
import FoundationEssentials

/// A letter as it is sent: times in the school's time zone.
public struct LetterAnswer: Sendable, Encodable {
    let letter: QueuedLetter
    let zone: TimeZoneRules

    /// - Parameter zone: the school's time zone.
    public init(letter: QueuedLetter, zone: TimeZoneRules) {
        self.letter = letter
        self.zone = zone
    }

    private enum CodingKeys: String, CodingKey {
        case id, kind, period, recipient, state, tries, problem
        case made = "made_at"
        case sent = "sent_at"
    }

    /// Writes ids in lower case and times as RFC 3339.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(letter.id.lowercased, forKey: .id)
        try values.encode(letter.kind, forKey: .kind)
        try values.encode(letter.period, forKey: .period)
        try values.encode(letter.recipient.lowercased, forKey: .recipient)
        try values.encode(zone.text(of: letter.made), forKey: .made)
        try values.encode(letter.state, forKey: .state)
        try values.encode(letter.tries, forKey: .tries)
        try values.encode(letter.sent.map(zone.text(of:)), forKey: .sent)
        try values.encode(letter.problem, forKey: .problem)
    }
}
