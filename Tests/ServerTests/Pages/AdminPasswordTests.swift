import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Server

/// A new password where the server sends letters.
@Suite(.onEveryDatabase) struct AdminPasswordTests {
    @Test func aLetterIsQueuedAndNothingShown() async throws {
        let client = try await RouterClient(try School())
        let admin = try await client.member(.admin)
        let teacher = try await client.member(.teacher)
        var routes = client.routes
        routes.forgotten = ForgottenPasswords()
        let login = try #require(await routes.logins.tokens.read(admin.access, now: Clock.now))
        let fields: HTTPFields = [
            .cookie: "\(PageCookie.login)=\(admin.access)", .contentType: "application/x-www-form-urlencoded",
        ]
        let application = Application(router: routes.router())
        let form = "form_token=\(FormToken.of(login.session))"
        let path = "/pages/people/\(teacher.id.lowercased)/password"
        // One a minute: of three, whatever minute ends meanwhile, one at least is told so.
        var said: [String] = []
        for _ in 0..<3 {
            let answer = try await application.test(.router) { client in
                try await client.execute(
                    uri: path, method: .post, headers: fields, body: ByteBuffer(string: form))
            }
            #expect(answer.status == .seeOther)
            said.append(String(try #require(answer.headers[.location]?.split(separator: "=").last)))
        }
        #expect(said[0] == "letter" && said.contains("letter_wait") && Set(said).count == 2)
        let letters = try client.school.database.letters.list([.waiting], page: PageRequest())
        #expect(letters.count == said.count { $0 == "letter" })
        #expect(try await client.logIn(teacher.email).status == 200)
    }

    @Test func noPasswordIsLikeAnother() {
        let made = Set((0..<200).map { _ in PasswordPages.makePassword() })
        #expect(made.count == 200 && made.allSatisfy { $0.count == 19 && !$0.contains { "01ol".contains($0) } })
    }
}
