import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Server

/// How a technician makes a terminal known by the pages.
@Suite(.onEveryDatabase) struct FleetRegistrationTests {
    private let client: RouterClient
    private let browser: PageClient
    private var school: School { client.school }

    init() async throws {
        client = try await RouterClient(try School())
        browser = PageClient(client)
        _ = try await browser.logIn(try await client.member(.admin))
    }

    private func code(in html: String) throws -> String {
        let found = html.firstMatch(of: /class="one-time"><code>(rcg_[A-Za-z0-9_-]+)<\/code>/)
        return String(try #require(found).1)
    }

    private func state(in html: String) throws -> String {
        String(try #require(html.firstMatch(of: /name="state" value="([^"]+)"/)).1)
    }

    @Test func aCodeIsMadeShownOnceAndUsed() async throws {
        _ = try school.enrol("Ada", className: "7b")
        let classID = try #require(try school.database.classes.find(name: "7b")).id
        let form = try await browser.get("/pages/terminals/new")
        #expect(form.status == 200 && form.html.contains(#"value="\#(classID.lowercased)">7b"#))
        let made = try await browser.post(
            "/pages/terminals/new", ["name": "<b>north</b> door", "classes": classID.lowercased])
        #expect(made.status == 200 && made.headers[.cacheControl] == "no-store")
        let code = try code(in: made.html)
        #expect(made.html.contains("<code>sudo rollcallctl register --code \(code)</code>"))
        #expect(made.html.contains("url = &quot;https://localhost&quot;"))
        #expect(made.html.contains("for 24 hours: until") && made.html.contains("<svg "))
        #expect(made.html.contains("&lt;b&gt;north&lt;/b&gt; door") && !made.html.contains("<b>north"))
        let terminal = try #require(try school.database.terminals.list().first)
        #expect(terminal.name == "<b>north</b> door")

        // The page waits until the code is used.
        let part = try #require(made.html.firstMatch(of: /data-part="([^"]+waiting[^"]+)"/)).1
        #expect(try await browser.get(String(part)).html.contains("has not been used"))
        let page = try await browser.get("/pages/terminals/\(terminal.id.lowercased)")
        #expect(
            page.html.contains("Its code is good until") && page.html.contains("open until")
                && !page.html.contains(code))
        let grant = try TokenGrant(
            json: try await client.send(.post, Endpoint.register, "{\"code\":\"\(code)\"}").body)
        #expect(grant.name == "<b>north</b> door")
        #expect(try await browser.get(String(part)).html.contains("has registered itself"))
        let roster = try await client.send(.get, Endpoint.roster, token: grant.token)
        #expect(try RosterDelta(json: roster.body).people.map(\.name) == ["Ada"])
    }

    @Test func aFormThatIsSentTwiceMakesOneTerminal() async throws {
        _ = try await browser.get("/pages/terminals/new")
        #expect(try await browser.post("/pages/terminals/new", ["name": "door"]).status == 200)
        let again = try await browser.post("/pages/terminals/new", ["name": "door "])
        let id = try #require(try school.database.terminals.list().first).id.lowercased
        #expect(again.status == 409 && again.html.contains(#"<a href="/pages/terminals/\#(id)">door</a>"#))
        #expect(again.html.contains(#"value="door""#) && !again.html.contains("rcg_"))
        #expect(try school.database.terminals.list().count == 1)
    }

    @Test func whatCannotBeIsSaidAndWhatWasTypedIsKept() async throws {
        let classID = try school.database.classes.create(.init(name: "7b"), by: .server, now: Clock.now).id.lowercased
        _ = try await browser.get("/pages/terminals/new")
        let nameless = try await browser.post("/pages/terminals/new", ["name": " ", "classes": classID])
        #expect(nameless.status == 400 && nameless.html.contains("A name is one line"))
        #expect(nameless.html.contains(#"value="\#(classID)" checked"#))
        let gone = try await browser.post("/pages/terminals/new", ["name": "a \"door\"", "classes": UUID().lowercased])
        #expect(gone.status == 400 && gone.html.contains("not there any more"))
        #expect(gone.html.contains("value=\"a &quot;door&quot;\""))
        #expect(try await browser.post("/pages/terminals/new", ["name": "x", "form_token": "no"]).status == 403)
        #expect(try school.database.terminals.list().isEmpty)
        browser.language = "de"
        #expect(try await browser.post("/pages/terminals/new", ["name": ""]).html.contains("Ein Name ist eine Zeile"))
    }

    @Test func aNewCodeIsMadeOnceByOneForm() async throws {
        let (door, token) = try school.database.terminals.add(name: "door")
        let path = "/pages/terminals/\(door.id.lowercased)"
        let question = try await browser.get("\(path)/code")
        #expect(question.html.contains("goes on with the token that it has"))
        let state = try state(in: question.html)
        let made = try await browser.post("\(path)/code", ["state": state])
        let code = try code(in: made.html)
        // A reload would void the code that somebody has just written down.
        let again = try await browser.post("\(path)/code", ["state": state])
        #expect(again.status == 409 && again.html.contains("in the meantime") && !again.html.contains("rcg_"))
        #expect(try await client.send(.get, Endpoint.roster, token: token.text).status == 200, "the old token is good")
        let register = "{\"code\":\"\(code)\"}"
        #expect(try await client.send(.post, Endpoint.register, register).status == 200)
        #expect(try await client.send(.get, Endpoint.roster, token: token.text).status == 401)
        #expect(try await browser.post("\(path)/code", ["state": try self.state(in: again.html)]).status == 409)
        #expect(try await browser.post("\(path)/code", [:]).status == 400)
        #expect(try await browser.get("\(path)/waiting?since=0").html.contains("has registered itself"))
    }

    @Test func aNewCodeLetsInWhoWasShutOut() async throws {
        let door = try school.database.terminals.add(name: "door").terminal.id
        try school.database.terminals.revoke(name: "door")
        let path = "/pages/terminals/\(door.lowercased)"
        let question = try await browser.get("\(path)/code")
        #expect(question.html.contains("shut out until the code is used"))
        let made = try await browser.post("\(path)/code", ["state": try state(in: question.html)])
        let register = "{\"code\":\"\(try code(in: made.html))\"}"
        #expect(try await client.send(.post, Endpoint.register, register).status == 200)
        #expect(try school.database.terminals.find(door)?.revoked == nil)
    }

    @Test func aCodeThatWasNotUsedInTimeLeadsToANewOne() async throws {
        let yesterday = Clock.now.advanced(byMilliseconds: -2 * RegistrationCode.lifetime)
        let made = try school.database.terminals.create("door", classes: [], by: .server, now: yesterday)
        let html = try await browser.get("/pages/terminals").html
        #expect(html.contains("was not used in time") && html.contains("/\(made.terminal.id.lowercased)/code"))
    }
}
