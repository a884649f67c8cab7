import Attendance
import Hummingbird
import Logging
import SyncProtocol

/// Logging in and out, and passwords.
struct LoginRoutes: Sendable {
    let logins: Logins
    let limits: LoginLimits
    let failures: FailedLogins

    func addOpen(to router: some RouterMethods<ServerRequestContext>) {
        router.post("/login", use: login)
        router.post("/refresh", use: refresh)
        router.post("/password/reset", use: resetPassword)
    }

    func addClosed(to router: some RouterMethods<ServerRequestContext>) {
        router.post("/logout", use: logout)
        router.post("/password", use: changePassword)
    }

    private struct Credentials: OpenRequestBody {
        let email: String
        let password: String

        static let wireName = "login"
        enum CodingKeys: CodingKey, CaseIterable { case email, password }
    }

    private struct Renewal: OpenRequestBody {
        let refreshToken: String

        static let wireName = "refresh"
        enum CodingKeys: String, CodingKey, CaseIterable { case refreshToken = "refresh_token" }
    }

    private struct PasswordChange: RequestBody {
        let old: String
        let new: String

        static let wireName = "change of a password"
        enum CodingKeys: String, CodingKey, CaseIterable {
            case old = "old_password"
            case new = "new_password"
        }
    }

    private struct PasswordReset: OpenRequestBody {
        let token: String
        let new: String

        static let wireName = "reset of a password"
        enum CodingKeys: String, CodingKey, CaseIterable {
            case token
            case new = "new_password"
        }
    }

    /// RFC 6749, section 5.1.
    private struct GrantAnswer: Encodable, Sendable {
        let accessToken: String
        let tokenType = "Bearer"
        let expiresIn: Int64
        let refreshToken: String
        let userID: String

        enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
            case tokenType = "token_type"
            case expiresIn = "expires_in"
            case refreshToken = "refresh_token"
            case userID = "user_id"
        }

        init(_ grant: Logins.Grant) {
            accessToken = grant.access
            expiresIn = AccessTokens.lifetime.components.seconds
            refreshToken = grant.refresh.text
            userID = grant.person.lowercased
        }
    }

    @Sendable
    private func login(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<GrantAnswer> {
        let given = try await request.body(Credentials.self)
        let email = EmailAddress.normalised(given.email) ?? "no address"
        let network = context.network
        let granted = try await limits.attempt(email, from: network) {
            try await logins.login(email: email, password: given.password, from: network, now: Clock.now)
        }
        guard let grant = granted else {
            throw Problem(
                status: .unauthorized, detail: "The e-mail address or the password is wrong.",
                headers: [.wwwAuthenticate: Endpoint.authorizationScheme])
        }
        context.logger.info("Logged in", metadata: ["caller": "\(grant.person.lowercased)"])
        return JSONAnswer(GrantAnswer(grant))
    }

    @Sendable
    private func refresh(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<GrantAnswer> {
        let given = try await request.body(Renewal.self)
        guard let token = SecretToken(given.refreshToken, .refresh) else {
            throw failures.refusal(to: context, .refreshRefused)
        }
        let (grant, stolen) = try await logins.refresh(token, now: Clock.now)
        if let stolen {
            context.logger.warning(
                "A refresh token was used twice: its login has ended",
                metadata: ["caller": "\(stolen.lowercased)", "address": "\(context.address)"])
        }
        guard let grant else { throw failures.refusal(to: context, .refreshRefused) }
        return JSONAnswer(GrantAnswer(grant))
    }

    @Sendable
    private func logout(_ request: Request, _ context: ServerRequestContext) async throws -> NoContent {
        let caller = try context.authenticatedCaller()
        try await logins.database.run { database throws(ServerError) in
            try database.sessions.end(caller.session, now: Clock.now)
        }
        return NoContent()
    }

    @Sendable
    private func changePassword(_ request: Request, _ context: ServerRequestContext) async throws -> NoContent {
        let caller = try context.authenticatedCaller()
        try caller.require(.changeOwnDetails, .person(caller.id, classID: nil))
        let given = try await request.body(PasswordChange.self)
        let new = try Password(chosen: given.new)
        let network = context.network
        let isRight: Void? = try await limits.attempt(caller.id.lowercased, from: network) {
            try await logins.isPassword(given.old, of: caller.id, from: network) ? () : nil
        }
        guard isRight != nil else { throw Problem(status: .forbidden, detail: "The old password is wrong.") }
        let hash = try await logins.hash(new, from: network)
        _ = try await logins.database.run { database throws(ServerError) in
            try database.passwords.set(hash, of: caller.id, by: .person(caller.id), now: Clock.now)
        }
        context.logger.notice("Password changed", metadata: ["caller": "\(caller.id.lowercased)"])
        return NoContent()
    }

    @Sendable
    private func resetPassword(_ request: Request, _ context: ServerRequestContext) async throws -> NoContent {
        let given = try await request.body(PasswordReset.self)
        let new = try Password(chosen: given.new)
        guard let token = SecretToken(given.token, .passwordReset),
            try await logins.database.run({ database throws(ServerError) in
                try database.passwords.isGood(token, now: Clock.now)
            })
        else { throw failures.refusal(to: context, .resetRefused) }
        let hash = try await logins.hash(new, from: context.network)
        let isDone = try await logins.database.run { database throws(ServerError) in
            try database.passwords.reset(token, to: hash, now: Clock.now)
        }
        guard isDone else { throw failures.refusal(to: context, .resetRefused) }
        return NoContent()
    }
}
