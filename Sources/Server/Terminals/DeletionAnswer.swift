import Attendance
import FoundationEssentials

/// Which terminals have deleted a person, as it is sent: times in the school's time zone.
public struct DeletionAnswer: Sendable, Encodable {
    let deletion: Deletion
    let zone: TimeZoneRules

    /// - Parameter zone: the school's time zone.
    public init(deletion: Deletion, zone: TimeZoneRules) {
        self.deletion = deletion
        self.zone = zone
    }

    private enum CodingKeys: String, CodingKey {
        case complete, terminals
        case person = "user_id"
        case removed = "removed_at"
    }

    /// Writes ids in lower case and times as RFC 3339.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(deletion.person.lowercased, forKey: .person)
        try values.encode(deletion.removed.map(zone.text(of:)), forKey: .removed)
        try values.encode(deletion.isComplete, forKey: .complete)
        try values.encode(deletion.terminals.map { EntryAnswer(entry: $0, zone: zone) }, forKey: .terminals)
    }

    private struct EntryAnswer: Encodable {
        let entry: Deletion.Entry
        let zone: TimeZoneRules

        enum CodingKeys: String, CodingKey {
            case name, state
            case terminal = "terminal_id"
            case lastSeen = "last_seen_at"
            case nextStep = "next_step"
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(entry.terminal.lowercased, forKey: .terminal)
            try values.encode(entry.name, forKey: .name)
            try values.encode(entry.state, forKey: .state)
            try values.encode(entry.lastSeen.map(zone.text(of:)), forKey: .lastSeen)
            try values.encode(entry.nextStep, forKey: .nextStep)
        }
    }
}
