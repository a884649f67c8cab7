import HTTPTypes
import Hummingbird

/// Lets only a terminal with a good bearer token pass, and says the same to everybody else.
struct TerminalAuthenticator: RouterMiddleware {
    typealias Context = ServerRequestContext

    let database: DatabaseThread
    let failures: FailedLogins

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard let token = bearerToken(in: request),
            let terminal = try await database.run({ database throws(ServerError) in
                try database.terminals.find(token)
            })
        else { throw refusal(to: context) }
        var context = context
        context.terminal = terminal
        context.logger[metadataKey: "terminal"] = "\(terminal.name)"
        return try await next(request, context)
    }

    private func bearerToken(in request: Request) -> TerminalToken? {
        let scheme = "bearer "
        let fields = request.headers[values: .authorization]
        guard fields.count == 1, fields[0].prefix(scheme.count).lowercased() == scheme else { return nil }
        return TerminalToken(String(fields[0].dropFirst(scheme.count)))
    }

    private func refusal(to context: Context) -> Problem {
        switch failures.record(address: context.address) {
        case .counted: return .unauthorised
        case .tooMany(let retryAfter, let first):
            if first {
                context.logger.warning(
                    "Many requests with a wrong token", metadata: ["address": "\(context.address)"])
            }
            return .tooManyFailures(retryAfter: retryAfter)
        }
    }
}
