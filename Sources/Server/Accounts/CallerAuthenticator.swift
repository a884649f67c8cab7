import HTTPTypes
import Hummingbird

/// Lets only somebody with a good access token pass, and says the same to everybody else.
struct CallerAuthenticator: RouterMiddleware {
    typealias Context = ServerRequestContext

    let logins: Logins
    let failures: FailedLogins

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard let token = request.bearer else { throw failures.refusal(to: context) }
        guard let caller = try await logins.caller(token, now: Clock.now) else {
            throw failures.refusal(to: context, .loginEnded)
        }
        var context = context
        context.caller = caller
        context.logger[metadataKey: "caller"] = "\(caller.id.lowercased)"
        return try await next(request, context)
    }
}

extension Request {
    /// The one bearer token of the request (RFC 6750); nil for none and for several.
    var bearer: String? {
        let scheme = "bearer "
        let fields = headers[values: .authorization]
        guard fields.count == 1, fields[0].prefix(scheme.count).lowercased() == scheme else { return nil }
        return String(fields[0].dropFirst(scheme.count))
    }
}

extension FailedLogins {
    /// What somebody with a wrong token or code is told.
    func refusal(to context: ServerRequestContext, _ problem: Problem = .unauthorised) -> Problem {
        switch record(address: context.network) {
        case .counted: return problem
        case .tooMany(let retryAfter, let first):
            if first {
                context.logger.warning("Many requests with a wrong token", metadata: ["address": "\(context.address)"])
            }
            return .tooManyFailures(retryAfter: retryAfter)
        }
    }
}
