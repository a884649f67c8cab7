import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct ConsentTests {
    let school: FaceSchool

    init() async throws { school = try await FaceSchool() }

    private func template() -> NewTemplate { NewTemplate(bytes: School.randomTemplate(), quality: "made by a test") }

    private func path(_ person: FaceSchool.Member) -> String { "/users/\(person.id.lowercased)/consent" }

    private func consent(
        _ json: String, of person: FaceSchool.Member, as member: FaceSchool.Member
    ) async throws -> FaceSchool.Answer {
        try await school.send(.post, path(person), as: member, type: "application/json", Array(json.utf8))
    }

    @Test func noTemplateIsMadeWithoutConsent() throws {
        let people = school.school.database.people
        let none = #expect(throws: ServerError.self) { try people.add([template()], name: "Cem", className: "7b") }
        #expect(none?.description.contains("no consent of Cem") == true)
        #expect(try people.find(name: "Cem", className: "7b") == nil, "nobody is made on the way")
        #expect(try people.add(template(), to: school.student.id, by: .server, now: Clock.now) == .noConsent)
        #expect(throws: ServerError.self) { try people.add([template()], name: "Ada", className: "7b") }
        try school.consent(school.student)
        #expect(try people.add([template()], name: "Ada", className: "7b").person.id == school.student.id)
        try school.consent(school.teacher)
        #expect(try people.add(template(), to: school.teacher.id, by: .server, now: Clock.now) == .noStudent)
        #expect(try people.add(template(), to: UUID(), by: .server, now: Clock.now) == nil)
    }

    @Test func consentGivenOnTheCommandLineIsRecorded() throws {
        let person = try school.school.database.people.add(
            [template()], name: "Cem", className: "7b", hasConsent: true
        ).person
        #expect(try school.school.database.accounts.find(person.id)?.hasConsent == true)
        let entries = try school.school.database.audit.list(object: person.id.lowercased, page: PageRequest())
        #expect(entries.map(\.action) == ["consent.give"] && entries[0].actor == "server")
        _ = try school.school.database.people.add([template()], name: "Cem", className: "7b", hasConsent: true)
        #expect(
            try school.school.database.audit.list(object: person.id.lowercased, page: PageRequest()).count == 1)
    }

    @Test func withdrawingDeletesTheTemplatesHereAndOnTerminals() async throws {
        let given = try await consent(
            #"{"given":true,"note":"form of 2026-09-01"}"#, of: school.student, as: school.admin)
        #expect(given.status == 200 && given.json["consent"] as? Bool == true)
        let database = school.school.database
        for _ in 0..<2 {
            _ = try database.people.add(template(), to: school.student.id, by: .server, now: Clock.now)
        }
        let terminal = try database.terminals.add(name: "door").terminal.id
        let before = try school.school.delta(for: terminal, since: nil)
        #expect(before.people.map(\.id) == [school.student.id])
        #expect(try await school.routes.faces.roster.identifier().roster.people.count == 1)

        let withdrawn = try await consent(#"{"given":false}"#, of: school.student, as: school.admin)
        #expect(withdrawn.json["consent"] as? Bool == false && withdrawn.json["templates"] as? Int == 0)
        #expect(try school.school.look("SELECT id FROM templates").isEmpty)
        let after = try school.school.delta(for: terminal, since: before.cursor)
        #expect(after.people.isEmpty && after.removed == [school.student.id])
        #expect(try await school.routes.faces.roster.identifier().roster.people.isEmpty)
        #expect(try database.people.add(template(), to: school.student.id, by: .server, now: Clock.now) == .noConsent)

        let entries = try database.audit.list(object: school.student.id.lowercased, page: PageRequest())
        #expect(entries.map(\.action).filter { $0.hasPrefix("consent") } == ["consent.withdraw", "consent.give"])
        #expect(entries[0].detail["templates"] == "2" && entries[0].actor == school.admin.id.lowercased)
        #expect(entries.last { $0.action == "consent.give" }?.detail["note"] == "form of 2026-09-01")
        #expect(try database.audit.verify().fault == nil)
    }

    @Test func onlyAnAdminRecordsIt() async throws {
        for member in [school.teacher, school.student, school.stranger] {
            #expect(try await consent(#"{"given":true}"#, of: school.student, as: member).status == 403)
        }
        let nobody = try await school.send(
            .post, "/users/\(UUID().lowercased)/consent", as: school.admin, type: "application/json",
            Array(#"{"given":true}"#.utf8))
        #expect(nobody.status == 404)
        #expect(try school.school.database.accounts.find(school.student.id)?.hasConsent == false)
    }

    @Test(arguments: [
        "{}", #"{"given":"yes"}"#, #"{"given":true,"note":""}"#, #"{"given":true,"note":"a\nb"}"#, "[]", "",
        #"{"given":true,"who":"me"}"#,
    ]) func otherBodiesAreRefused(body: String) async throws {
        #expect(try await consent(body, of: school.student, as: school.admin).status == 400)
        #expect(try school.school.database.accounts.find(school.student.id)?.hasConsent == false)
    }
}
