import Hummingbird

/// Lets only a terminal with a good bearer token pass, and says the same to everybody else.
struct TerminalAuthenticator: RouterMiddleware {
    typealias Context = ServerRequestContext

    let database: DatabaseThread
    let failures: FailedLogins

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard let token = request.bearer.flatMap({ SecretToken($0, .terminal) }),
            let terminal = try await database.runFirst({ database throws(ServerError) in
                try database.terminals.find(token)
            })
        else { throw failures.refusal(to: context) }
        var context = context
        context.terminal = terminal
        context.logger[metadataKey: "terminal"] = "\(terminal.name)"
        return try await next(request, context)
    }
}
