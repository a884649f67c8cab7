import Attendance
import HTTPTypes
import Hummingbird

extension OwnDataPages {
    /// Sets a new password. Every other login of the person ends by it; the one of this browser goes on.
    @Sendable
    func changePassword(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let caller = visitor.caller
        try caller.require(.changeOwnDetails, .person(caller.id, classID: nil))
        let form = try await request.form(of: visitor)
        func refused(_ key: String, _ values: [String: String] = [:]) async throws -> Response {
            try await page(
                for: visitor, failure: visitor.words(key, values), place: "password", status: .badRequest)
        }
        let (old, new) = (form.exact("old_password") ?? "", form.exact("new_password") ?? "")
        guard new == form.exact("again") else { return try await refused("own_password_differs") }
        guard let password = Password(given: new) else {
            return try await refused("own_password_length", ["shortest": "\(Password.lengths.lowerBound)"])
        }
        let network = context.network
        let isRight: Void?
        do {
            isRight = try await limits.attempt(caller.id.lowercased, from: network) {
                try await logins.isPassword(old, of: caller.id, from: network) ? () : nil
            }
        } catch let problem as Problem where problem.status == .tooManyRequests {
            return try await refused("login_too_many", ["seconds": problem.headers[.retryAfter] ?? "60"])
        }
        guard isRight != nil else { return try await refused("own_password_wrong") }
        let hash = try await logins.hash(password, from: network)
        let opened = try await database.run { database throws(ServerError) in
            _ = try database.passwords.set(hash, of: caller.id, by: .person(caller.id), now: Clock.now)
            return try database.sessions.open(caller.id, lasting: PageCookie.longest, now: Clock.now)
        }
        context.logger.notice("Password changed", metadata: ["caller": "\(caller.id.lowercased)"])
        let token = try await logins.tokens.make(
            person: caller.id, session: opened.session, now: Clock.now, lifetime: PageCookie.idle)
        var response = Response.redirect(to: "\(Self.path)?done=password", type: .normal)
        response.setCookie(PageCookie.login(token))
        return response
    }
}
