import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Server

/// How staff decide walk-bys on the page.
@Suite(.onEveryDatabase) struct AdminWalkByTests {
    private let client: RouterClient
    private let door: UUID
    private let ada: UUID
    private let ben: UUID
    private let teacher: PageClient
    private let admin: PageClient
    private var database: ServerDatabase { client.school.database }

    init() async throws {
        let school = try School()
        try school.database.policies.adopt(School.openEveryDay(), now: School.morning)
        client = try await RouterClient(school)
        door = try school.database.terminals.add(name: "door <1>").terminal.id
        func student(_ name: String, _ className: String) throws -> UUID {
            let details = AccountDetails(name: name, role: .student, className: className)
            let made = try school.database.accounts.create(details, password: nil, by: .server, now: School.morning)
            _ = try school.database.people.setConsent(true, note: nil, of: made.id, by: .server, now: School.morning)
            return made.id
        }
        ada = try student("<i>Ada", "7b")
        ben = try student("Ben", "8a")
        let taught = try #require(try school.database.classes.find(name: "7b")).id
        teacher = PageClient(client)
        _ = try await teacher.logIn(try await client.member(.teacher, teaches: [taught]))
        admin = PageClient(client)
        _ = try await admin.logIn(try await client.member(.admin))
    }

    /// A walk-by of now.
    private func pass(_ people: [UUID], clock: ClockTrust = .synchronised) throws -> String {
        let now = Clock.now
        let session = try database.policies.current().session(at: now)
        let walkBy = School.walkBy(of: people, at: now, clock: clock, session: session.date)
        let results = try database.walkBys.receive([.valid(walkBy)], from: door, now: now)
        #expect(results == [.accepted(walkBy.id)])
        return walkBy.id.lowercased
    }

    private func decide(
        _ id: String, _ choice: String, by browser: PageClient, reason: String = "I know her"
    ) async throws -> PageClient.Answer {
        _ = try await browser.get("/pages/walk-bys")
        return try await browser.post("/pages/walk-bys/\(id)/decision", ["choice": choice, "reason": reason])
    }

    @Test func itWasSomebody() async throws {
        #expect(try await teacher.get("/pages/walk-bys").html.contains("Nothing to decide."))
        let id = try pass([ada])
        let page = try await teacher.get("/pages/walk-bys").html
        #expect(page.contains("It was &lt;i&gt;Ada") && page.contains("door &lt;1&gt;") && !page.contains("<i>"))
        #expect(page.contains("a picture held up") && page.contains("a sheet with &lt;edges&gt;"))
        #expect(try await decide(id, ada.lowercased, by: teacher).status == 303)
        #expect(try client.school.statuses(of: ada) == ["present by correction"])
        #expect(try await teacher.get("/pages/walk-bys").html.contains("Nothing to decide."))
        let decided = try await teacher.get("/pages/walk-bys?state=decided").html
        #expect(decided.contains("It was &lt;i&gt;Ada, decided A teacher") && decided.contains("I know her"))
        let twice = try await decide(id, ada.lowercased, by: teacher)
        #expect(twice.status == 409 && twice.html.contains("decided this already"))
    }

    @Test func itWasNobody() async throws {
        let id = try pass([ada])
        let empty = try await decide(id, "nobody", by: admin, reason: " ")
        #expect(empty.status == 400 && empty.html.contains("Say how you know"))
        #expect(try await decide(id, "nonsense", by: admin).status == 400)
        #expect(try await decide(id, "nobody", by: admin).status == 303)
        #expect(try client.school.statuses(of: ada) == [])
        admin.language = "de"
        #expect(try await admin.get("/pages/walk-bys?state=decided").html.contains("Niemand davon, entschied A admin"))
    }

    @Test func othersAreCountedAndNotNamed() async throws {
        let both = try pass([ben, ada])
        let foreign = try pass([ben])
        let page = try await teacher.get("/pages/walk-bys").html
        #expect(!page.contains("Ben") && page.contains("And one other person") && page.contains(both))
        #expect(!page.contains(foreign) && !page.contains("value=\"nobody\""))
        #expect(try await decide(both, "nobody", by: teacher).status == 403)
        #expect(try await decide(both, ben.lowercased, by: teacher).status == 403)
        #expect(try await decide(foreign, ben.lowercased, by: teacher).status == 403)
        #expect(try await admin.get("/pages/walk-bys").html.contains("It was Ben"))
        #expect(try await decide(both, ada.lowercased, by: teacher).status == 303)
    }

    @Test func withoutATimeNobodyIsMarked() async throws {
        let id = try pass([ada], clock: .unknown)
        let page = try await admin.get("/pages/walk-bys").html
        #expect(page.contains("clock was not set") && !page.contains("value=\"\(ada.lowercased)\""))
        let answer = try await decide(id, ada.lowercased, by: admin)
        #expect(answer.status == 400 && answer.html.contains("No record can follow"))
    }
}
