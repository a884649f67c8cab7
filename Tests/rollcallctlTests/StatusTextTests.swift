import Attendance
import FoundationEssentials
import Terminal
import Testing

@testable import rollcallctl

@Suite struct StatusTextTests {
    private func text(_ change: (inout StatusFacts) -> Void = { _ in }) -> String {
        let board = StatusBoard(version: "1.2.3", bootID: UUID())
        board.update { facts in
            facts.camera.state = .ok
            facts.camera.name = "/dev/video0"
            facts.camera.format = "YUYV"
            facts.camera.width = 1280
            facts.camera.height = 720
            facts.camera.framesPerSecond = 14.96
            facts.roster.people = 3
            facts.roster.templates = 9
            facts.roster.cursor = "7"
            facts.sync.state = .ok
            facts.clock = .synchronised
            change(&facts)
        }
        return StatusText(board.snapshot(names: true)).text
    }

    @Test func aHealthyTerminalSaysSo() {
        let lines = text().split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("rollcalld 1.2.3, running for 0."))
        #expect(lines[1] == "all is well")
        #expect(lines.contains("camera     ok: /dev/video0, YUYV 1280x720, 15.0 frames/s"))
        #expect(lines.contains("roster     3 people with 9 templates"))
        #expect(lines.contains("outbox     empty: the server has every mark"))
    }

    @Test func whatIsWrongComesFirstAndThenWhatDeservesALook() {
        let lines = text {
            $0.camera.state = .lost
            $0.camera.reason = "no frame for 5 s"
            $0.sync.state = .failing
            $0.sync.lastError = "server not reachable"
            $0.outbox.rejected = 1
            $0.clock = .unknown
        }.split(separator: "\n").map(String.init)
        #expect(lines[1] == "WRONG      camera lost: no frame for 5 s")
        #expect(lines[2] == "ATTENTION  server not reachable (marks wait, none is lost)")
        #expect(lines[3].hasPrefix("ATTENTION  the server rejected 1 mark;"))
        #expect(lines[4].hasPrefix("ATTENTION  the time is not known"))
        #expect(!lines.contains("all is well"))
    }

    @Test func marksThatWaitAreCounted() {
        #expect(text { $0.outbox.depth = 1 }.contains("1 mark for the server"))
        #expect(text { $0.outbox.depth = 12 }.contains("12 marks for the server"))
        #expect(text { $0.outbox.walkBys = 0 }.contains("outbox     empty: the server has every mark"))
        #expect(text { $0.outbox.walkBys = 1 }.contains("outbox     no mark for the server; 1 unsure walk-by\n"))
        #expect(
            text {
                $0.outbox.depth = 1
                $0.outbox.walkBys = 2
            }.contains("outbox     1 mark for the server; 2 unsure walk-bys\n"))
    }
}

@Suite struct MarkTextTests {
    private func mark(name: String?, person: Bool) throws -> MarkStatus {
        let text = """
            {"id": "01a2b3c4-0000-7000-8000-000000000001", "at_ms": 1795348799999, "session": "2026-11-22",
             "status": "late"\(name.map { ", \"name\": \"\($0)\"" } ?? "")
             \(person ? ", \"person\": \"00000000-0000-7000-8000-000000000002\"" : "")}
            """
        return try JSONDecoder().decode(MarkStatus.self, from: Data(text.utf8))
    }

    @Test func timeStatusAndNameAreShown() throws {
        #expect(
            MarkText(try mark(name: "Ada", person: true), zone: .utc).text == "2026-11-22 11:59:59 +00:00  late     Ada"
        )
    }

    @Test func withoutANameAnIDIsShown() throws {
        #expect(
            MarkText(try mark(name: nil, person: true), zone: .utc).text
                .hasSuffix("late     00000000-0000-7000-8000-000000000002"))
        #expect(
            MarkText(try mark(name: nil, person: false), zone: .utc).text
                .hasSuffix("late     mark 01a2b3c4-0000-7000-8000-000000000001"))
    }

    @Test(arguments: [(0, "+00:00"), (3600, "+01:00"), (-12_600, "-03:30"), (45_900, "+12:45")])
    func offsets(seconds: Int, text: String) {
        #expect(MarkText.offset(seconds) == text)
    }
}
