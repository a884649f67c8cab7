import Attendance
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SyncProtocol
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct RouteTests {
    let school: School
    let token: String
    private let application: Application<RouterResponder<ServerRequestContext>>

    init() async throws {
        school = try School()
        token = try school.database.terminals.add(name: "door").token.text
        application = Application(router: try await school.routes().router())
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, token: String? = nil, type: String? = "application/json",
        headers: HTTPFields = [:], body: some Sequence<UInt8> = []
    ) async throws -> (status: Int, problem: ProblemDocument?, body: [UInt8], headers: HTTPFields) {
        var fields = headers
        if let token { fields[.authorization] = "Bearer \(token)" }
        if let type { fields[.contentType] = type }
        let answer = try await application.test(.router) { [fields, body = Array(body)] client in
            try await client.execute(uri: path, method: method, headers: fields, body: ByteBuffer(bytes: body))
        }
        let bytes = Array(answer.body.readableBytesView)
        if answer.status.code >= 400 {
            #expect(answer.headers[.contentType] == "application/problem+json", "\(method) \(path)")
        }
        let problem = try? ProblemDocument(json: bytes)
        return (answer.status.code, problem, bytes, answer.headers)
    }

    @Test func aBatchIsAnsweredByIDAndIsIdempotent() async throws {
        let person = try school.enrol("Ada")
        let at = Clock.now
        let session = LocalDate(daysSince1970: Int(at.seconds / 86_400))
        let batch = MarkBatch(marks: [School.mark(of: person.id, at: at, session: session)])
        for verdict in [MarkResult.Verdict.accepted, .duplicate, .duplicate] {
            let answer = try await send(.post, Endpoint.marks, token: token, body: try batch.json())
            #expect(answer.status == 200)
            let receipt = try MarkReceipt(json: answer.body)
            #expect(receipt.results == [MarkResult(id: batch.marks[0].id, result: verdict)])
            #expect(abs(receipt.serverTime.milliseconds - at.milliseconds) < 600_000)
        }
    }

    @Test func aBadMarkDoesNotSpoilItsBatch() async throws {
        let person = try school.enrol("Ada")
        let good = School.mark(of: person.id, at: Instant(milliseconds: 1_788_247_800_000))
        let badID = UUID()
        let goodJSON = String(decoding: try JSONEncoder().encode(good), as: UTF8.self)
        let body = "{\"marks\":[{\"id\":\"\(badID)\",\"person\":7},\(goodJSON)]}"
        let answer = try await send(.post, Endpoint.marks, token: token, body: body.utf8)
        let results = try MarkReceipt(json: answer.body).results
        #expect(results.map(\.id) == [badID, good.id])
        #expect(results.map(\.result).first == .rejected)
    }

    @Test func aHeartbeatIsStored() async throws {
        let heartbeat = Heartbeat(
            version: "0.1.0", bootID: UUID(), uptimeSeconds: 5, camera: "running", rosterCursor: nil, rosterPeople: 3,
            outboxDepth: 2, outboxOldestSeconds: 1, clock: .synchronised, memoryBytes: 1 << 20)
        let answer = try await send(.post, Endpoint.heartbeat, token: token, body: try heartbeat.json())
        #expect(answer.status == 200)
        _ = try HeartbeatReply(json: answer.body)
        let terminal = try #require(try school.database.terminals.list().first)
        #expect(terminal.lastSeen != nil)
        #expect(try Heartbeat(json: Array(try #require(terminal.health).utf8)) == heartbeat)
    }

    @Test func theRosterFollowsItsCursor() async throws {
        let person = try school.enrol("Ada")
        let first = try await send(.get, Endpoint.roster, token: token, type: nil)
        let delta = try RosterDelta(json: first.body)
        #expect(delta.people.map(\.id) == [person.id] && delta.reset)
        #expect(delta.policy == (try School.policy()))
        let second = try await send(.get, "\(Endpoint.roster)?cursor=\(delta.cursor)", token: token, type: nil)
        let nothing = try RosterDelta(json: second.body)
        #expect(nothing.people.isEmpty && !nothing.reset)
    }

    static let protected: [(HTTPRequest.Method, String)] = [
        (.post, Endpoint.marks), (.get, Endpoint.roster), (.post, Endpoint.heartbeat),
    ]

    @Test(arguments: protected) func nobodyPassesWithoutAGoodToken(method: HTTPRequest.Method, path: String)
        async throws
    {
        let revoked = try school.database.terminals.add(name: "gate").token.text
        try school.database.terminals.revoke(name: "gate")
        let foreign = SecretToken.make(.terminal).text
        var answers: [ProblemDocument?] = []
        for token in [nil, "", "rct_", foreign, revoked, self.token + "x", self.token.lowercased(), "' OR 1=1 --"] {
            let answer = try await send(method, path, token: token)
            #expect(answer.status == 401, "\(token ?? "none")")
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            answers.append(answer.problem)
        }
        #expect(answers.allSatisfy { $0 != nil && $0 == answers[0] }, "the answer gives a hint")
        let basic = try await send(method, path, headers: [.authorization: "Basic \(token)"])
        #expect(basic.status == 401)
        #expect(try await send(method, path, token: token).status != 401)
    }

    @Test func manyWrongTokensAreSlowedDownButAGoodOneIsNot() async throws {
        var statuses: [Int] = []
        for _ in 0..<25 { statuses.append(try await send(.get, Endpoint.roster, token: "wrong").status) }
        #expect(statuses == Array(repeating: 401, count: 20) + Array(repeating: 429, count: 5))
        #expect(try await send(.get, Endpoint.roster, token: token).status == 200)
    }

    @Test(arguments: [HTTPRequest.Method.put, .patch, .delete, .head, .options, .trace])
    func otherMethodsAreRefused(method: HTTPRequest.Method) async throws {
        for (allowed, path) in Self.protected {
            let answer = try await send(method, path, token: token)
            #expect(answer.status == 405)
            #expect(answer.headers[.allow] == allowed.rawValue)
        }
    }

    @Test(arguments: [
        "/v1", "/v1/terminal", "/v1/terminal/marks/x", "/../etc/passwd", "/%2e%2e/", "/v1/terminal/roster%00",
    ])
    func otherPathsAreNotFound(path: String) async throws {
        #expect(try await send(.get, path, token: token).status == 404)
    }

    @Test(arguments: [nil, "text/plain", "application/x-www-form-urlencoded", "application/json-seq", "", ";"])
    func otherMediaTypesAreRefused(type: String?) async throws {
        #expect(try await send(.post, Endpoint.marks, token: token, type: type, body: "{}".utf8).status == 415)
    }

    @Test func aParameterOfTheMediaTypeIsAllowedAndAnEncodingIsNot() async throws {
        let type = "Application/JSON; charset=utf-8"
        #expect(try await send(.post, Endpoint.marks, token: token, type: type, body: "{}".utf8).status == 400)
        let gzip = try await send(.post, Endpoint.marks, token: token, headers: [.contentEncoding: "gzip"])
        #expect(gzip.status == 415)
    }

    static let badBodies: [String] = [
        "", "null", "[]", "{", "\u{0}", "{\"marks\":[]}", "{\"marks\":null}", "{\"marks\":[{}]}", "{\"marks\":[null]}",
        String(repeating: "[", count: 200_000), String(repeating: "{\"a\":", count: 40_000),
        "{\"marks\":[" + String(repeating: "1,", count: 30_000) + "1]}",
    ]

    @Test(arguments: badBodies) func otherBodiesAreRefused(body: String) async throws {
        let answer = try await send(.post, Endpoint.marks, token: token, body: body.utf8)
        #expect(answer.status == 400)
        #expect(answer.problem?.detail != nil)
        #expect(try await send(.post, Endpoint.heartbeat, token: token, body: body.utf8.prefix(16_000)).status == 400)
    }

    @Test func aLargeBodyIsRefused() async throws {
        let body = [UInt8](repeating: UInt8(ascii: " "), count: MarkBatch.maximumBytes + 1)
        #expect(try await send(.post, Endpoint.marks, token: token, body: body).status == 413)
        #expect(try await send(.post, Endpoint.marks, token: token, body: body.dropLast()).status == 400)
        let heartbeat = body.prefix(Heartbeat.maximumBytes + 1)
        #expect(try await send(.post, Endpoint.heartbeat, token: token, body: heartbeat).status == 413)
    }

    @Test func healthNeedsNoTokenAndSaysWhenTheDatabaseIsGone() async throws {
        #expect(try await send(.get, Routes.health).status == 200)
        #expect(try await send(.post, Routes.health).status == 405)
        school.database.close()
        #expect(try await send(.get, Routes.health).status == 503)
        let answer = try await send(.get, Endpoint.roster, token: token)
        #expect(answer.status == 503)
        #expect(answer.headers[.retryAfter] != nil)
        #expect(!String(decoding: answer.body, as: UTF8.self).contains(school.folder.path))
    }
}
