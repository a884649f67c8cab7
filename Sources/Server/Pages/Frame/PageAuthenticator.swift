import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// Lets only somebody with a good login cookie pass, and leads everybody else to the login.
struct PageAuthenticator: RouterMiddleware {
    typealias Context = ServerRequestContext

    let logins: Logins

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let now = Clock.now
        guard let cookie = request.cookies[PageCookie.login],
            let caller = try await logins.caller(cookie.value, now: now)
        else { return Self.loginPage(after: request) }
        let found = try await logins.database.run { database throws(ServerError) in
            (try database.accounts.find(caller.id)?.name, try database.policies.current())
        }
        guard let name = found.0 else { return Self.loginPage(after: request) }
        var context = context
        context.caller = caller
        context.visitor = Visitor(
            caller: caller, name: name, words: Words(Language(of: request)), zone: found.1.zone,
            today: found.1.zone.day(at: now))
        context.logger[metadataKey: "caller"] = "\(caller.id.lowercased)"
        var response = try await next(request, context)
        // What a script asks for by itself keeps nobody logged in.
        if response.status != .noContent, !request.isBackground, !Self.endsLogin(response) {
            let token = try await logins.tokens.make(
                person: caller.id, session: caller.session, now: now, lifetime: PageCookie.idle)
            response.setCookie(PageCookie.login(token))
        }
        return response
    }

    private static func endsLogin(_ response: Response) -> Bool {
        response.headers[values: .setCookie].contains { $0.hasPrefix("\(PageCookie.login)=") }
    }

    /// A script is told by the status; a reader is led to the login and back.
    private static func loginPage(after request: Request) -> Response {
        guard !request.isBackground else { return Response(status: .unauthorized) }
        let back = request.method == .get ? "?next=\(request.uri.path)" : ""
        return .redirect(to: "/pages/login\(back)", type: .normal)
    }
}
