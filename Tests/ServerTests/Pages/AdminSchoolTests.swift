import Attendance
import Foundation
import Testing

@testable import Server

/// The page of the whole school.
@Suite(.onEveryDatabase) struct AdminSchoolTests {
    private let client: RouterClient
    private let browser: PageClient
    private let admin: RouterClient.Member
    private var database: ServerDatabase { client.school.database }

    init() async throws {
        let school = try School()
        try school.database.policies.adopt(School.openEveryDay(), now: Clock.now)
        client = try await RouterClient(school)
        browser = PageClient(client)
        admin = try await client.member(.admin)
        _ = try await browser.logIn(admin)
    }

    private func student(_ name: String, _ className: String) throws -> UUID {
        try database.accounts.create(
            AccountDetails(name: name, role: .student, className: className), password: nil, by: .server,
            now: Clock.now
        ).id
    }

    private func record(_ person: UUID, _ status: RecordStatus, daysAgo: Int = 0) throws {
        let today = try database.policies.current().session(at: Clock.now).date.daysSince1970
        let session = SessionID(date: LocalDate(daysSince1970: today - daysAgo))
        let new = CorrectionStore.New(person: person, session: session, status: status, reason: "a test")
        _ = try database.corrections.make(new, by: admin.id, now: Clock.now)
    }

    /// The numbers of a class's row, in the order of the table.
    private func row(_ name: String, in html: String) throws -> [Int] {
        let start = try #require(html.range(of: ">\(name)</a></th>"))
        let end = try #require(html.range(of: "</tr>", range: start.upperBound..<html.endIndex))
        return html[start.upperBound..<end.lowerBound].matches(of: /<td class="number">(\d+)<\/td>/).map {
            Int($0.1) ?? -1
        }
    }

    @Test func everyClassIsCountedByStatus() async throws {
        let people = try (0..<5).map { try student("Person \($0)", "7b") }
        _ = try student("Other", "8<a>")
        for (person, status) in zip(people, [RecordStatus.present, .present, .late, .excused]) {
            try record(person, status)
        }
        let page = try await browser.get("/pages/school")
        #expect(page.status == 200)
        #expect(try row("7b", in: page.html) == [1, 0, 1, 1, 2, 5])
        #expect(try row("8&lt;a&gt;", in: page.html) == [1, 0, 0, 0, 0, 1])
        let id = try #require(try database.classes.find(name: "7b")).id.lowercased
        #expect(page.html.contains("href=\"/pages/classes/\(id)\""))
        #expect(page.html.contains("33.3%"))
        let part = try await browser.get("/pages/school/part")
        #expect(!part.html.contains("<html") && page.html.contains("8&lt;a&gt;"))
        #expect(try row("7b", in: part.html) == [1, 0, 1, 1, 2, 5])
    }

    @Test func theStampChangesWithWhatIsShown() throws {
        let person = try student("Ada", "7b")
        let first = try database.schoolOverview(at: Clock.now).stamp
        #expect(try database.schoolOverview(at: Clock.now).stamp == first)
        try record(person, .late)
        let second = try database.schoolOverview(at: Clock.now).stamp
        #expect(second != first)
        try record(person, .present)
        #expect(try database.schoolOverview(at: Clock.now).stamp != second)
    }

    @Test func theWeeksBeforeAreAPictureAndATable() async throws {
        #expect(try await browser.get("/pages/school").html.contains("begins after the first school day"))
        let people = try (0..<4).map { try student("Person \($0)", "7b") }
        for (person, status) in zip(people, [RecordStatus.present, .present, .late, .absent]) {
            try record(person, status, daysAgo: 1)
        }
        try record(people[0], .present, daysAgo: 40)
        let html = try await browser.get("/pages/school").html
        let svg = try #require(html.firstMatch(of: /(?s)<svg.*<\/svg>/)).output
        #expect(svg.contains("<title id=") && svg.contains("<desc id=") && !svg.contains("style="))
        let bars = svg.matches(of: /<rect class="([a-z]+)"[^>]*height="(\d+)"/).map { "\($0.1) \($0.2)" }
        #expect(bars == ["present 90", "late 45", "absent 45"])
        #expect(html.contains("<td class=\"number\">2 (50%)</td>"))
    }

    @Test func aDayWithoutSchoolIsSaid() async throws {
        try client.school.database.policies.adopt(School.shut(), now: Clock.now)
        let html = try await browser.get("/pages/school").html
        #expect(html.contains("There is no school today") && !html.contains("class=\"figures\""))
        let today = try database.policies.current().session(at: Clock.now).date
        _ = try database.calendar.set(today, name: "Fair & <fun>", by: .server, now: Clock.now)
        browser.language = "de"
        #expect(try await browser.get("/pages/school").html.contains("Heute ist keine Schule: Fair &amp; &lt;fun&gt;."))
    }

    @Test func whatWaitsForTerminalsIsNamed() async throws {
        _ = try student("Ada", "7b")
        #expect(try await browser.get("/pages/school").html.contains("Open until "))
        let door = try database.terminals.add(name: "door <1>").terminal.id.lowercased
        let stamp = try database.schoolOverview(at: Clock.now).stamp
        let session = try database.policies.current().session(at: Clock.now).description
        try client.school.look(
            "INSERT INTO closings (class, session, closed_ms, waits_for) VALUES (?, ?, NULL, ?)",
            [.text("7b"), .text(session), .text(door)])
        #expect(try await browser.get("/pages/school").html.contains("<li>7b waits for door &lt;1&gt;</li>"))
        #expect(try database.schoolOverview(at: Clock.now).stamp != stamp)
    }
}
