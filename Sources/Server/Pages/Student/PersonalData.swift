import Attendance
import Database
import FoundationEssentials

/// Everything that the server has on a person, for the person to take away (GDPR, articles 15 and 20). What is not in it:
/// the hash of the password, and the numbers that a face was turned into, which are sealed and good for nothing else.
struct PersonalData: Sendable, Encodable {
    let made: String
    let timeZone: String
    let account: AccountAnswer
    let consent: Consent
    let classes: [Membership]
    let photographs: [EnrolledPhotographAnswer]
    let records: [RecordAnswer]
    let marks: [MarkAnswer]
    let corrections: [CorrectionAnswer]
    let excuses: [ExcuseAnswer]
    let walkBys: [WalkBy]
    let audit: [AuditAnswer]
    /// Whom the ids stand for that are in it.
    let names: [String: String]

    private enum CodingKeys: String, CodingKey {
        case account, consent, classes, photographs, records, marks, corrections, excuses, audit, names
        case made = "made_at"
        case timeZone = "time_zone"
        case walkBys = "walk_bys"
    }

    /// The consent to be recognised.
    struct Consent: Sendable, Encodable {
        let given: Bool
        let since: String?
    }

    /// Which class the person was in, since when; an empty name is none.
    struct Membership: Sendable, Encodable {
        let since: String
        let `class`: String
    }

    /// A walk-by that may have been the person; nothing of others whom it may have been.
    struct WalkBy: Sendable, Encodable {
        let id, session, at, terminal, reason: String
        let decision: String?
        let wasMe: Bool?

        private enum CodingKeys: String, CodingKey {
            case id, session, at, terminal, reason, decision
            case wasMe = "was_me"
        }
    }

    /// nil for somebody who is not here any more.
    init?(of person: UUID, in database: ServerDatabase, now: Instant) throws(ServerError) {
        guard let account = try database.accounts.find(person) else { return nil }
        let zone = try database.policies.current().zone
        let since = try database.people.consent(of: person)
        let scope = PeopleScope.person(person)
        (made, timeZone) = (zone.text(of: now), zone.name)
        self.account = AccountAnswer(account: account, zone: zone)
        consent = Consent(given: since != nil, since: since.map(zone.text(of:)))
        classes = try database.records.memberships(of: person).map {
            Membership(since: zone.text(of: $0.since), class: $0.className)
        }
        photographs = try Self.all { page throws(ServerError) in
            try database.people.photographs(of: person, page: page)
        } key: {
            [$0.id.lowercased]
        }.map { EnrolledPhotographAnswer(photograph: $0, zone: zone) }
        records = try Self.all { page throws(ServerError) in
            try database.records.list(.init(scope: scope), page: page)
        } key: {
            $0.cursor
        }.map { RecordAnswer(record: $0, zone: zone) }
        marks = try Self.all { page throws(ServerError) in
            try database.marks.list(.init(scope: scope), page: page)
        } key: {
            ["\($0.session)", "\($0.at.milliseconds)", $0.id.lowercased]
        }
        .map { MarkAnswer(mark: $0, zone: zone) }
        corrections = try Self.all { page throws(ServerError) in
            try database.corrections.list(of: person, page: page)
        } key: {
            ["\($0.made.milliseconds)", $0.id.lowercased]
        }.map { CorrectionAnswer(correction: $0, zone: zone) }
        excuses = try Self.all { page throws(ServerError) in
            try database.excuses.list(scope, from: nil, to: nil, page: page)
        } key: {
            [$0.lastDay.description, $0.id.lowercased]
        }.map { ExcuseAnswer(excuse: $0, zone: zone) }
        walkBys = try Self.all { page throws(ServerError) in
            try database.walkBys.list(.init(scope: scope), page: page)
        } key: {
            ["\($0.session)", "\($0.at.milliseconds)", $0.id.lowercased]
        }
        .map { Self.walkBy($0, of: person, zone) }
        audit = try Self.all { page throws(ServerError) in
            try database.audit.list(object: person.lowercased, page: page)
        } key: {
            ["\($0.number)"]
        }.map { AuditAnswer(entry: $0, zone: zone) }
        let staff =
            corrections.map(\.correction.madeBy) + excuses.map(\.excuse.madeBy)
            + audit.compactMap { UUID(uuidString: $0.entry.actor) }
        names = Dictionary(
            uniqueKeysWithValues: try database.accounts.names(of: Set(staff)).map { ($0.key.lowercased, $0.value) })
    }

    private static func walkBy(_ walkBy: ListedWalkBy, of person: UUID, _ zone: TimeZoneRules) -> WalkBy {
        WalkBy(
            id: walkBy.id.lowercased, session: walkBy.session.description, at: zone.text(of: walkBy.at),
            terminal: walkBy.terminal, reason: walkBy.reason.rawValue, decision: walkBy.decision?.choice.rawValue,
            wasMe: walkBy.decision?.person.map { $0 == person })
    }

    /// Every item of a list, page after page.
    private static func all<Item>(
        _ list: (PageRequest) throws(ServerError) -> [Item], key: (Item) -> [String]
    ) throws(ServerError) -> [Item] {
        var page = PageRequest(limit: PageRequest.maximumLimit)
        var items: [Item] = []
        while true {
            let some = try list(page)
            items += some.prefix(page.limit)
            guard some.count > page.limit, let last = items.last else { return items }
            page.after = key(last)
        }
    }
}

extension RecordStore {
    /// The classes that a person was in, the oldest first.
    func memberships(of person: UUID) throws(ServerError) -> [Membership] {
        try Membership.all(of: [person], database)[person] ?? []
    }
}
