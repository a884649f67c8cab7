import Attendance
import Foundation
import HTTPTypes
import Testing

@testable import Server

/// The list of terminals: what is wrong, the worst first.
@Suite(.onEveryDatabase) struct FleetListTests {
    private let client: RouterClient
    private let browser: PageClient
    private var school: School { client.school }

    init() async throws {
        client = try await RouterClient(try School())
        browser = PageClient(client)
        _ = try await browser.logIn(try await client.member(.admin))
    }

    private func add(_ name: String) throws -> UUID { try school.database.terminals.add(name: name).terminal.id }

    private func names(_ html: String) -> [String] {
        html.matches(of: /<a id="terminal-[^>]*>([^<]*)<\/a>/).map { String($0.1) }
    }

    /// What a card says, from its name to the next card.
    private func card(_ name: String, _ html: String) throws -> String {
        let begin = try #require(html.range(of: ">\(name)</a>"))
        let rest = html[begin.upperBound...]
        return String(rest[..<(rest.range(of: "<li class=\"card")?.lowerBound ?? rest.endIndex)])
    }

    @Test func aSchoolWithoutTerminalsIsToldHowToRegisterOne() async throws {
        let page = try await browser.get("/pages/terminals")
        #expect(page.status == 200 && page.html.contains("No terminal yet"))
        #expect(page.html.contains("sudo rollcallctl register --code"))
        #expect(page.html.contains(#"href="/pages/terminals/new""#))
    }

    @Test func theWorstComesFirstInOneWordAndASign() async throws {
        let now = Clock.now
        for name in ["a good", "b off", "c blind", "d silent", "e gone"] {
            let id = try add(name)
            let at = name == "d silent" ? now.advanced(byMilliseconds: -3 * 3_600_000) : now
            try school.beat(id, cursor: nil, at: at) {
                if name == "b off" { $0.time = now.advanced(byMilliseconds: -7000) }
                if name == "c blind" { $0.camera = "no such device" }
                if name == "d silent" { $0.outboxDepth = 12 }
            }
        }
        try school.database.terminals.revoke(name: "e gone")
        _ = try school.database.terminals.add(registering: "f new")
        let html = try await browser.get("/pages/terminals").html
        #expect(names(html) == ["d silent", "c blind", "b off", "f new", "a good", "e gone"])
        #expect(html.contains("6 terminals. 3 need help."))
        let words = [
            "d silent": "Silent", "c blind": "Broken", "b off": "Attention", "f new": "Waiting", "a good": "Working",
            "e gone": "Shut out",
        ]
        for (name, word) in words { #expect(try card(name, html).contains("</span> \(word)</span>"), "\(name)") }
        let silent = try card("d silent", html)
        #expect(silent.contains("3 hours ago") && silent.contains("12 marks waited there; none is lost."))
        #expect(silent.contains("<code>sudo rollcallctl doctor</code>"))
        #expect(try card("c blind", html).contains("“no such device”"))
        #expect(try card("b off", html).contains("7.0 s behind"))
        #expect(try card("a good", html).contains("<strong>") == false, "nothing to do")
    }

    @Test func factsAreThoseOfTheLastHeartbeat() async throws {
        _ = try school.enrol("Ada", className: "7b")
        let classID = try #require(try school.database.classes.find(name: "7b")).id
        let id = try add("door")
        _ = try school.database.terminals.setClasses([classID], of: id, by: .server, now: Clock.now)
        try school.beat(id, cursor: nil, at: Clock.now.advanced(byMilliseconds: -150_000)) {
            $0.outboxDepth = 3
            $0.outboxOldestSeconds = 130
            $0.outboxWalkBys = 1
            $0.clock = .server
        }
        let card = try card("door", try await browser.get("/pages/terminals").html)
        for text in [
            "2 minutes ago", "3 marks wait", "the oldest for 2 min; 1 walk-by waits", "set by this server", "exact",
            ">7b<", serverVersion,
        ] { #expect(card.contains(text), "\(text)") }
        browser.language = "de"
        let german = try await browser.get("/pages/terminals").html
        for text in ["vor 2 Minuten", "3 Meldungen warten", "1 Terminal. Nichts zu tun.", "Läuft", "genau"] {
            #expect(german.contains(text), "\(text)")
        }
    }

    @Test func whatATerminalOrAnAdminWritesDoesNoHarm() async throws {
        let id = try add("<script>alert(1)</script>")
        try school.beat(id, cursor: nil, at: Clock.now) {
            $0.camera = "<img src=x onerror=alert(2)>"
            $0.version = "0\"><b>"
            $0.outboxAlarm = "=cmd()"
        }
        for path in ["/pages/terminals", "/pages/terminals/part", "/pages/terminals/\(id.lowercased)"] {
            let html = try await browser.get(path).html
            #expect(html.contains("&lt;script&gt;alert(1)") || path.hasSuffix(id.lowercased))
            for bad in ["<script>alert", "<img", "\"><b>"] { #expect(!html.contains(bad), "\(path): \(bad)") }
        }
    }

    @Test func aLargeFleetComesInPagesUnderHundredKilobytes() async throws {
        for number in 0..<90 {
            let id = try add("terminal \(100 + number) with a name that is rather long")
            try school.beat(id, cursor: nil, at: Clock.now) {
                $0.camera = String(repeating: "w", count: 190)
                $0.outboxRejected = 3
                $0.clock = .unknown
            }
        }
        var found: [String] = []
        for number in 1...3 {
            let page = try await browser.get("/pages/terminals?page=\(number)")
            found += names(page.html)
            #expect(page.html.utf8.count < 100_000, "\(page.html.utf8.count)")
            #expect(page.html.contains("Page \(number) of 3"))
            #expect(page.html.contains("data-part=\"/pages/terminals/part?page=\(number)\""))
        }
        #expect(found.count == 90 && Set(found).count == 90)
        #expect(names(try await browser.get("/pages/terminals?page=99").html).count == 10)
        #expect(try await browser.get("/pages/terminals?page=junk").status == 200)
    }

    @Test func thePartIsTheListWithoutTheFrame() async throws {
        _ = try add("door")
        let part = try await browser.get("/pages/terminals/part")
        #expect(part.status == 200 && part.html.contains("door") && !part.html.contains("<html"))
    }

    /// A page that follows learns of heartbeats, of what goes wrong, and of what somebody changed.
    @Test func theStampChangesWithWhateverIsShown() throws {
        let terminals = school.database.terminals
        let id = try add("door")
        var seen: [[String]] = []
        let look = { seen.append([try terminals.stamp(), try terminals.stamp(of: id)]) }
        try look()
        try school.beat(id, cursor: nil, at: School.morning)
        try look()
        try terminals.noteSilence(now: School.morning.advanced(byMilliseconds: 700_000))
        try look()
        _ = try terminals.rename(id, to: "gate", by: .server, now: Clock.now)
        try look()
        for column in 0...1 { #expect(Set(seen.map { $0[column] }).count == 4, "\(seen)") }
        let other = try add("other")
        try look()
        #expect(seen[4][0] != seen[3][0] && seen[4][1] == seen[3][1], "another terminal is of the list only")
        try school.beat(other, cursor: nil, at: School.morning.advanced(byMilliseconds: 1))
        try look()
        #expect(seen[5][0] != seen[4][0] && seen[5][1] == seen[4][1])
    }

    @Test func onlyAdminsSeeAndChangeTerminals() async throws {
        let id = try add("door").lowercased
        let paths =
            ["", "/part", "/events", "/new", "/\(id)"]
            + ["part", "events", "code", "waiting", "waiting/events", "remove", "revoke"].map { "/\(id)/\($0)" }
        for role in [Role.teacher, .student] {
            let other = PageClient(client)
            _ = try await other.logIn(try await client.member(role))
            for path in paths + ["/\(UUID())"] {
                #expect(try await other.get("/pages/terminals\(path)").status == 403, "\(role) \(path)")
            }
            for path in ["/new", "/\(id)/code", "/\(id)/name", "/\(id)/classes", "/\(id)/remove", "/\(id)/revoke"] {
                #expect(try await other.post("/pages/terminals\(path)", ["name": "x"]).status == 403, "\(role) \(path)")
            }
        }
        let nobody = PageClient(client)
        #expect(try await nobody.get("/pages/terminals").location?.hasPrefix("/pages/login") == true)
    }

    /// Keys that are put together have words too.
    @Test func everythingThatCanBeWrongHasWords() {
        let words = Words(.english)
        for reason in TerminalNeed.Reason.allCases {
            for part in ["fault", "next"] {
                #expect(words.texts["fleet_\(part)_\(reason.rawValue)"] != nil, "\(part) \(reason)")
            }
        }
        for trust in ClockTrust.allCases { #expect(words.texts["fleet_clock_\(trust.rawValue)"] != nil, "\(trust)") }
        for health in FleetHealth.allCases { #expect(words.texts[health.word] != nil, "\(health)") }
        for key in [
            "terminal", "need", "mark", "walk_by", "roster_change", "ago_minute", "ago_hour", "ago_day", "waited_mark",
            "rejected_mark",
        ] { #expect(words.texts["fleet_\(key)"] != nil && words.texts["fleet_\(key)s"]?.contains("{count}") == true) }
        for key in ["remove", "revoke"] {
            #expect(words.texts["fleet_\(key)_effect"] != nil && words.texts["fleet_\(key)_impossible"] != nil)
        }
    }
}
