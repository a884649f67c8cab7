import Attendance

/// An entry of the audit trail as it is sent: times in the school's time zone.
struct AuditAnswer: Sendable, Encodable {
    let entry: AuditTrail.Entry
    let zone: TimeZoneRules

    private enum CodingKeys: String, CodingKey {
        case number, at, actor, action, object, detail
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(entry.number, forKey: .number)
        try values.encode(zone.text(of: entry.at), forKey: .at)
        try values.encode(entry.actor, forKey: .actor)
        try values.encode(entry.action, forKey: .action)
        try values.encode(entry.object, forKey: .object)
        try values.encode(entry.detail, forKey: .detail)
    }
}
