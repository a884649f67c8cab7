import Attendance
import FoundationEssentials
import Hummingbird

/// A new password for somebody: by a letter where the server sends mail, otherwise one that is shown once.
struct PasswordPages: Sendable {
    let desk: AdminDesk

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.post("/pages/people/{user_id}/password", use: renew)
    }

    @Sendable
    private func renew(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.changePerson)
        let id = try context.id("user_id")
        let account = try await desk.database.person(id, for: visitor.caller, .changePerson)
        _ = try await request.form(of: visitor)
        guard let email = account.email else { throw Problem.conflict(visitor.words["admin_login_none"]) }
        let path = PersonPages.path(id)
        if desk.invites {
            let isSent = try await desk.database.run { database throws(ServerError) in
                try database.queueReset(email: email, by: .person(visitor.caller.id), now: Clock.now)
            }
            return .redirect(to: "\(path)?done=\(isSent ? "letter" : "letter_wait")", type: .normal)
        }
        let password = Self.makePassword()
        let hash = try await desk.logins.hash(try Password(chosen: password))
        let isSet = try await desk.database.run { database throws(ServerError) in
            try database.passwords.set(hash, of: id, by: .person(visitor.caller.id), now: Clock.now)
        }
        guard isSet else { throw Problem.notFound }
        // No redirect: the password is in this answer and nowhere else.
        return desk.library.page(
            "admin_password", for: visitor, title: visitor.words("admin_password_title", ["name": account.name]),
            path: PeoplePages.path, ["password": password, "email": email, "back": path], isAnswer: true)
    }

    /// Sixteen signs of which none is taken for another, 79 bits by chance.
    static func makePassword() -> String {
        let signs = Array("abcdefghijkmnpqrstuvwxyz23456789")
        var random = SystemRandomNumberGenerator()
        let groups = (0..<4).map { _ in
            String((0..<4).map { _ in signs[Int.random(in: signs.indices, using: &random)] })
        }
        return groups.joined(separator: "-")
    }
}
