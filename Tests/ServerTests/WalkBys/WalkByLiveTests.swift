import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Server

/// Walk-bys over TLS, as a terminal and others who are none send them.
@Suite(.timeLimit(.minutes(10))) struct WalkByLiveTests {
    @Test(arguments: DatabaseKind.allCases) func theyTravelOverTLSAndLimitsHold(kind: DatabaseKind) async throws {
        let server = try await LiveServer(kind)
        let database = try server.openDatabase()
        defer { database.close() }
        let token = try database.terminals.add(name: "door").token.text
        let person = try database.people.add([], name: "Ada", className: "7b", hasConsent: true).person
        try await server.whileRunning { port in
            func send(_ body: [UInt8], token: String?) async throws -> (status: Int, body: [UInt8]) {
                try await server.curl(port, Endpoint.walkBys, token: token, post: body)
            }
            let at = Clock.now
            let day = LocalDate(daysSince1970: Int(at.seconds / 86_400))
            let walkBy = School.walkBy(of: [person.id, UUID()], at: at, session: day)
            let body = try WalkByBatch(walkBys: [walkBy]).json()
            #expect(try await send(body, token: nil).status == 401)
            #expect(try await send(body, token: "rct_nobody").status == 401)
            let first = try await send(body, token: token)
            #expect(first.status == 200)
            #expect(try WalkByReceipt(json: first.body).results == [.accepted(walkBy.id)])
            let second = try await send(body, token: token)
            #expect(try WalkByReceipt(json: second.body).results == [.duplicate(walkBy.id)])
            #expect(try database.walkBys.list().map { $0.people.map(\.name) } == [["Ada"]])

            let many = (0...WalkByBatch.maximumWalkBys).map { _ in "{\"id\":\"\(UUID().lowercased)\"}" }
            let tooMany = Array("{\"walk_bys\":[\(many.joined(separator: ","))]}".utf8)
            #expect(try await send(tooMany, token: token).status == 400)
            let wrong = Array("{\"walk_bys\":[{\"id\":\"\(walkBy.id.lowercased)\",\"people\":7}]}".utf8)
            let refused = try WalkByReceipt(json: try await send(wrong, token: token).body)
            #expect(refused.results.map(\.result) == [.rejected])
            let large = [UInt8](repeating: UInt8(ascii: " "), count: WalkByBatch.maximumBytes + 1)
            #expect(try await send(large, token: token).status == 413)
            let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1000)
            #expect(try await send(deep, token: token).status == 400)
            try database.terminals.revoke(name: "door")
            #expect(try await send(body, token: token).status == 401)
        }
    }
}
