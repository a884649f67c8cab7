import Attendance
import HTTPTypes
import Hummingbird

/// Logging in and out by the pages, and the language of the reader.
struct LoginPages: Sendable {
    let library: PageLibrary
    let logins: Logins
    let limits: LoginLimits
    /// nil where the server sends no mail.
    let forgotten: ForgottenPasswords?

    func addOpen(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/pages/login", use: form)
        router.post("/pages/login", use: login)
        router.post("/pages/language", use: language)
    }

    func addClosed(to router: some RouterMethods<ServerRequestContext>) {
        router.post("/pages/logout", use: logout)
    }

    @Sendable
    private func form(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        page(Words(Language(of: request)), next: request.uri.queryParameters["next"].map(String.init))
    }

    private func page(
        _ words: Words, next: String?, email: String = "", failure: String? = nil,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        library.open(
            "login", words, title: "login_title",
            ["next": Self.path(next) ?? "", "email": email, "failure": failure ?? "", "failed": failure != nil],
            status: status)
    }

    @Sendable
    private func login(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let form = try await request.openForm()
        let words = Words(Language(of: request))
        let typed = form["email"] ?? ""
        let email = EmailAddress.normalised(typed) ?? "no address"
        let network = context.network
        let granted: Logins.Grant?
        do {
            granted = try await limits.attempt(email, from: network) {
                try await logins.login(
                    email: email, password: form.exact("password") ?? "", from: network,
                    lasting: PageCookie.longest, now: Clock.now)
            }
        } catch let problem as Problem where problem.status == .tooManyRequests {
            let failure = words("login_too_many", ["seconds": problem.headers[.retryAfter] ?? "60"])
            return page(words, next: form["next"], email: typed, failure: failure, status: problem.status)
        }
        guard let grant = granted else {
            return page(
                words, next: form["next"], email: typed, failure: words["login_wrong"], status: .unauthorized)
        }
        context.logger.info("Logged in", metadata: ["caller": "\(grant.person.lowercased)"])
        let token = try await logins.tokens.make(
            person: grant.person, session: grant.session, now: Clock.now, lifetime: PageCookie.idle)
        var response = Response.redirect(to: Self.path(form["next"]) ?? "/pages", type: .normal)
        response.setCookie(PageCookie.login(token))
        return response
    }

    @Sendable
    private func logout(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        _ = try await request.form(of: visitor)
        try await logins.database.run { database throws(ServerError) in
            try database.sessions.end(visitor.caller.session, now: Clock.now)
        }
        var response = Response.redirect(to: "/pages/login", type: .normal)
        response.setCookie(PageCookie.noLogin)
        return response
    }

    /// Nobody needs to be logged in to read.
    @Sendable
    private func language(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let form = try await request.openForm()
        guard let language = form["language"].flatMap(Language.init(rawValue:)) else {
            throw Problem.badRequest("language: give one of en, de")
        }
        let back = request.header("Referer").flatMap { field in
            field.range(of: "/pages").map { field[$0.lowerBound...] }
        }
        var response = Response.redirect(to: Self.path(back.map(String.init)) ?? "/pages", type: .normal)
        response.setCookie(PageCookie.language(language))
        return response
    }

    /// A path of our pages, and nothing that leads elsewhere.
    private static func path(_ text: String?) -> String? {
        guard let text, text.hasPrefix("/pages"), !text.contains("//"), !text.contains("\\"),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else { return nil }
        return text
    }
}
