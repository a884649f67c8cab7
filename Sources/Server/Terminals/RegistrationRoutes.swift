import Hummingbird
import Logging
import SyncProtocol

/// How a terminal gets its token. No login is needed, as the code is one.
struct RegistrationRoutes: Sendable {
    let database: DatabaseThread
    let failures: FailedLogins

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.post("\(Endpoint.register)", use: register)
    }

    /// Wrong codes are counted as wrong tokens are, and all are answered alike.
    @Sendable
    private func register(_ request: Request, _ context: ServerRequestContext) async throws -> Answer<TokenGrant> {
        let given = try await request.message(RegistrationRequest.self)
        guard let code = SecretToken(given.code, .registration),
            let (terminal, token) = try await database.run({ database throws(ServerError) in
                try database.terminals.register(code, now: Clock.now)
            })
        else { throw failures.refusal(to: context, .codeRefused) }
        context.logger.notice("Terminal registered", metadata: ["terminal": "\(terminal.name)"])
        return Answer(TokenGrant(token: token.text, name: terminal.name))
    }
}
