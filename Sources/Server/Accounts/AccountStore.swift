import Attendance
import Database
import FoundationEssentials

/// Everybody at the school: the rows of `people`, with what makes an account of them.
struct AccountStore: Sendable {
    let database: any SQLDatabase
    let audit: AuditTrail

    private static let columns = """
        id, name, role, email, age, class, image, consent_ms, created_ms,
        (SELECT COUNT(*) FROM templates WHERE person = people.id) AS templates
        """

    /// Which part of the list is wanted.
    struct Filter: Sendable, Equatable {
        var role: Role?
        /// The class's name.
        var className: String?
        /// The beginning of the name or of the e-mail address.
        var search: String?
        /// A part of the name or of the e-mail address.
        var part: String?
    }

    /// Makes a person.
    /// - Parameter invites: whether somebody without a password gets a letter by which to set one.
    /// - Throws: `.refused` for details that cannot be, `.taken` for an e-mail address that somebody has.
    func create(
        _ details: AccountDetails, password: PasswordHash?, by actor: AuditTrail.Actor, now: Instant,
        invites: Bool = false
    ) throws(ServerError) -> Account {
        let details = try details.checked()
        return try database.transaction { session throws(ServerError) in
            try Self.requireFree(details.email, but: nil, session)
            if let className = details.className { try ClassStore.ensure(className, now: now, session) }
            let id = UUID()
            try session.run(
                """
                INSERT INTO people (id, name, class, created_ms, revision, role, email, age, password)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .id(id), .text(details.name), .text(details.className ?? ""), .instant(now),
                    .integer(try RosterStore.nextRevision(session)), .text(details.role.rawValue),
                    .text(orNull: details.email), .integer(orNull: details.age.map(Int64.init)),
                    .text(orNull: password?.text),
                ])
            try Membership.record(of: id, in: details.className ?? "", now: now, session)
            try audit.record(
                "person.create", of: id.lowercased, by: actor, ["role": details.role.rawValue], at: now, session)
            if invites { try Self.invite(id, now: now, session) }
            return try Self.require(id, session)
        }
    }

    /// The person; nil where there is none, or no more.
    func find(_ id: UUID) throws(ServerError) -> Account? { try Self.find(id, database) }

    /// One page of everybody, by name.
    func list(_ filter: Filter, page: PageRequest) throws(ServerError) -> [Account] {
        var conditions = ["removed_ms IS NULL"]
        var values: [SQLValue] = []
        if let role = filter.role {
            conditions.append("role = ?")
            values.append(.text(role.rawValue))
        }
        if let className = filter.className {
            conditions.append("class = ?")
            values.append(.text(className))
        }
        if let search = filter.search {
            // No pattern: what follows the text in the order of the bytes begins with it.
            conditions.append("(LOWER(SUBSTR(name, 1, ?)) = ? OR SUBSTR(email, 1, ?) = ?)")
            let length = SQLValue.integer(Int64(search.unicodeScalars.count))
            values += [length, .text(search.lowercased()), length, .text(search.lowercased())]
        }
        if let part = filter.part {
            // SQLite knows capitals of ASCII only: "özil" is tried as it is, as it was typed, and as "Özil".
            let low = part.lowercased()
            let forms = [low, part, low.prefix(1).uppercased() + low.dropFirst()]
            conditions.append(
                """
                (LOWER(name) LIKE ? ESCAPE '!' OR name LIKE ? ESCAPE '!' OR name LIKE ? ESCAPE '!'
                    OR email LIKE ? ESCAPE '!')
                """)
            values += (forms + [low]).map(Self.pattern(of:))
        }
        if let after = page.after, let id = try page.id(1) {
            conditions.append("(name, id) > (?, ?)")
            values += [.text(after[0]), .text(id)]
        }
        let rows = try database.all(
            "SELECT \(Self.columns) FROM people WHERE \(conditions.joined(separator: " AND ")) ORDER BY name, id LIMIT ?",
            values + [page.rows])
        return try ServerError.wrap { () throws(DatabaseError) in try rows.map(Self.account(in:)) }
    }

    /// What holds the text; signs of patterns stand for themselves.
    private static func pattern(of text: String) -> SQLValue {
        let plain = text.unicodeScalars.reduce(into: "") {
            $0 += "!%_".unicodeScalars.contains($1) ? "!\($1)" : "\($1)"
        }
        return .text("%\(plain)%")
    }

    /// Gives a person other details.
    /// - Parameters:
    ///   - invites: whether somebody without a password who gets an e-mail address gets a letter by which to set one.
    ///   - change: what becomes of the details that there are.
    /// - Returns: nil where there is no such person.
    /// - Throws: as `create`, and `.taken` for the last admin who is to be none, or to have no address to log in with.
    func change(
        _ id: UUID, by actor: AuditTrail.Actor, now: Instant, invites: Bool = false,
        _ change: (AccountDetails) throws(ServerError) -> AccountDetails
    ) throws(ServerError) -> Account? {
        try database.transaction { session throws(ServerError) in
            guard let before = try Self.find(id, session) else { return nil }
            let old = before.details
            let new = try change(old).checked()
            guard new != old else { return before }
            try Self.requireFree(new.email, but: id, session)
            if let className = new.className { try ClassStore.ensure(className, now: now, session) }
            if old.role == .admin, new.role != .admin || (old.email != nil && new.email == nil) {
                try Self.requireAnotherAdmin(than: id, session)
            }
            try session.run(
                "UPDATE people SET name = ?, class = ?, role = ?, email = ?, age = ?, revision = ? WHERE id = ?",
                [
                    .text(new.name), .text(new.className ?? ""), .text(new.role.rawValue), .text(orNull: new.email),
                    .integer(orNull: new.age.map(Int64.init)), .integer(try RosterStore.nextRevision(session)), .id(id),
                ])
            try Membership.record(of: id, in: new.className ?? "", now: now, session)
            if new.role != .teacher { try session.run("DELETE FROM teaching WHERE teacher = ?", [.id(id)]) }
            if new.role != .student {
                try session.run("DELETE FROM templates WHERE person = ?", [.id(id)])
                try WalkByStore.forget(id, session)
            }
            if new.role != old.role || new.email != old.email { try SessionStore.endAll(of: id, now: now, session) }
            if new.email != old.email {
                // What went to the address before must open nothing any more.
                try session.run("DELETE FROM password_resets WHERE person = ?", [.id(id)])
                if invites { try Self.invite(id, now: now, session) }
            }
            try audit.record("person.change", of: id.lowercased, by: actor, new.audit(from: old), at: now, session)
            return try Self.require(id, session)
        }
    }

    /// Deletes what is known of a person but for the name in older attendance: templates, password, sessions, e-mail.
    /// - Returns: the person as they were; nil where there is none.
    func remove(_ id: UUID, by actor: AuditTrail.Actor, now: Instant) throws(ServerError) -> Account? {
        try database.transaction { session throws(ServerError) in
            guard let person = try Self.find(id, session) else { return nil }
            if person.role == .admin { try Self.requireAnotherAdmin(than: id, session) }
            try Self.erase(id, now: now, session)
            try audit.record("person.remove", of: id.lowercased, by: actor, at: now, session)
            return person
        }
    }

    static func erase(_ id: UUID, now: Instant, _ session: any SQLSession) throws(ServerError) {
        try session.run("DELETE FROM templates WHERE person = ?", [.id(id)])
        try WalkByStore.forget(id, session)
        try session.run("DELETE FROM teaching WHERE teacher = ?", [.id(id)])
        try session.run("DELETE FROM password_resets WHERE person = ?", [.id(id)])
        try SessionStore.endAll(of: id, now: now, session)
        try Membership.record(of: id, in: "", now: now, session)
        try session.run(
            """
            UPDATE people SET removed_ms = ?, revision = ?, email = NULL, age = NULL, password = NULL, image = NULL,
                consent_ms = NULL WHERE id = ?
            """, [.instant(now), .integer(try RosterStore.nextRevision(session)), .id(id)])
    }

    static func find(_ id: UUID, _ session: any SQLSession) throws(ServerError) -> Account? {
        let row = try session.first(
            "SELECT \(columns) FROM people WHERE id = ? AND removed_ms IS NULL", [.id(id)])
        return try ServerError.wrap { () throws(DatabaseError) in
            try row.map { row throws(DatabaseError) in try account(in: row) }
        }
    }

    static func require(_ id: UUID, _ session: any SQLSession) throws(ServerError) -> Account {
        guard let account = try find(id, session) else {
            throw .damaged(what: "person \(id.lowercased)", reason: "the row just written is missing")
        }
        return account
    }

    /// A school without an admin could never make one again over HTTP. In the place of one who can log in, another must be
    /// there who can.
    /// - Throws: `.taken` where there is no other.
    static func requireAnotherAdmin(than id: UUID, _ session: any SQLSession) throws(ServerError) {
        let canLogIn = "email IS NOT NULL AND password IS NOT NULL"
        let other = try session.first(
            """
            SELECT id FROM people WHERE role = 'admin' AND removed_ms IS NULL AND id <> ?
                AND ((\(canLogIn)) OR NOT EXISTS (SELECT 1 FROM people WHERE id = ? AND \(canLogIn))) LIMIT 1
            """, [.id(id), .id(id)])
        guard other == nil else { return }
        throw .taken(
            "this is the last admin who can log in; first make another one, with a password: POST /user/create, or "
                + "`rollcall-server user create --role admin`")
    }

    /// Puts a letter into the queue by which somebody with an e-mail address and without a password sets one, unless one is
    /// waiting already: it goes to the address that there is then.
    private static func invite(_ id: UUID, now: Instant, _ session: any SQLSession) throws(ServerError) {
        let row = try session.first(
            """
            SELECT (SELECT COUNT(*) FROM letters WHERE recipient = people.id AND kind = 'welcome') AS letters
            FROM people WHERE id = ? AND email IS NOT NULL AND password IS NULL AND NOT EXISTS
                (SELECT 1 FROM letters WHERE recipient = people.id AND kind = 'welcome' AND state = 'waiting')
            """, [.id(id)])
        guard let row else { return }
        let before = try ServerError.wrap { () throws(DatabaseError) in try row.integer("letters") }
        // One letter per period, ever: the first, the second address of the account.
        let period = before == 0 ? "account" : "account \(before + 1)"
        _ = try LetterStore.add(.welcome, period: period, to: id, now: now, session)
    }

    private static func requireFree(
        _ email: String?, but id: UUID?, _ session: any SQLSession
    ) throws(ServerError) {
        guard let email else { return }
        let owner = try session.first(
            "SELECT id FROM people WHERE email = ? AND removed_ms IS NULL AND id <> ?",
            [.text(email), .text(id?.lowercased ?? "")])
        guard owner == nil else { throw .taken("somebody has the e-mail address \(email) already") }
    }

    private static func account(in row: Row) throws(DatabaseError) -> Account {
        let className = try row.text("class")
        return Account(
            id: try row.uuid("id"), name: try row.text("name"), role: try row.choice("role"),
            email: try row.optionalText("email"), age: try row.optionalInteger("age").map { Int($0) },
            className: className.isEmpty ? nil : className, hasImage: !row.isNull("image"),
            hasConsent: !row.isNull("consent_ms"), templates: Int(try row.integer("templates")),
            created: try row.instant("created_ms"))
    }
}

extension Account {
    /// What an admin may change.
    var details: AccountDetails {
        AccountDetails(name: name, role: role, email: email, age: age, className: className)
    }
}

extension AccountDetails {
    /// Which details changed, without what the person keeps to themselves.
    fileprivate func audit(from old: AccountDetails) -> [String: String] {
        var changed: [String] = []
        if name != old.name { changed.append("name") }
        if email != old.email { changed.append("email") }
        if age != old.age { changed.append("age") }
        var detail: [String: String] = [:]
        if role != old.role { detail["role"] = "\(old.role.rawValue) to \(role.rawValue)" }
        if className != old.className { detail["class"] = "\(old.className ?? "none") to \(className ?? "none")" }
        if !changed.isEmpty { detail["changed"] = changed.joined(separator: ", ") }
        return detail
    }
}
