import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// A photograph that was enrolled. The picture itself is not kept: its template and its measures are.
struct EnrolledPhotograph: Sendable, Equatable {
    let id: UUID
    /// The measures in one line.
    let quality: String
    /// What made the template.
    let model: String
    let created: Instant
}

extension PeopleStore {
    /// What became of one photograph of somebody who is there.
    enum PhotographOutcome: Sendable, Equatable {
        case added(EnrolledPhotograph)
        /// The very same was enrolled before.
        case known
        /// The person has as many templates as a roster carries.
        case noRoom(limit: Int)
        /// No template may be made of the person.
        case noConsent
        /// Only students are on the roster.
        case noStudent
    }

    /// Adds the template of one photograph. Consent is looked at in the transaction that stores it.
    /// - Returns: nil where there is no such person.
    func add(
        _ template: NewTemplate, to person: UUID, by actor: AuditTrail.Actor, now: Instant
    ) throws(ServerError) -> PhotographOutcome? {
        try database.transaction { session throws(ServerError) in
            guard let account = try AccountStore.find(person, session) else { return nil }
            guard account.hasConsent else { return .noConsent }
            guard account.role == .student else { return .noStudent }
            switch verdict(on: template, among: try open(of: person, session)) {
            case .known: return .known
            case .noRoom(let limit): return .noRoom(limit: limit)
            case .added: break
            }
            let id = try insert(template, of: person, session)
            try touch(person, session)
            try audit.record(
                "photograph.add", of: person.lowercased, by: actor, ["photograph": id.lowercased], at: now, session)
            return .added(
                EnrolledPhotograph(id: id, quality: template.quality, model: RosterEntry.dlibModel, created: now))
        }
    }

    /// One page of a person's photographs, in the order in which they were enrolled.
    func photographs(of person: UUID, page: PageRequest) throws(ServerError) -> [EnrolledPhotograph] {
        let rows = try database.all(
            """
            SELECT id, quality, model, created_ms FROM templates WHERE person = ? AND id > ? ORDER BY id LIMIT ?
            """, [.id(person), .text(try page.id(0) ?? ""), page.rows])
        return try ServerError.wrap { () throws(DatabaseError) in
            try rows.map { row throws(DatabaseError) in
                EnrolledPhotograph(
                    id: try row.uuid("id"), quality: try row.text("quality"), model: try row.text("model"),
                    created: try row.instant("created_ms"))
            }
        }
    }

    /// Deletes one template for good, here and on every terminal.
    /// - Returns: whether it was there.
    func removePhotograph(
        _ photograph: UUID, of person: UUID, by actor: AuditTrail.Actor, now: Instant
    ) throws(ServerError) -> Bool {
        try database.transaction { session throws(ServerError) in
            let removed = try session.run(
                "DELETE FROM templates WHERE id = ? AND person = ?", [.id(photograph), .id(person)])
            guard removed > 0 else { return false }
            try touch(person, session)
            try audit.record(
                "photograph.remove", of: person.lowercased, by: actor, ["photograph": photograph.lowercased], at: now,
                session)
            return true
        }
    }
}
