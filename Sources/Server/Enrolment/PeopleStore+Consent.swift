import Attendance
import Database
import FoundationEssentials

extension PeopleStore {
    /// Records that a person, or who speaks for them, has consented to templates, or has withdrawn it. Withdrawing
    /// deletes every template and what walk-bys say of the person in the same transaction, and moves the roster's revision, so that terminals delete theirs.
    /// - Parameter note: where the consent is on record; goes into the audit trail.
    /// - Returns: the person afterwards; nil where there is none.
    func setConsent(
        _ isGiven: Bool, note: String?, of person: UUID, by actor: AuditTrail.Actor, now: Instant
    ) throws(ServerError) -> Account? {
        try database.transaction { session throws(ServerError) in
            guard let account = try AccountStore.find(person, session) else { return nil }
            var detail = note.map { ["note": $0] } ?? [:]
            if isGiven {
                try Self.recordConsent(of: person, now: now, session)
            } else {
                detail["templates"] = "\(account.templates)"
                try session.run("DELETE FROM templates WHERE person = ?", [.id(person)])
                try WalkByStore.forget(person, session)
                try session.run(
                    "UPDATE people SET consent_ms = NULL, revision = ? WHERE id = ?",
                    [.integer(try RosterStore.nextRevision(session)), .id(person)])
            }
            try audit.record(
                isGiven ? "consent.give" : "consent.withdraw", of: person.lowercased, by: actor, detail, at: now,
                session)
            return try AccountStore.require(person, session)
        }
    }

    /// Does so by a command on the server.
    /// - Parameter reference: the person's id, or the name where only one person has it.
    /// - Returns: the person as they were.
    /// - Throws: `.refused` where nobody or several are meant, and for a note that is none.
    public func recordConsent(_ isGiven: Bool, note: String?, of reference: String) throws(ServerError) -> Person {
        if let note, !ConsentBody.isNote(note) {
            throw .refused("a note is one line of 1 to \(ConsentBody.longestNote) characters; give it so, or none")
        }
        let person = try find(reference, database)
        guard try setConsent(isGiven, note: note, of: person.id, by: .server, now: Clock.now) != nil else {
            throw .refused("\(reference) was removed meanwhile; see `rollcall-server people list`")
        }
        return person
    }

    /// Since when there is consent stays, where there is one already.
    /// - Returns: whether there was none.
    @discardableResult
    static func recordConsent(of person: UUID, now: Instant, _ session: any SQLSession) throws(ServerError) -> Bool {
        try session.run(
            "UPDATE people SET consent_ms = ? WHERE id = ? AND consent_ms IS NULL", [.instant(now), .id(person)]) > 0
    }

    /// - Throws: `.refused` for somebody of whom no template may be made.
    static func requireConsent(of person: UUID, name: String, _ session: any SQLSession) throws(ServerError) {
        let row = try session.first("SELECT consent_ms FROM people WHERE id = ?", [.id(person)])
        guard let row, !row.isNull("consent_ms") else { throw noConsent(of: name) }
    }

    static func noConsent(of name: String) -> ServerError {
        .refused("no consent of \(name) is on record; where you have it on paper, say so with --consent")
    }
}
