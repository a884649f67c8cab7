import Attendance
import FoundationEssentials

/// A walk-by as it is sent: times in the school's time zone. Who was marked, and in which words, is told only to those who
/// may see that person.
struct WalkByAnswer: Sendable, Encodable {
    let walkBy: ListedWalkBy
    let zone: TimeZoneRules

    private enum CodingKeys: String, CodingKey {
        case id, session, at, clock, reason, detail, terminal, shots, score, people, others, decision, person
        case received = "received_at"
        case decisionReason = "decision_reason"
        case decidedBy = "decided_by"
        case decided = "decided_at"
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(walkBy.id.lowercased, forKey: .id)
        try values.encode(walkBy.session, forKey: .session)
        try values.encode(zone.text(of: walkBy.at), forKey: .at)
        try values.encode(walkBy.clock, forKey: .clock)
        try values.encode(walkBy.reason, forKey: .reason)
        try values.encode(walkBy.detail, forKey: .detail)
        try values.encode(walkBy.terminal, forKey: .terminal)
        try values.encode(walkBy.shots, forKey: .shots)
        try values.encode(walkBy.score, forKey: .score)
        try values.encode(walkBy.people, forKey: .people)
        try values.encode(walkBy.others, forKey: .others)
        try values.encode(zone.text(of: walkBy.received), forKey: .received)
        try values.encode(walkBy.decision?.choice, forKey: .decision)
        let marked = walkBy.decision?.person
        let isShown = marked.map { marked in walkBy.people.contains { $0.person == marked } } ?? true
        try values.encode(isShown ? marked?.lowercased : nil, forKey: .person)
        try values.encode(isShown ? walkBy.decision?.reason : nil, forKey: .decisionReason)
        try values.encode(walkBy.decision?.by.lowercased, forKey: .decidedBy)
        try values.encode(walkBy.decision.map { zone.text(of: $0.at) }, forKey: .decided)
    }
}
