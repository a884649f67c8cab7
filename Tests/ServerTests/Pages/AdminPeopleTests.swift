import Attendance
import Foundation
import Testing

@testable import Server

/// What an admin does with people on the pages.
@Suite(.onEveryDatabase) struct AdminPeopleTests {
    private let client: RouterClient
    private let browser: PageClient
    private let admin: RouterClient.Member
    private var database: ServerDatabase { client.school.database }

    init() async throws {
        client = try await RouterClient(try School())
        browser = PageClient(client)
        admin = try await client.member(.admin)
        _ = try await browser.logIn(admin)
    }

    private func create(_ form: [String: String]) async throws -> PageClient.Answer {
        _ = try await browser.get("/pages/people/new")
        return try await browser.post("/pages/people/new", form)
    }

    private func person(_ name: String, in className: String = "7b") throws -> UUID {
        try database.accounts.create(
            AccountDetails(name: name, role: .student, className: className), password: nil, by: .server,
            now: Clock.now
        ).id
    }

    @Test func somebodyIsMadeChangedAndRemoved() async throws {
        let made = try await create([
            "name": " Ada <b> ", "role": "student", "class": "7b", "email": "Ada@School.example", "age": "12",
        ])
        #expect(made.status == 303)
        let path = try #require(made.location?.split(separator: "?").first).description
        let id = try #require(UUID(uuidString: String(path.suffix(36))))
        let stored = try #require(try database.accounts.find(id))
        #expect(stored.name == "Ada <b>" && stored.email == "ada@school.example" && stored.age == 12)
        let page = try await browser.get(try #require(made.location))
        #expect(page.html.contains("<h1>Ada &lt;b&gt;</h1>") && page.html.contains("Created."))
        #expect(!page.html.contains("Ada <b>"))

        let again = try await create(["name": "B", "role": "teacher", "email": "ada@school.example"])
        #expect(again.status == 409 && again.html.contains("has this e-mail address already"))

        let form = try await browser.get("\(path)/change").html
        let before = try #require(form.firstMatch(of: /name="before" value="([^"]+)"/)).1
        let change = [
            "name": "Ada", "role": "student", "class": "8a", "email": "", "age": "", "before": String(before),
        ]
        #expect(try await browser.post("\(path)/change", change).status == 303)
        // Once more from the same page would undo what others have changed meanwhile.
        let stale = try await browser.post("\(path)/change", change.merging(["name": "Old"]) { $1 })
        #expect(stale.status == 409 && stale.html.contains("meanwhile"))
        let now = try #require(try database.accounts.find(id))
        #expect(now.name == "Ada" && now.className == "8a" && now.email == nil && now.age == nil)

        #expect(try await browser.get("\(path)/remove").html.contains("Remove Ada?"))
        #expect(try database.accounts.find(id) != nil)
        #expect(try await browser.post("\(path)/remove", [:]).status == 303)
        #expect(try database.accounts.find(id) == nil)
        #expect(try await browser.get(path).status == 404)
        #expect(try await browser.post("\(path)/remove", [:]).status == 404)
    }

    @Test(arguments: [
        (["name": "", "role": "student", "class": "7b"], "The name is empty"),
        (["name": "A", "role": "student"], "needs a class"),
        (["name": "A", "role": "king"], "Choose a role"),
        (["name": "A", "role": "teacher", "email": "nonsense"], "looks like"),
        (["name": "A", "role": "teacher", "age": "two"], "a number from 3 to 120"),
    ])
    func whatIsWrongIsSaidAndWhatWasTypedKept(_ form: [String: String], _ words: String) async throws {
        let answer = try await create(form.merging(["email": "\"><script>"]) { old, _ in old })
        #expect(answer.status == 400 && answer.html.contains("role=\"alert\""))
        if form["email"] != nil || form["age"] == nil { #expect(answer.html.contains(words), "\(answer.html)") }
        #expect(!answer.html.contains("\"><script>"))
    }

    @Test func theLastAdminStays() async throws {
        let path = "/pages/people/\(admin.id.lowercased)"
        _ = try await browser.get("\(path)/remove")
        let answer = try await browser.post("\(path)/remove", [:])
        #expect(answer.status == 409 && answer.html.contains("the last admin"))
        #expect(try database.accounts.find(admin.id) != nil)
    }

    @Test func theListIsSearchedAndPaged() async throws {
        for number in 10..<70 { _ = try person("Person \(number)") }
        _ = try person("=cmd()", in: "8a & b")
        let first = try await browser.get("/pages/people?search=&role=student&class=")
        let next = try #require(first.html.firstMatch(of: /href="([^"]*cursor=[^"]*)"/)).1.replacing("&amp;", with: "&")
        let second = try await browser.get(String(next))
        let names = [first, second].map { Set($0.html.matches(of: />(Person \d+)<\/a>/).map { String($0.1) }) }
        #expect(names[0].count + names[1].count == 60 && names[0].isDisjoint(with: names[1]))
        #expect(try await browser.get("/pages/people?search=PERSON+3").html.matches(of: />Person 3\d</).count == 10)
        #expect(try await browser.get("/pages/people?search=cmd").html.contains(">=cmd()</a>"))
        // A sign of patterns stands for itself.
        #expect(try await browser.get("/pages/people?search=%25").html.contains("Nobody like that"))
        let other = try await browser.get("/pages/people?class=8a+%26+b")
        #expect(other.html.contains(">=cmd()</a>") && !other.html.contains("Person 1"))
        #expect(other.html.contains("<option value=\"8a &amp; b\" selected>"))
        #expect(try await browser.get("/pages/people?search=%3Cscript%3E").html.contains("Nobody like that"))
        #expect(try await browser.get("/pages/people?cursor=nonsense").status == 400)
    }

    @Test func consentIsRecordedAndWithdrawn() async throws {
        let person = try client.school.enrol("Ada", templates: 2)
        let path = "/pages/people/\(person.id.lowercased)"
        let page = try await browser.get(path)
        #expect(page.html.contains("Photographs that are deleted: 2"))
        #expect(try await browser.post("\(path)/consent", ["given": "perhaps"]).status == 400)
        #expect(try await browser.post("\(path)/consent", ["given": "no", "note": "by <letter>"]).status == 303)
        #expect(try database.accounts.find(person.id)?.hasConsent == false)
        let after = try await browser.get(path)
        #expect(after.html.contains("Withdrawn;") && after.html.contains("A admin"))
        #expect(after.html.contains("by &lt;letter&gt;") && !after.html.contains("Add photographs"))
        _ = try await browser.post("\(path)/consent", ["given": "yes", "note": "form of today"])
        let twice = try await browser.post("\(path)/consent", ["given": "yes", "note": "form of today"])
        #expect(twice.status == 303)
        let given = try database.audit.list(
            object: person.id.lowercased, action: "consent.give", page: PageRequest(limit: 10))
        // The one of before, and one of now.
        #expect(given.count == 2 && given.first?.detail == ["note": "form of today"])
        let long = String(repeating: "x", count: 501)
        #expect(try await browser.post("\(path)/consent", ["given": "no", "note": long]).status == 400)
    }

    @Test func aPhotographIsRemoved() async throws {
        let person = try client.school.enrol("Ada", templates: 2)
        let path = "/pages/people/\(person.id.lowercased)"
        let page = try await browser.get(path)
        let action = try #require(page.html.firstMatch(of: /action="(\/pages\/people\/[^"]*\/photographs\/[^"]*)"/)).1
        for _ in 0..<2 { #expect(try await browser.post(String(action), [:]).status == 303) }
        #expect(try database.people.photographs(of: person.id, page: PageRequest()).count == 1)
    }

    @Test func aPasswordIsShownOnceAndWorks() async throws {
        let teacher = try await client.member(.teacher)
        let path = "/pages/people/\(teacher.id.lowercased)"
        _ = try await browser.get(path)
        let answer = try await browser.post("\(path)/password", [:])
        #expect(answer.status == 200 && answer.headers[.cacheControl] == "no-store")
        let password = try #require(answer.html.firstMatch(of: /<code class="secret">([^<]+)<\/code>/)).1
        #expect(try await browser.get(path).html.contains(password) == false)
        #expect(try await client.logIn(teacher.email).status == 401)
        #expect(try await client.logIn(teacher.email, String(password)).status == 200)
        let nobody = try person("Ada")
        #expect(try await browser.post("/pages/people/\(nobody.lowercased)/password", [:]).status == 409)
    }
}
