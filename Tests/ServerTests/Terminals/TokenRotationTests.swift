import Foundation
import SyncProtocol
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct TokenRotationTests {
    let school: School
    let client: RouterClient
    let first: String

    init() async throws {
        school = try School()
        client = try await RouterClient(school)
        first = try school.database.terminals.add(name: "door").token.text
    }

    private func next(after token: String) async throws -> String {
        let reply = try await client.send(.post, Endpoint.token, token: token, "{}")
        #expect(reply.status == 200)
        let grant = try TokenGrant(json: reply.body)
        #expect(grant.name == "door")
        return grant.token
    }

    private func status(_ token: String) async throws -> Int {
        try await client.send(.get, Endpoint.roster, token: token).status
    }

    @Test func theOldTokenIsGoodUntilTheNewOneIsUsed() async throws {
        let second = try await next(after: first)
        #expect(second != first)
        for _ in 0..<3 { #expect(try await status(first) == 200) }
        #expect(try await status(second) == 200)
        #expect(try await status(first) == 401)
        #expect(try await status(second) == 200)
    }

    @Test func anAnswerThatIsLostLocksNobodyOut() async throws {
        let lost = try await next(after: first)
        let second = try await next(after: first)
        #expect(try await status(lost) == 401, "only the newest next token counts")
        #expect(try await status(first) == 200)
        #expect(try await status(second) == 200)
        #expect(try await status(first) == 401)
    }

    @Test func tokensFollowEachOther() async throws {
        var token = first
        for _ in 0..<5 {
            let new = try await next(after: token)
            #expect(try await status(new) == 200)
            #expect(try await status(token) == 401)
            token = new
        }
    }

    @Test func aRevocationVoidsBoth() async throws {
        let second = try await next(after: first)
        try school.database.terminals.revoke(name: "door")
        #expect(try await status(first) == 401)
        #expect(try await status(second) == 401)
        let renewed = try school.database.terminals.renew(name: "door").text
        #expect(try await status(second) == 401, "a next token from before is void too")
        #expect(try await status(renewed) == 200)
    }

    @Test func withoutATokenThereIsNoNext() async throws {
        #expect(try await client.send(.post, Endpoint.token, "{}").status == 401)
        #expect(try await client.send(.post, Endpoint.token, token: first, "[]").status == 400)
        #expect(try await status(first) == 200)
    }
}
