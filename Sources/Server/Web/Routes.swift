import HTTPTypes
import Hummingbird
import SyncProtocol

/// Every path that the server answers, and by which methods.
enum Routes {
    static let health = "/healthz"

    static func router(
        database: DatabaseThread, policy: CurrentPolicy, failures: FailedLogins
    ) -> Router<ServerRequestContext> {
        let router = Router(context: ServerRequestContext.self)
        router.add(middleware: ProblemMiddleware())
        router.get("\(health)") { _, _ in
            try await database.run { database throws(ServerError) in try database.ping() }
            return Response(
                status: .ok, headers: [.contentType: "text/plain"], body: .init(byteBuffer: .init(string: "ok\n")))
        }
        refuseOtherMethods(of: health, but: [.get], router)
        refuseOtherMethods(of: Endpoint.marks, but: [.post], router)
        refuseOtherMethods(of: Endpoint.roster, but: [.get], router)
        refuseOtherMethods(of: Endpoint.heartbeat, but: [.post], router)
        let terminal = router.group().add(middleware: TerminalAuthenticator(database: database, failures: failures))
        TerminalRoutes(database: database, policy: policy).add(to: terminal)
        return router
    }

    /// Answers every other method with 405 and the list of those that are allowed.
    private static func refuseOtherMethods(
        of path: String, but allowed: [HTTPRequest.Method], _ router: Router<ServerRequestContext>
    ) {
        let known: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options, .trace, .connect]
        for method in known where !allowed.contains(method) {
            router.on("\(path)", method: method) { _, _ -> Response in
                throw Problem.methodNotAllowed(allowed: allowed)
            }
        }
    }
}
