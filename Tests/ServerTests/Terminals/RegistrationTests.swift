import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct RegistrationTests {
    let school: School
    let client: RouterClient

    init() async throws {
        school = try School()
        client = try await RouterClient(school)
    }

    private func register(_ code: String) async throws -> RouterClient.Reply {
        try await client.send(.post, Endpoint.register, "{\"code\":\"\(code)\"}")
    }

    private func roster(_ token: String) async throws -> Int {
        try await client.send(.get, Endpoint.roster, token: token).status
    }

    @Test func aCodeIsGoodOnce() async throws {
        let (terminal, code) = try school.database.terminals.add(registering: "north door")
        #expect(terminal.registered == nil)
        #expect(code.code.text.hasPrefix("rcg_"))
        let reply = try await register(code.code.text)
        #expect(reply.status == 200)
        let grant = try TokenGrant(json: reply.body)
        #expect(grant.name == "north door" && grant.token.hasPrefix("rct_"))
        #expect(try await roster(grant.token) == 200)
        #expect(try school.database.terminals.find(terminal.id)?.registered != nil)
        #expect(try await register(code.code.text).status == 401)
        #expect(try await roster(grant.token) == 200, "the second try changes nothing")
        let entries = try school.database.audit.list(object: terminal.id.lowercased, page: PageRequest())
        #expect(entries.map(\.action) == ["terminal.register", "terminal.create"])
    }

    @Test func onlyTheHashOfACodeIsKept() throws {
        let code = try school.database.terminals.add(registering: "door").code.code
        #expect(try school.look("SELECT hash FROM registrations").map { try $0.blob("hash") } == [code.hash])
        guard let path = school.file else { return }
        let file = try Data(contentsOf: URL(filePath: path))
        #expect(file.range(of: Data(code.text.utf8)) == nil)
        #expect(file.range(of: Data(code.hash)) != nil)
    }

    @Test func aCodeEndsAfterADay() throws {
        let terminals = school.database.terminals
        let code = try terminals.create("door", classes: [], by: .server, now: School.morning).code
        #expect(code.expires == School.morning.advanced(byMilliseconds: 86_400_000))
        #expect(try terminals.register(code.code, now: code.expires)?.terminal == nil)
        #expect(try terminals.register(code.code, now: code.expires.advanced(byMilliseconds: -1))?.terminal != nil)
    }

    @Test func aNewCodeVoidsTheOneBeforeAndItsUseTheToken() async throws {
        let (terminal, first) = try school.database.terminals.add(registering: "door")
        let token = try TokenGrant(json: try await register(first.code.text).body).token
        let second = try #require(try school.database.terminals.renew(terminal.id, by: .server, now: Clock.now)).code
        let third = try school.database.terminals.renew(registering: "door")
        #expect(try await register(second.code.text).status == 401)
        #expect(try await roster(token) == 200, "the token is good until the code is used")
        let newToken = try TokenGrant(json: try await register(third.code.text).body).token
        #expect(try await roster(token) == 401)
        #expect(try await roster(newToken) == 200)
    }

    @Test func aRevokedTerminalStaysSoUntilANewCodeIsUsed() async throws {
        let (terminal, open) = try school.database.terminals.add(registering: "door")
        #expect(try school.database.terminals.revoke(terminal.id, by: .server, now: Clock.now)?.revoked != nil)
        #expect(try await register(open.code.text).status == 401, "a code from before the revocation is void")
        let code = try school.database.terminals.renew(registering: "door")
        #expect(try school.database.terminals.find(terminal.id)?.revoked != nil)
        let token = try TokenGrant(json: try await register(code.code.text).body).token
        #expect(try school.database.terminals.find(terminal.id)?.revoked == nil)
        #expect(try await roster(token) == 200)
    }

    @Test func wrongCodesAreAnsweredAlikeAndSlowedDown() async throws {
        let other = SecretToken.make(.terminal).text
        var answers: Set<[UInt8]> = []
        for code in ["rcg_short", SecretToken.make(.registration).text, other, "x"] {
            let reply = try await register(code)
            #expect(reply.status == 401)
            answers.insert(reply.body)
        }
        #expect(answers.count == 1)
        for body in ["{}", "{\"code\":7}", "{\"code\":\"\"}", "{\"code\":\"a b\"}", "[]", ""] {
            #expect(try await client.send(.post, Endpoint.register, body).status == 400, "\(body)")
        }
        for _ in 0..<16 { #expect(try await register("wrong").status == 401) }
        #expect(try await register("wrong").status == 429)
        let code = try school.database.terminals.add(registering: "door").code
        #expect(try await register(code.code.text).status == 200, "a good code is never refused for its neighbours")
    }
}
