import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Server

/// The page of one terminal, and what can be changed there.
@Suite(.onEveryDatabase) struct FleetTerminalTests {
    private let client: RouterClient
    private let browser: PageClient
    private let door: UUID
    private var school: School { client.school }
    private var path: String { "/pages/terminals/\(door.lowercased)" }

    init() async throws {
        client = try await RouterClient(try School())
        browser = PageClient(client)
        _ = try await browser.logIn(try await client.member(.admin))
        door = try client.school.database.terminals.add(name: "door").terminal.id
    }

    private func actions() throws -> [String] {
        try school.database.audit.list(object: door.lowercased, page: PageRequest()).map(\.action)
    }

    @Test func itTellsWhatIsKnown() async throws {
        try school.beat(door, cursor: nil, at: Clock.now) {
            $0.uptimeSeconds = 90_000
            $0.memoryBytes = 181_600_000
            $0.rosterPeople = 51
            $0.camera = "frozen"
        }
        let page = try await browser.get(path)
        #expect(page.status == 200 && page.html.contains("<h1>door</h1>"))
        for text in ["1 d 1 h", "182 MB", ">51<", "frozen", "Broken", "every class", "No picture from the camera"] {
            #expect(page.html.contains(text), "\(text)")
        }
        #expect(try await browser.get("\(path)/part").html.contains("No picture from the camera"))
        let nobody = "/pages/terminals/\(UUID().lowercased)"
        for path in [nobody, "\(nobody)/part", "\(nobody)/code", "\(nobody)/remove", "/pages/terminals/junk"] {
            #expect(try await browser.get(path).status == 404, "\(path)")
        }
    }

    @Test func aTerminalIsRenamed() async throws {
        _ = try school.database.terminals.add(name: "gate")
        _ = try await browser.get(path)
        let renamed = try await browser.post("\(path)/name", ["name": "  north & south  "])
        #expect(renamed.status == 303 && renamed.location == path)
        #expect(try await browser.get(path).html.contains("<h1>north &amp; south</h1>"))
        #expect(try await browser.post("\(path)/name", ["name": "north & south"]).status == 303, "sent twice")
        #expect(try actions() == ["terminal.rename", "terminal.create"])
        let taken = try await browser.post("\(path)/name", ["name": "gate"])
        #expect(taken.status == 409 && taken.html.contains("already") && taken.html.contains(#"value="gate""#))
        let bad = try await browser.post("\(path)/name", ["name": "a\nb"])
        #expect(bad.status == 400 && bad.html.contains("A name is one line"))
        #expect(try await browser.post("\(path)/name", [:]).status == 400)
        #expect(try school.database.terminals.find(door)?.name == "north & south")
        #expect(try await browser.post("\(path)/name", ["name": "x", "form_token": "wrong"]).status == 403)
    }

    @Test func theClassesItServesAreTicked() async throws {
        let classes = try ["7b", "8a"].map { name in
            try school.database.classes.create(.init(name: name), by: .server, now: Clock.now).id.lowercased
        }
        _ = try await browser.get(path)
        #expect(try await browser.post("\(path)/classes", ["classes": classes[1]]).status == 303)
        let html = try await browser.get(path).html
        #expect(html.contains(#"value="\#(classes[1])" checked>8a"#))
        #expect(html.contains(#"value="\#(classes[0])">7b"#))
        #expect(try await browser.post("\(path)/classes", [:]).status == 303)
        #expect(try await browser.get(path).html.contains("every class"))
        let gone = try await browser.post("\(path)/classes", ["classes": UUID().lowercased])
        #expect(gone.status == 400 && gone.html.contains("Choose again"))
        #expect(try await browser.post("\(path)/classes", ["classes": "junk"]).status == 400)
    }

    @Test func oneMadeByMistakeIsRemovedAfterAQuestion() async throws {
        let question = try await browser.get("\(path)/remove")
        #expect(question.status == 200 && question.html.contains("never in touch"))
        #expect(try school.database.terminals.find(door) != nil, "a question changes nothing")
        let removed = try await browser.post("\(path)/remove", [:])
        #expect(removed.status == 303 && removed.location == "/pages/terminals")
        #expect(try school.database.terminals.find(door) == nil)
        #expect(try await browser.post("\(path)/remove", [:]).status == 303, "sent twice")
        #expect(try await browser.get(path).status == 404)
    }

    @Test func oneWithAHistoryIsRemovedWithIt() throws {
        let late = Clock.now.advanced(byMilliseconds: 3_600_000)
        try school.database.terminals.noteSilence(now: late)
        #expect(try school.database.terminals.faults(of: door, limit: 9).map(\.reason) == [.neverSeen])
        #expect(try school.database.terminals.remove(door, by: .server, now: late))
        #expect(try school.look("SELECT reason FROM terminal_faults").isEmpty)
    }

    @Test func oneThatWasInTouchIsShutOutInstead() async throws {
        try school.beat(door, cursor: nil, at: Clock.now)
        let question = try await browser.get("\(path)/remove")
        #expect(question.html.contains("its record stays") && question.html.contains("\(path)/revoke"))
        #expect(!question.html.contains(#"class="bad""#))
        let refused = try await browser.post("\(path)/remove", [:])
        #expect(refused.status == 409 && refused.html.contains("its record stays"))
        #expect(try await browser.get("\(path)/revoke").html.contains("worthless at once"))
        for _ in 1...2 {
            let revoked = try await browser.post("\(path)/revoke", [:])
            #expect(revoked.status == 303 && revoked.location == path)
        }
        #expect(try actions() == ["terminal.revoke", "terminal.create"], "sent twice is done once")
        let html = try await browser.get(path).html
        #expect(html.contains("Shut out") && !html.contains("\(path)/revoke"))
        #expect(try await browser.get("\(path)/revoke").html.contains("already"))
    }
}
