import Attendance
import Database
import FoundationEssentials

extension WalkByStore {
    /// What somebody decides.
    enum Choice: Sendable, Equatable {
        /// It was this person.
        case mark(UUID)
        /// Nobody's record changes by it.
        case dismiss

        fileprivate var stored: ListedWalkBy.Decision.Choice {
            switch self {
            case .mark: .mark
            case .dismiss: .dismiss
            }
        }
    }

    /// Decides a walk-by, once. Whoever it was is corrected to the status that the school's policy gives the walk-by's time.
    /// - Returns: the walk-by; nil where there is none.
    /// - Throws: `.taken` for one that is decided, and for a person who was seen earlier; `.refused` where no record can
    ///   follow from it.
    func decide(
        _ id: UUID, _ choice: Choice, reason: String, by actor: UUID, now: Instant
    ) throws(ServerError) -> ListedWalkBy? {
        let reason = try Reason.checked(reason)
        return try database.transaction { session throws(ServerError) in
            guard let walkBy = try Self.find(id, session) else { return nil }
            guard walkBy.decision == nil else { throw .taken("this walk-by was decided already") }
            var detail = ["decision": choice.stored.rawValue, "reason": reason]
            var (marked, correction): (SQLValue, SQLValue) = (.null, .null)
            if case .mark(let person) = choice {
                let made = try correct(person, by: walkBy, reason: reason, actor, now: now, session)
                (marked, correction) = (.id(person), .id(made.id))
                detail["person"] = person.lowercased
                detail["correction"] = made.id.lowercased
            }
            let count = try session.run(
                """
                UPDATE walk_bys SET decision = ?, marked = ?, correction = ?, decided_by = ?, decided_ms = ?,
                    decision_reason = ? WHERE id = ? AND decision IS NULL
                """,
                [
                    .text(choice.stored.rawValue), marked, correction, .id(actor), .instant(now), .text(reason),
                    .id(id),
                ])
            guard count == 1 else { throw .taken("this walk-by was decided already") }
            try audit.record("walkby.decide", of: id.lowercased, by: .person(actor), detail, at: now, session)
            return try Self.find(id, session)
        }
    }

    /// - Throws: `.taken` where the day's record says more than the walk-by would: it was marked or decided from an earlier
    ///   moment, or a person has corrected it.
    private static func requireFirst(
        _ person: UUID, _ walkBy: ListedWalkBy, _ session: any SQLSession
    ) throws(ServerError) {
        let day: [SQLValue] = [.id(person), .text(walkBy.session.description)]
        let seen = try session.first(
            """
            SELECT id FROM marks WHERE person = ? AND session = ? AND voided_ms IS NULL AND clock <> 'unknown'
                AND at_ms <= ? LIMIT 1
            """, day + [.instant(walkBy.at)])
        let decided = try session.first(
            "SELECT id FROM walk_bys WHERE marked = ? AND session = ? AND at_ms <= ? LIMIT 1",
            day + [.instant(walkBy.at)])
        guard seen == nil, decided == nil else {
            throw .taken("this person was seen earlier on that day: dismiss it instead")
        }
        let correction = try session.first(
            "SELECT id FROM corrections WHERE person = ? AND session = ? ORDER BY made_ms DESC, id DESC LIMIT 1", day)
        guard let correction else { return }
        let id = try ServerError.wrap { () throws(DatabaseError) in try correction.text("id") }
        let own = try session.first("SELECT id FROM walk_bys WHERE correction = ? LIMIT 1", [.text(id)])
        guard own != nil else {
            throw .taken("the record of that day was corrected: correct it again, or dismiss this")
        }
    }

    private func correct(
        _ person: UUID, by walkBy: ListedWalkBy, reason: String, _ actor: UUID, now: Instant, _ session: any SQLSession
    ) throws(ServerError) -> ListedCorrection {
        guard walkBy.people.contains(where: { $0.person == person }) else {
            throw .refused("person: it is none of those whom this walk-by may show")
        }
        guard walkBy.clock.isKnown else {
            throw .refused("nobody knows when this was: dismiss it, and correct the record of the day instead")
        }
        let policy = try records.policies.current(session)
        guard policy.hasSchool(on: walkBy.session) else { throw .refused("there was no school on \(walkBy.session)") }
        try Self.requireFirst(person, walkBy, session)
        let memberships = try Membership.all(of: [person], session)[person] ?? []
        let place = Place(of: memberships, in: walkBy.session, by: policy)
        let version = policy.version(of: walkBy.session)
        let status = version.policy.status(for: place.className, at: walkBy.at, zone: version.zone)
        let new = CorrectionStore.New(
            person: person, session: walkBy.session, status: RecordStatus(status), reason: reason)
        return try corrections.make(new, by: actor, now: now, session)
    }
}
