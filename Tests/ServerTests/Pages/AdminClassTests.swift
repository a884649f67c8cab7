import Attendance
import Foundation
import Testing

@testable import Server

/// Classes and the calendar on the pages.
@Suite(.onEveryDatabase) struct AdminClassTests {
    private let client: RouterClient
    private let browser: PageClient
    private var database: ServerDatabase { client.school.database }

    init() async throws {
        client = try await RouterClient(try School())
        browser = PageClient(client)
        _ = try await browser.logIn(try await client.member(.admin))
    }

    @Test func aClassIsMadeChangedTaughtAndRemoved() async throws {
        let teacher = try await client.member(.teacher)
        _ = try await browser.get("/pages/school/classes")
        let made = try await browser.post("/pages/school/classes", ["name": "7<b>", "present_until": "08:15"])
        #expect(
            made.status == 400 && made.html.contains("Give both times") && made.html.contains("value=\"7&lt;b&gt;\""))
        let good = try await browser.post(
            "/pages/school/classes", ["name": "7<b>", "present_until": "08:15", "absent_after": "10:00"])
        #expect(good.status == 303 && good.location == "/pages/school/classes?done=created")
        let path = "/pages/school/classes/\(try #require(try database.classes.find(name: "7<b>")).id.lowercased)"
        #expect(try await browser.post("/pages/school/classes", ["name": "7<b>"]).status == 409)
        let list = try await browser.get("/pages/school/classes").html
        #expect(list.contains(">7&lt;b&gt;</a>") && list.contains("08:15") && list.contains("Its own"))

        _ = try await browser.get(path)
        let times = ["name": "7c", "present_until": "", "absent_after": ""]
        #expect(try await browser.post(path, times).status == 303)
        let changed = try #require(try database.classes.find(name: "7c"))
        #expect(changed.presentUntil == nil)

        let taught = try await browser.post("\(path)/teachers", ["teacher": teacher.id.lowercased])
        #expect(taught.status == 303)
        #expect(try database.classes.find(changed.id)?.teachers == [teacher.id])
        #expect(try await browser.get(path).html.contains("value=\"\(teacher.id.lowercased)\" checked"))
        #expect(try await browser.post("\(path)/teachers", [:]).status == 303)
        #expect(try database.classes.find(changed.id)?.teachers == [])
        #expect(try await browser.post("\(path)/teachers", ["teacher": UUID().lowercased]).status == 409)

        #expect(try await browser.get("\(path)/remove").html.contains("Remove 7c?"))
        #expect(try await browser.post("\(path)/remove", [:]).status == 303)
        #expect(try database.classes.find(changed.id) == nil)
    }

    @Test func aClassWithStudentsStays() async throws {
        _ = try await client.member(.student, className: "7b")
        let id = try #require(try database.classes.find(name: "7b")).id
        _ = try await browser.get("/pages/school/classes/\(id.lowercased)/remove")
        let answer = try await browser.post("/pages/school/classes/\(id.lowercased)/remove", [:])
        #expect(answer.status == 409 && answer.html.contains("still has students"))
        #expect(try await browser.get("/pages/school/classes/\(UUID().lowercased)").status == 404)
    }

    @Test func daysOffAreSetAndRemoved() async throws {
        let first = LocalDate(daysSince1970: Int(Clock.now.seconds / 86_400) + 10)
        let last = LocalDate(daysSince1970: first.daysSince1970 + 2)
        #expect(try await browser.get("/pages/calendar").html.contains("No day off is to come"))
        let form = ["name": "<Fair>", "from": "\(first)", "to": "\(last)"]
        #expect(try await browser.post("/pages/calendar/days-off", form).status == 303)
        let page = try await browser.get("/pages/calendar?done=added").html
        #expect(page.matches(of: /&lt;Fair&gt;/).count == 3 && page.contains("Added."))
        #expect(try await browser.post("/pages/calendar/days-off/remove", ["date": "\(last)"]).status == 303)
        #expect(try await browser.post("/pages/calendar/days-off/remove", ["date": "\(last)"]).status == 303)
        #expect(try database.calendar.list(from: nil, to: nil, page: PageRequest()).map(\.date).count == 2)
    }

    @Test(arguments: [
        ["from": "2026-09-01"], ["name": "x", "from": "tomorrow"],
        ["name": "x", "from": "2026-09-02", "to": "2026-09-01"],
        ["name": "x", "from": "2026-09-01", "to": "2027-09-01"], ["name": "x", "from": "1970-01-01"],
    ])
    func daysThatCannotBeAreRefused(_ form: [String: String]) async throws {
        _ = try await browser.get("/pages/calendar")
        let answer = try await browser.post("/pages/calendar/days-off", form)
        #expect(answer.status == 400 && answer.html.contains("role=\"alert\""))
        #expect(try database.calendar.list(from: nil, to: nil, page: PageRequest()).isEmpty)
    }

    @Test func whatTheConfigurationSaysStays() async throws {
        try database.policies.adopt(School.shut(), now: Clock.now)
        let today = try database.policies.current().session(at: Clock.now).date
        #expect(try await browser.get("/pages/calendar").html.contains("In the server&#39;s configuration"))
        let answer = try await browser.post("/pages/calendar/days-off/remove", ["date": "\(today)"])
        #expect(answer.status == 409 && answer.html.contains("only there"))
    }
}
