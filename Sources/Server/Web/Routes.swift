import HTTPTypes
import Hummingbird
import SyncProtocol

/// Every path that the server answers, and by which methods.
struct Routes: Sendable {
    static let health = "/healthz"

    let database: DatabaseThread
    let logins: Logins
    let faces: FaceServices
    let pages: PageLibrary
    var failures = FailedLogins()
    var loginLimits = LoginLimits()
    /// nil where the server sends no mail.
    var forgotten: ForgottenPasswords?

    /// The router with all routes; other methods of their paths are answered by 405.
    func router() -> Router<ServerRequestContext> {
        let router = Router(context: ServerRequestContext.self)
        router.add(middleware: ProblemMiddleware(pages: pages))
        addRoutes(to: router)
        refuseOtherMethods(router)
        return router
    }

    /// Each route is behind what it needs: nothing, a terminal's token or a person's.
    func addRoutes(to router: Router<ServerRequestContext>) {
        router.get("\(Self.health)") { [database] _, _ in
            try await database.run { database throws(ServerError) in try database.ping() }
            return Response(
                status: .ok, headers: [.contentType: "text/plain"], body: .init(byteBuffer: .init(string: "ok\n")))
        }
        PageRoutes(library: pages, logins: logins, limits: loginLimits, faces: faces, forgotten: forgotten)
            .add(to: router)
        let login = LoginRoutes(logins: logins, limits: loginLimits, failures: failures)
        login.addOpen(to: router)
        RegistrationRoutes(database: database, failures: failures).add(to: router)
        PasswordMailRoutes(forgotten: forgotten).addOpen(to: router)

        let desk = UploadDesk(database: database, vision: faces.vision, roster: faces.roster)
        UploadRoutes(door: faces.door, desk: desk).add(to: router)

        let terminals = router.group().add(middleware: TerminalAuthenticator(database: database, failures: failures))
        SyncRoutes(database: database).add(to: terminals)

        let people = router.group().add(middleware: CallerAuthenticator(logins: logins, failures: failures))
        login.addClosed(to: people)
        UserRoutes(logins: logins, invites: forgotten != nil).add(to: people)
        ClassRoutes(database: database).add(to: people)
        TerminalRoutes(database: database).add(to: people)
        CalendarRoutes(database: database).add(to: people)
        AttendanceRoutes(database: database).add(to: people)
        CorrectionRoutes(database: database).add(to: people)
        ExportRoutes(database: database).add(to: people)
        MarkRoutes(database: database).add(to: people)
        WalkByRoutes(database: database).add(to: people)
        LetterRoutes(database: database).add(to: people)
        EnrolmentRoutes(database: database, vision: faces.vision, roster: faces.roster).add(to: people)
        ImageRoutes(database: database, images: faces.images, vision: faces.vision).add(to: people)
    }

    /// Answers every other method with 405 and the list of those that are allowed.
    private func refuseOtherMethods(_ router: Router<ServerRequestContext>) {
        let known =
            [.get, .head, .post, .put, .patch, .delete, .options, .trace, .connect]
            + [HTTPRequest.Method("QUERY")].compactMap(\.self)
        for (path, routes) in Dictionary(grouping: router.routes, by: { $0.path.description }) {
            let allowed = known.filter { method in routes.contains { $0.method == method } }
            for method in known where !allowed.contains(method) {
                router.on("\(path)", method: method) { _, _ -> Response in
                    throw Problem.methodNotAllowed(allowed: allowed)
                }
            }
        }
    }
}
