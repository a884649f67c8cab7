import Attendance
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct LetterRouteTests {
    let school: School
    private let application: Application<RouterResponder<ServerRequestContext>>
    private let tokens: [Role: String]

    init() async throws {
        school = try School()
        let routes = try await school.routes()
        application = Application(router: routes.router())
        var tokens: [Role: String] = [:]
        for role in Role.allCases {
            let email = "\(role.rawValue)@school.example"
            let hash = try PasswordHash(of: try Password(chosen: "correct horse"), cost: School.cost)
            _ = try school.database.accounts.create(
                AccountDetails(
                    name: role.rawValue, role: role, email: email, age: nil, className: role == .student ? "7b" : nil),
                password: hash, by: .server, now: Clock.now)
            tokens[role] = try await routes.logins.login(email: email, password: "correct horse", now: Clock.now)?
                .access
        }
        self.tokens = tokens
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, as role: Role?
    ) async throws -> (status: Int, body: String) {
        var fields = HTTPFields()
        if let token = role.flatMap({ tokens[$0] }) { fields[.authorization] = "Bearer \(token)" }
        let answer = try await application.test(.router) { [fields] client in
            try await client.execute(uri: path, method: method, headers: fields)
        }
        return (answer.status.code, String(buffer: answer.body))
    }

    @Test func onlyAnAdminSeesTheLettersAndSendsThemAgain() async throws {
        let ada = try school.student("Ada", "ada@school.example")
        let now = Clock.now
        _ = try school.database.queueReset(email: "ada@school.example", now: now)
        let letter = try #require(try school.database.letters.claim(now: now))
        _ = try school.database.letters.fail(letter, "550 nobody")
        let again = "/letters/\(letter.id.lowercased)/again"
        for role in [nil, Role.teacher, .student] {
            #expect(try await send(.get, "/letters", as: role).status == (role == nil ? 401 : 403))
            #expect(try await send(.post, again, as: role).status == (role == nil ? 401 : 403))
        }
        let list = try await send(.get, "/letters?state=failed", as: .admin)
        #expect(list.status == 200 && list.body.contains("\"recipient\":\"\(ada.lowercased)\""))
        #expect(list.body.contains("\"problem\":\"550 nobody\""))
        #expect(!list.body.contains("claim"))
        #expect(try await send(.get, "/letters?state=sent", as: .admin).body.contains("\"items\":[]"))
        #expect(try await send(.get, "/letters?state=lost", as: .admin).status == 400)
        #expect(try await send(.get, "/letters?cursor=WyJ4IiwieSJd", as: .admin).status == 400)
        #expect(try await send(.post, again, as: .admin).status == 202)
        let waiting = try await send(.post, again, as: .admin)
        #expect(waiting.status == 409 && waiting.body.contains("this letter is waiting"))
        let sent = try #require(try school.database.letters.claim(now: Clock.now))
        #expect(try await send(.post, again, as: .admin).status == 409)
        #expect(try school.database.letters.postpone(sent, until: now, "451", isTry: true))
        #expect(try await send(.post, "/letters/\(UUID().lowercased)/again", as: .admin).status == 404)
        #expect(try await send(.post, "/letters/x/again", as: .admin).status == 404)
        #expect(try school.letters().map(\.state) == [.waiting])
    }
}
