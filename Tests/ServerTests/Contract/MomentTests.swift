import Attendance
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Server

/// Every moment in an answer has one form and a name by one rule.
@Suite(.onEveryDatabase) struct MomentTests {
    /// No other zone of these tests has this offset, in summer and in winter.
    private static let zone = "Asia/Kolkata"
    private let office: Office
    private var database: ServerDatabase { office.school.database }

    init() async throws {
        office = try await Office()
        try office.school.database.policies.adopt(
            try AttendancePolicy(timeZone: Self.zone), now: School.morning)
    }

    /// What the answers say, put together.
    private struct Found {
        /// The names of moments.
        var names: Set<String> = []
        /// What is not as it should be.
        var wrong: [String] = []

        mutating func look(at value: Any, named name: String) {
            switch value {
            case let object as [String: Any]: for (key, value) in object { look(at: value, named: key) }
            case let list as [Any]: for item in list { look(at: item, named: name) }
            case let text as String: look(at: text, named: name)
            case is NSNull: break
            default: if Self.isMoment(name) { wrong.append("\(name): \(value)") }
            }
        }

        private mutating func look(at text: String, named name: String) {
            let whole = text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+05:30/) != nil
            if whole { names.insert(name) }
            if whole != Self.isMoment(name) { wrong.append("\(name): \(text)") }
            // Also where a sentence has one.
            for match in text.matches(of: /\d{4}-\d\d-\d\dT[\d:.]+(?<offset>[^\d:.\s]\S{0,5})?/)
            where match.offset?.hasPrefix("+05:30") != true { wrong.append("\(name): \(text)") }
        }

        private static func isMoment(_ name: String) -> Bool { name == "at" || name.hasSuffix("_at") }
    }

    /// Something of everything that has a moment.
    private func fill() async throws -> (removed: UUID, withPhotograph: UUID) {
        let student = office.student.id.lowercased
        _ = try database.closings.close(
            .init(className: "7b", session: SessionID(date: School.day), end: School.morning), now: School.morning)
        let door = try database.terminals.add(name: "door").terminal.id
        let (eve, removed) = (try office.school.enrol("Eve"), try office.school.enrol("Cem"))
        try office.school.beat(door, cursor: try office.school.pull(for: door).cursor)
        _ = try database.terminals.add(name: "old")
        try database.terminals.revoke(name: "old")
        #expect(try await send(.post, "/terminals", "{\"name\":\"gate\"}") == 201)
        #expect(try await send(.delete, "/users/\(removed.id.lowercased)") == 204)

        _ = try office.see(office.student.id)
        let void = try office.see(office.student.id, minutes: 1).id.lowercased
        #expect(try await send(.post, "/marks/\(void)/void", "{\"reason\":\"twice\"}") == 200)
        let about = "\"person\":\"\(student)\",\"reason\":\"ill\""
        let correction = "{\"session\":\"\(School.day)\",\"status\":\"late\",\(about)}"
        #expect(try await send(.post, "/attendance/corrections", correction) == 201)
        let days = "\"first_day\":\"\(School.day)\",\"last_day\":\"\(School.day)\""
        let excuse = try await office.send(.post, "/excuses", as: office.admin, "{\(days),\(about)}")
        let id = try #require(excuse.object["id"] as? String)
        #expect(try await send(.delete, "/excuses/\(id)") == 204)

        let unsure = School.walkBy(of: [eve.id])
        _ = try database.walkBys.receive([.valid(unsure)], from: door, now: School.morning)
        let decision = "{\"decision\":\"dismiss\",\"reason\":\"a picture\"}"
        #expect(try await send(.post, "/walk-bys/\(unsure.id.lowercased)/decision", decision) == 200)

        _ = try database.transaction { session throws(ServerError) in
            try LetterStore.add(.daily, period: "2026-09-01", to: office.student.id, now: School.morning, session)
        }
        let letter = try #require(try database.letters.claim(now: School.morning))
        #expect(try database.letters.finish(letter, now: School.morning))
        return (removed.id, eve.id)
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> Int {
        try await office.send(method, path, as: office.admin, body).status
    }

    @Test func everyMomentIsInTheSchoolsOffsetAndNamedByOneRule() async throws {
        let (removed, eve) = try await fill()
        let student = office.student.id.lowercased
        var found = Found()
        for path in [
            "/users", "/users/me", "/users/\(student)", "/users/\(eve.lowercased)/photographs", "/terminals",
            "/terminals/attention", "/users/\(removed.lowercased)/deletion", "/attendance/all",
            "/attendance/sessions?date=\(School.day)", "/attendance/corrections?person=\(student)", "/excuses",
            "/marks", "/walk-bys",
            "/audit", "/letters",
        ] {
            let answer = try await office.send(.get, path, as: office.admin)
            #expect(answer.status == 200, "\(path): \(answer.text)")
            found.look(at: answer.object, named: path)
        }
        #expect(found.wrong.isEmpty)
        #expect(found.names == (try await promised()), "the answers' names, and those of the contract")
    }

    /// The names of the moments in the contract.
    private func promised() async throws -> Set<String> {
        let script = "\(Fixtures.package)/Tests/ServerTests/Contract/moments.py"
        let listed = try await Command.run(
            "/usr/bin/python3", [script, "\(Fixtures.package)/docs/openapi.yaml"],
            environment: ["PYTHONPATH": "\(Fixtures.package)/var/python"])
        #expect(listed.status == 0, "\(listed.errors)")
        return Set(listed.output.split(separator: "\n").map(String.init))
    }
}
