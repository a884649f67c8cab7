import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// Who is enrolled, and their templates, which are sealed at rest. Every change moves the roster's revision, so that
/// terminals learn of it.
public struct PeopleStore: Sendable {
    let database: any SQLDatabase
    let audit: AuditTrail
    let vault: TemplateVault

    private static let columns = """
        id, name, class, created_ms, (SELECT COUNT(*) FROM templates WHERE person = people.id) AS templates
        """

    /// Everybody who is enrolled, by class and name.
    public func list() throws(ServerError) -> [Person] {
        try ServerError.wrap { () throws(DatabaseError) in
            let rows = try database.query(
                "SELECT \(Self.columns) FROM people WHERE removed_ms IS NULL ORDER BY class, name")
            return try rows.map(person(in:))
        }
    }

    /// The person of that name and class, if enrolled.
    func find(name: String, className: String) throws(ServerError) -> Person? {
        let row = try database.first(
            "SELECT \(Self.columns) FROM people WHERE name = ? AND class = ? AND removed_ms IS NULL",
            [.text(name), .text(className)])
        return try ServerError.wrap { () throws(DatabaseError) in
            try row.map { row throws(DatabaseError) in try person(in: row) }
        }
    }

    /// Adds templates to the person of that name and class, who is made when missing. All of them in one transaction.
    /// - Parameter hasConsent: the operator has the person's consent on record, which is recorded here too; otherwise it
    ///   must be here already.
    /// - Returns: the person as stored, and the verdict on each template in order.
    /// - Throws: `.refused` without consent.
    func add(
        _ templates: [NewTemplate], name: String, className: String, hasConsent: Bool = false
    ) throws(ServerError) -> (person: Person, verdicts: [TemplateVerdict]) {
        let name = try Name.person.checked(name)
        let className = try Name.className.checked(className)
        return try database.transaction { session throws(ServerError) in
            let person = try findOrMake(name, className, session)
            if hasConsent {
                try giveConsent(person, session)
            } else {
                try Self.requireConsent(of: person, name: name, session)
            }
            var known = try open(of: person, session)
            var verdicts: [TemplateVerdict] = []
            for template in templates {
                let verdict = verdict(on: template, among: known)
                verdicts.append(verdict)
                guard verdict == .added else { continue }
                known.insert(template.bytes)
                try insert(template, of: person, session)
            }
            if verdicts.contains(.added) { try touch(person, session) }
            guard let row = try session.first("SELECT \(Self.columns) FROM people WHERE id = ?", [.id(person)]) else {
                throw .damaged(what: "person \(person.lowercased)", reason: "the row just written is missing")
            }
            return (try ServerError.wrap { () throws(DatabaseError) in try self.person(in: row) }, verdicts)
        }
    }

    /// Removes a person: deletes templates, login and e-mail address for good, and has every terminal delete the person.
    /// Attendance that was taken stays.
    /// - Parameter reference: the person's id, or the name where only one person has it.
    /// - Throws: `.refused` where nobody or several are meant, and `.taken` for the last admin.
    public func remove(_ reference: String) throws(ServerError) -> Person {
        try database.transaction { session throws(ServerError) in
            let person = try find(reference, session)
            if try AccountStore.find(person.id, session)?.role == .admin {
                try AccountStore.requireAnotherAdmin(than: person.id, session)
            }
            let now = Clock.now
            try AccountStore.erase(person.id, now: now, session)
            try audit.record("person.remove", of: person.id.lowercased, by: .server, at: now, session)
            return person
        }
    }

    /// - Throws: `.refused` unless there is a person of that name and class whose consent is on record.
    func requireConsent(name: String, className: String) throws(ServerError) {
        let found = try database.first(
            "SELECT id FROM people WHERE name = ? AND class = ? AND removed_ms IS NULL AND consent_ms IS NOT NULL",
            [.text(try Name.person.checked(name)), .text(try Name.className.checked(className))])
        guard found == nil else { return }
        throw Self.noConsent(of: name)
    }

    private func giveConsent(_ person: UUID, _ session: any SQLSession) throws(ServerError) {
        let now = Clock.now
        guard try Self.recordConsent(of: person, now: now, session) else { return }
        try audit.record("consent.give", of: person.lowercased, by: .server, at: now, session)
    }

    private func findOrMake(
        _ name: String, _ className: String, _ session: any SQLSession
    ) throws(ServerError) -> UUID {
        let found = try session.first(
            "SELECT id FROM people WHERE name = ? AND class = ? AND role = 'student' AND removed_ms IS NULL",
            [.text(name), .text(className)])
        if let found { return try ServerError.wrap { () throws(DatabaseError) in try found.uuid("id") } }
        let id = UUID()
        let now = Clock.now
        try ClassStore.ensure(className, now: now, session)
        try session.run(
            "INSERT INTO people (id, name, class, created_ms, revision) VALUES (?, ?, ?, ?, ?)",
            [
                .id(id), .text(name), .text(className), .instant(now), .integer(try RosterStore.nextRevision(session)),
            ])
        try Membership.record(of: id, in: className, now: now, session)
        return id
    }

    /// The person of that id, or of that name where only one has it.
    /// - Throws: `.refused` where nobody or several are meant.
    func find(_ reference: String, _ session: any SQLSession) throws(ServerError) -> Person {
        let id = UUID(uuidString: reference).map { $0.lowercased } ?? ""
        let people = try ServerError.wrap { () throws(DatabaseError) in
            try session.query(
                "SELECT \(Self.columns) FROM people WHERE removed_ms IS NULL AND (id = ? OR name = ?) ORDER BY class",
                [.text(id), .text(reference)]
            ).map(person(in:))
        }
        guard let person = people.first else {
            throw .refused("nobody named \(reference) is enrolled; see `rollcall-server people list`")
        }
        guard people.count == 1 else {
            let ids = people.map { "\($0.id.lowercased) (\($0.className))" }.joined(separator: ", ")
            throw .refused("\(people.count) people are named \(reference); give the id of one: \(ids)")
        }
        return person
    }

    func open(of person: UUID, _ session: any SQLSession) throws(ServerError) -> Set<[UInt8]> {
        let rows = try ServerError.wrap { () throws(DatabaseError) in
            try session.query("SELECT person, sealed, model FROM templates WHERE person = ?", [.id(person)])
        }
        var templates: Set<[UInt8]> = []
        for row in rows { templates.insert(try vault.template(in: row)) }
        return templates
    }

    func verdict(on template: NewTemplate, among known: Set<[UInt8]>) -> TemplateVerdict {
        if known.contains(template.bytes) { return .known }
        return known.count < RosterEntry.maximumTemplates ? .added : .noRoom(limit: RosterEntry.maximumTemplates)
    }

    /// - Returns: the template's id.
    @discardableResult
    func insert(
        _ template: NewTemplate, of person: UUID, _ session: any SQLSession
    ) throws(ServerError) -> UUID {
        let now = Clock.now
        var random = SystemRandomNumberGenerator()
        let sealed = vault.seal(template.bytes, person: person, model: RosterEntry.dlibModel)
        let id = UUIDv7.make(at: now, using: &random)
        try session.run(
            "INSERT INTO templates (id, person, sealed, model, quality, created_ms) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .id(id), .id(person), .blob(sealed), .text(RosterEntry.dlibModel),
                .text(template.quality), .instant(now),
            ])
        return id
    }

    func touch(_ person: UUID, _ session: any SQLSession) throws(ServerError) {
        try session.run(
            "UPDATE people SET revision = ? WHERE id = ?",
            [.integer(try RosterStore.nextRevision(session)), .id(person)])
    }

    private func person(in row: Row) throws(DatabaseError) -> Person {
        Person(
            id: try row.uuid("id"), name: try row.text("name"), className: try row.text("class"),
            created: try row.instant("created_ms"), templates: Int(try row.integer("templates")))
    }
}
