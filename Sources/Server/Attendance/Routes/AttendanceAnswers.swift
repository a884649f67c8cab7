import Attendance
import FoundationEssentials

/// A record as it is sent: times in the school's time zone.
struct RecordAnswer: Sendable, Encodable {
    let record: ListedRecord
    let zone: TimeZoneRules

    private enum CodingKeys: String, CodingKey {
        case person, name, session, status, cause, mark, at
        case className = "class"
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(record.person.lowercased, forKey: .person)
        try values.encode(record.name, forKey: .name)
        try values.encode(record.className, forKey: .className)
        try values.encode(record.session, forKey: .session)
        try values.encode(record.record.status, forKey: .status)
        try values.encode(record.record.cause, forKey: .cause)
        try values.encode(record.record.mark?.lowercased, forKey: .mark)
        try values.encode(record.record.at.map(zone.text(of:)), forKey: .at)
    }
}

/// Where a session stands, as it is sent.
struct SessionAnswer: Sendable, Encodable {
    let state: SessionState
    let zone: TimeZoneRules

    private enum CodingKeys: String, CodingKey {
        case session, state
        case classID = "class_id"
        case className = "class"
        case ends = "ends_at"
        case closed = "closed_at"
        case waitsFor = "waits_for"
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(state.classID.lowercased, forKey: .classID)
        try values.encode(state.className, forKey: .className)
        try values.encode(state.session, forKey: .session)
        try values.encode(state.state, forKey: .state)
        try values.encode(state.ends.map(zone.text(of:)), forKey: .ends)
        try values.encode(state.closed.map(zone.text(of:)), forKey: .closed)
        try values.encode(state.waitsFor, forKey: .waitsFor)
    }
}

/// A correction as it is sent.
struct CorrectionAnswer: Sendable, Encodable {
    let correction: ListedCorrection
    let zone: TimeZoneRules

    private enum CodingKeys: String, CodingKey {
        case id, person, session, status, reason, mark
        case madeBy = "made_by"
        case made = "made_at"
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(correction.id.lowercased, forKey: .id)
        try values.encode(correction.person.lowercased, forKey: .person)
        try values.encode(correction.session, forKey: .session)
        try values.encode(correction.status, forKey: .status)
        try values.encode(correction.reason, forKey: .reason)
        try values.encode(correction.mark?.lowercased, forKey: .mark)
        try values.encode(correction.madeBy.lowercased, forKey: .madeBy)
        try values.encode(zone.text(of: correction.made), forKey: .made)
    }
}

/// An excuse as it is sent.
struct ExcuseAnswer: Sendable, Encodable {
    let excuse: ListedExcuse
    let zone: TimeZoneRules

    private enum CodingKeys: String, CodingKey {
        case id, person, reason
        case firstDay = "first_day"
        case lastDay = "last_day"
        case madeBy = "made_by"
        case made = "made_at"
        case withdrawn = "withdrawn_at"
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(excuse.id.lowercased, forKey: .id)
        try values.encode(excuse.person.lowercased, forKey: .person)
        try values.encode(excuse.firstDay, forKey: .firstDay)
        try values.encode(excuse.lastDay, forKey: .lastDay)
        try values.encode(excuse.reason, forKey: .reason)
        try values.encode(excuse.madeBy.lowercased, forKey: .madeBy)
        try values.encode(zone.text(of: excuse.made), forKey: .made)
        try values.encode(excuse.withdrawn.map(zone.text(of:)), forKey: .withdrawn)
    }
}

/// A mark as it is sent.
struct MarkAnswer: Sendable, Encodable {
    let mark: ListedMark
    let zone: TimeZoneRules

    private enum CodingKeys: String, CodingKey {
        case id, person, name, session, at, status, clock, source, terminal, decides
        case className = "class"
        case received = "received_at"
        case voided = "voided_at"
        case voidReason = "void_reason"
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(mark.id.lowercased, forKey: .id)
        try values.encode(mark.person.lowercased, forKey: .person)
        try values.encode(mark.name, forKey: .name)
        try values.encode(mark.className, forKey: .className)
        try values.encode(mark.session, forKey: .session)
        try values.encode(zone.text(of: mark.at), forKey: .at)
        try values.encode(mark.status, forKey: .status)
        try values.encode(mark.clock, forKey: .clock)
        try values.encode(mark.source, forKey: .source)
        try values.encode(mark.terminal, forKey: .terminal)
        try values.encode(mark.decides, forKey: .decides)
        try values.encode(zone.text(of: mark.received), forKey: .received)
        try values.encode(mark.voided.map(zone.text(of:)), forKey: .voided)
        try values.encode(mark.voidReason, forKey: .voidReason)
    }
}
