import Attendance
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import TestSupport
import Testing

@testable import Server

@Suite(.onEveryDatabase, .timeLimit(.minutes(10))) struct PasswordMailTests {
    let school: School
    let forgotten: ForgottenPasswords
    private let application: Application<RouterResponder<ServerRequestContext>>
    private let admin: String

    init() async throws {
        school = try School()
        forgotten = ForgottenPasswords()
        var routes = try await school.routes()
        routes.forgotten = forgotten
        application = Application(router: routes.router())
        admin = try await Self.logIn(school, routes)
    }

    private static func logIn(_ school: School, _ routes: Routes) async throws -> String {
        let hash = try PasswordHash(of: try Password(chosen: "correct horse"), cost: School.cost)
        _ = try school.database.accounts.create(
            AccountDetails(name: "Root", role: .admin, email: "root@school.example", age: nil, className: nil),
            password: hash, by: .server, now: Clock.now)
        let grant = try await routes.logins.login(
            email: "root@school.example", password: "correct horse", now: Clock.now)
        return try #require(grant).access
    }

    private func post(
        _ path: String, _ body: String, token: String? = nil, method: HTTPRequest.Method = .post
    ) async throws -> (status: Int, body: String, headers: HTTPFields) {
        var fields: HTTPFields = [.contentType: "application/json"]
        if let token { fields[.authorization] = "Bearer \(token)" }
        let answer = try await application.test(.router) { [fields] client in
            try await client.execute(uri: path, method: method, headers: fields, body: ByteBuffer(string: body))
        }
        return (answer.status.code, String(buffer: answer.body), answer.headers)
    }

    private func forgot(_ email: String) async throws -> (status: Int, body: String, headers: HTTPFields) {
        try await post("/password/forgot", "{\"email\":\"\(email)\"}")
    }

    /// Looks up what was asked for, as the running server does.
    private func answer() async {
        forgotten.finish()
        await forgotten.answer(
            DatabaseThread(school.database), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test func everyAddressIsAnsweredAlike() async throws {
        _ = try school.student("Ada", "ada@school.example")
        let known = try await forgot("ada@school.example")
        for email in ["nobody@school.example", "no address", "", "ADA@SCHOOL.EXAMPLE", "' OR 1=1 --"] {
            let other = try await forgot(email)
            #expect(other.status == 202 && other.body == known.body && other.headers == known.headers)
        }
        #expect(known.status == 202)
        #expect(try school.letters().isEmpty, "nothing is looked up before the answer")
        await answer()
        // One a minute: the two questions about one address may lie on both sides of its end.
        let kinds = try school.letters().map(\.kind)
        #expect(kinds == [.passwordReset] || kinds == [.passwordReset, .passwordReset])
    }

    @Test func withoutMailThePathIsNotThere() async throws {
        let plain = Application(router: try await school.routes().router())
        let answer = try await plain.test(.router) { client in
            try await client.execute(
                uri: "/password/forgot", method: .post, headers: [.contentType: "application/json"],
                body: ByteBuffer(string: "{\"email\":\"ada@school.example\"}"))
        }
        #expect(answer.status == .notFound && answer.headers[.contentType] == "application/problem+json")
        #expect(String(buffer: answer.body).contains("sends no mail"))
    }

    @Test func badBodiesAreRefused() async throws {
        for body in ["", "{}", "{\"email\":1}", "[]", "{\"email\":\"a@b.example\",\"extra\":1}"] {
            #expect(try await post("/password/forgot", body).status == 400)
        }
    }

    @Test func oneNetworkCannotAskForEver() async throws {
        var statuses: [Int] = []
        for index in 0..<22 { statuses.append(try await forgot("a\(index)@school.example").status) }
        #expect(statuses == Array(repeating: 202, count: 20) + [429, 429])
        #expect(try await forgot("a@school.example").headers[.retryAfter] != nil)
        #expect(
            PeerNetwork.of("2001:db8:1:2:3::4") == PeerNetwork.of("2001:db8:1:2::5"))
        #expect(PeerNetwork.of("2001:db8:1:2::4") != PeerNetwork.of("2001:db8:1:3::4"))
        #expect(
            PeerNetwork.of("::ffff:192.0.2.1") != PeerNetwork.of("::ffff:192.0.2.2"))
        #expect(PeerNetwork.of("192.0.2.1") != PeerNetwork.of("192.0.2.2"))
    }

    @Test func onePersonGetsOnlySomeLetters() throws {
        _ = try school.student("Ada", "ada@school.example")
        func ask(_ minute: Int64) throws -> Bool {
            try school.database.queueReset(
                email: "ada@school.example", now: School.morning.advanced(byMilliseconds: minute * 60_000))
        }
        #expect(try ask(0))
        #expect(try !ask(0), "one a minute")
        #expect(try (1...4).map { try ask($0) } == [true, true, true, true])
        #expect(try !ask(5), "five an hour")
        #expect(try ask(61))
        #expect(try !school.database.queueReset(email: "bob@school.example", now: School.morning))
    }

    @Test func theTokenInTheLetterSetsThePasswordOnce() async throws {
        let server = try await MailServer()
        let delivery = try TestDelivery(school.database, try server.settings())
        _ = try school.student("Zoë", "zoe@school.example")
        #expect(try school.database.queueReset(email: "zoe@school.example", now: School.morning))
        #expect(try await delivery.round() == 1)
        let letter = try #require(try await server.letters().first)
        #expect(letter.headers["Subject"] == "Your new password for Rollcall" && letter.names == ["Zoë"])
        let token = try Self.token(in: letter)
        #expect(letter.html.contains("https://rollcall.school.example/password#token=\(token)"))
        let stored = try school.look("SELECT * FROM letters") + school.look("SELECT * FROM password_resets")
        #expect(!"\(stored)".contains(token), "only its hash is stored")
        #expect(!delivery.log.contains { $0.contains(token) })

        let body = "{\"token\":\"\(token)\",\"new_password\":\"a new password\"}"
        #expect(try await post("/password/reset", body).status == 204)
        #expect(try await post("/password/reset", body).status == 401)
        let login = "{\"email\":\"zoe@school.example\",\"password\":\"a new password\"}"
        #expect(try await post("/login", login).status == 200)
    }

    /// A letter that was not handed over leaves the token good that an older letter has.
    @Test func onlyALetterThatGoesMakesItsTokenGood() async throws {
        let server = try await MailServer()
        let delivery = try TestDelivery(school.database, try server.settings())
        _ = try school.student("Ada", "unknown+1@school.example")
        let (_, older) = try #require(
            try school.database.passwords.beginReset(email: "unknown+1@school.example", now: School.morning))
        #expect(try school.database.queueReset(email: "unknown+1@school.example", now: School.morning))
        #expect(try await delivery.round() == 0)
        #expect(try school.database.passwords.isGood(older, now: School.morning))
    }

    @Test func aNewAccountWithoutAPasswordGetsALetter() async throws {
        let server = try await MailServer()
        let without = try await post(
            "/user/create", "{\"name\":\"Ada\",\"role\":\"teacher\",\"email\":\"ada@school.example\"}", token: admin)
        #expect(without.status == 201)
        let with =
            "{\"name\":\"Bob\",\"role\":\"teacher\",\"email\":\"bob@school.example\",\"password\":\"good enough\"}"
        #expect(try await post("/signup", with, token: admin).status == 201)
        #expect(try await post("/user/create", "{\"name\":\"Cy\",\"role\":\"teacher\"}", token: admin).status == 201)
        #expect(try school.letters().map(\.kind) == [.welcome])
        let delivery = try TestDelivery(school.database, try server.settings())
        let wait = Clock.now.milliseconds - School.morning.milliseconds
        #expect(try await delivery.round(after: .milliseconds(wait)) == 1)
        let letter = try #require(try await server.letters().first)
        #expect(letter.addresses == ["ada@school.example"] && letter.text.contains("seven days"))
        let token = try Self.token(in: letter)
        let body = "{\"token\":\"\(token)\",\"new_password\":\"a new password\"}"
        #expect(try await post("/password/reset", body).status == 204)
    }

    @Test func whoGetsAnAddressLaterGetsALetterToo() async throws {
        let server = try await MailServer()
        let delivery = try TestDelivery(school.database, try server.settings())
        let path = "/users/\(try school.student("Ada", nil).lowercased)"
        func change(_ body: String) async throws -> [LetterKind] {
            #expect(try await post(path, body, token: admin, method: .patch).status == 200)
            return try school.letters().map(\.kind)
        }
        func send() async throws -> ReceivedLetter {
            let wait = Clock.now.milliseconds - School.morning.milliseconds + 1
            #expect(try await delivery.round(after: .milliseconds(wait)) == 1)
            return try #require(try await server.letters().last)
        }
        func reset(_ letter: ReceivedLetter) async throws -> Int {
            let token = try Self.token(in: letter)
            return try await post("/password/reset", "{\"token\":\"\(token)\",\"new_password\":\"a new password\"}")
                .status
        }
        #expect(try await change("{\"age\":12}").isEmpty)
        #expect(try await change("{\"email\":\"wrong@school.example\"}") == [.welcome])
        #expect(try await change("{\"email\":\"old@school.example\"}") == [.welcome], "it goes to the newest address")
        let first = try await send()
        #expect(first.addresses == ["old@school.example"])
        #expect(try await change("{\"email\":\"new@school.example\"}") == [.welcome, .welcome])
        #expect(try await reset(first) == 401, "who reads the old address gets in no more")
        let second = try await send()
        #expect(second.addresses == ["new@school.example"])
        #expect(try await reset(second) == 204)
        #expect(try await change("{\"email\":\"other@school.example\"}").count == 2, "there is a password now")
        #expect(try await change("{\"email\":null}").count == 2)
    }

    private static func token(in letter: ReceivedLetter) throws -> String {
        let line = letter.text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("rcp_") }
        return String(try #require(line))
    }
}
