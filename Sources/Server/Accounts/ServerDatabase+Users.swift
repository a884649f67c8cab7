import Attendance
import Database
import FoundationEssentials

/// What the commands on the server do with accounts.
extension ServerDatabase {
    /// Makes an account.
    public func makeUser(
        name: String, role: Role, email: String, age: Int?, className: String?, password: String
    ) throws(ServerError) -> UUID {
        let details = AccountDetails(name: name, role: role, email: email, age: age, className: className)
        _ = try details.checked()
        let hash = try PasswordHash(of: try Password(chosen: password))
        return try accounts.create(details, password: hash, by: .server, now: Clock.now).id
    }

    /// Everybody, by name.
    public func listUsers() throws(ServerError) -> [Account] {
        var page = PageRequest(limit: PageRequest.maximumLimit)
        var found: [Account] = []
        while true {
            let rows = try accounts.list(.init(), page: page)
            found += rows.prefix(page.limit)
            guard rows.count > page.limit, let last = found.last else { return found }
            page.after = [last.name, last.id.lowercased]
        }
    }

    /// Sets a password and ends every login of the person.
    public func setPassword(_ password: String, ofEmail email: String) throws(ServerError) {
        let hash = try PasswordHash(of: try Password(chosen: password))
        guard let id = try passwords.owner(of: email.lowercased()),
            try passwords.set(hash, of: id, by: .server, now: Clock.now)
        else { throw .refused("there is no account \(email); see `rollcall-server user list`") }
    }

    /// Removes somebody by e-mail address or id, and says who it was.
    public func removeUser(_ reference: String) throws(ServerError) -> String {
        let id: UUID?
        if let given = UUID(uuidString: reference) {
            id = given
        } else {
            id = try passwords.owner(of: reference.lowercased())
        }
        guard let id, let removed = try accounts.remove(id, by: .server, now: Clock.now) else {
            throw .refused("there is no account \(reference); see `rollcall-server user list`")
        }
        return removed.name
    }

    /// Whether there is a class of that name.
    public func hasClass(_ name: String) throws(ServerError) -> Bool {
        try classes.find(name: try Name.className.checked(name)) != nil
    }

    /// Looks at every entry of the audit trail.
    public func verifyAudit() throws(ServerError) -> AuditCheck { try audit.verify() }

    /// Begins the audit trail anew behind the entries that there are.
    /// - Returns: the last entry that cannot be checked any more; 0 for none.
    public func renewAudit() throws(ServerError) -> Int64 { try audit.renew(now: Clock.now) }
}
