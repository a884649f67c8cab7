import HTTPTypes
import Hummingbird
import SyncProtocol

/// Asking for a new password without being logged in.
struct PasswordMailRoutes: Sendable {
    /// nil where the server sends no mail.
    let forgotten: ForgottenPasswords?

    func addOpen(to router: some RouterMethods<ServerRequestContext>) {
        router.post("/password/forgot", use: forgot)
    }

    private struct Forgotten: OpenRequestBody {
        let email: String

        static let wireName = "forgotten password"
        enum CodingKeys: CodingKey, CaseIterable { case email }
    }

    private struct Taken: Encodable, Sendable {
        let detail = "If somebody here has this address, a letter is on its way to it."
    }

    /// Says the same of every address. Where no mail is sent the path is not there, for everybody alike.
    @Sendable
    private func forgot(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<Taken> {
        let given = try await request.body(Forgotten.self)
        guard let forgotten else {
            throw Problem(
                status: .notFound, detail: "This server sends no mail: ask an admin of the school for a new password.")
        }
        // What is no address goes the same way and is looked up in vain.
        let email = EmailAddress.normalised(given.email) ?? "no address"
        if let wait = forgotten.ask(email, from: context.address) {
            throw Problem(
                status: .tooManyRequests, detail: "Too many new passwords were asked for from this network.",
                headers: [.retryAfter: String(wait)])
        }
        return JSONAnswer(Taken(), status: .accepted)
    }
}
