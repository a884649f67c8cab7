import Attendance
import Capture
import Foundation
import Testing

@testable import Terminal

@Suite("What the status endpoint says")
struct StatusAnswerTests {
    private func body(
        _ path: String, _ board: StatusBoard, names: Bool = false
    ) throws -> (status: UInt32, text: String) {
        let kiosk = KioskAnswer(language: .english, board: board, feed: try DoorFeed(board: board))
        let answer = StatusAnswer.to(
            StatusRequest(method: "GET", path: path, host: "localhost"), board: board, showNames: names, kiosk: kiosk)
        return (answer.status, String(decoding: answer.body, as: UTF8.self))
    }

    @Test func theJSONHasTheKeysThatScriptsRelyOn() throws {
        let board = try healthyBoard()
        let object = try JSONSerialization.jsonObject(with: Data(try body("/status", board).text.utf8))
        let status = try #require(object as? [String: Any])
        #expect(
            status.keys.sorted() == [
                "boot_id", "camera", "clock", "frames", "last_marks", "latency", "memory", "outbox", "problems",
                "recognition", "rejected_marks", "roster", "sync", "uptime_seconds", "version",
            ])
        func keys(_ part: String) -> [String] { (status[part] as? [String: Any])?.keys.sorted() ?? [] }
        #expect(keys("frames") == ["delivered", "dropped", "passed_over", "skipped"])
        #expect(keys("latency") == ["count", "p50_ms", "p95_ms", "p99_ms"])
        #expect(keys("memory") == ["resident_bytes"])
        #expect(keys("roster") == ["cursor", "people", "templates"])
        #expect((status["latency"] as? [String: Any])?["p50_ms"] as? Double == 420)
        #expect(status["version"] as? String == "1.2.3")
    }

    @Test func walkBysThatWaitAreCountedBesideMarks() throws {
        let board = try healthyBoard()
        #expect(board.heartbeat(boot: UUID()).outboxWalkBys == nil, "the outbox was not looked into yet")
        board.update { $0.outbox.walkBys = 6 }
        let object = try JSONSerialization.jsonObject(with: Data(try body("/status", board).text.utf8))
        let outbox = (object as? [String: Any])?["outbox"] as? [String: Any]
        #expect(outbox?["walk_bys"] as? Int == 6 && outbox?["depth"] as? Int == 0)
        #expect(try body("/metrics", board).text.contains("\nrollcall_outbox_walk_bys 6\n"))
        let heartbeat = board.heartbeat(boot: UUID())
        #expect(heartbeat.outboxWalkBys == 6 && heartbeat.outboxDepth == 0)
    }

    @Test func marksNameNobodyUnlessConfigured() throws {
        let board = try healthyBoard()
        let anonymous = try body("/status", board)
        #expect(!anonymous.text.contains("Hopper") && !anonymous.text.contains("\"person\""))
        #expect(anonymous.text.contains("\"at_ms\" : 1788246000000"))
        let named = try body("/status", board, names: true)
        #expect(named.text.contains("\"name\" : \"Grace Hopper\"") && named.text.contains("\"person\""))
        #expect(try !body("/metrics", board, names: true).text.contains("Hopper"))
    }

    @Test func onlyTheLastMarksAreKept() throws {
        let board = try healthyBoard()
        var ids: [String] = []
        for _ in 0..<30 {
            let mark = try exampleMark()
            ids.append(mark.id.lowercased)
            board.update { $0.recorded(MarkStatus(mark, name: nil), latency: .seconds(1)) }
        }
        #expect(board.snapshot(names: false).lastMarks.map(\.id) == ids.suffix(20).reversed())
    }

    @Test func whatIsWrongMakesItUnhealthyWithReasons() throws {
        let board = try healthyBoard()
        #expect(try body("/healthz", board) == (200, "ok\n"))
        board.update { facts in
            facts.camera.state = .lost
            facts.camera.reason = "unplugged"
            facts.outbox.alarm = "disk full"
            facts.stalledStages = ["sync"]
            facts.roster.cursor = nil
        }
        #expect(
            try body("/healthz", board) == (
                503,
                """
                camera lost: unplugged
                outbox: disk full
                no roster yet: nobody can be recognised
                sync makes no progress

                """
            ))
        #expect(board.snapshot(names: false).problems.count == 4)
    }

    @Test func aServerThatCannotBeReachedIsNoProblemOfTheTerminal() throws {
        let board = try healthyBoard()
        board.update { facts in
            facts.sync.state = .failing
            facts.sync.lastError = "no route to host"
        }
        #expect(try body("/healthz", board).status == 200)
        #expect(try body("/status", board).text.contains("no route to host"))
    }

    @Test func agesAreCountedFromTheirMoment() throws {
        let board = try healthyBoard()
        #expect(board.snapshot(names: false).outbox.oldestSeconds == nil)
        #expect(board.snapshot(names: false).sync.lastSuccessSeconds == nil)
        let now = BootClock.now
        board.update { facts in
            facts.outboxOldest = now - .seconds(3600)
            facts.lastSyncSuccess = now + .seconds(3600)
        }
        let snapshot = board.snapshot(names: false)
        #expect(try #require(snapshot.outbox.oldestSeconds) >= 3600)
        #expect(snapshot.sync.lastSuccessSeconds == 0)
    }

    @Test func aSnapshotIsReadBackAsItWas() throws {
        let snapshot = try healthyBoard().snapshot(names: true)
        #expect(StatusSnapshot.read(json: try #require(snapshot.json())) == snapshot)
        #expect(StatusSnapshot.read(json: Array("{}".utf8)) == nil)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.0.0.1:8470", true), ("localhost", true), ("LocalHost:1", true), ("[::1]", true),
        ("[::1]:8470", true), ("192.168.1.9", true), ("", false), ("a", false), ("::1", false), ("[::1", false),
        ("[::1]x", false), ("127.0.0.1:", true), ("127.0.0.1:8470x", false), ("127.0.0.1:123456", false),
        ("127.1", false),
        ("localhost.", false), ("127.0.0.1 ", false), ("[127.0.0.1]", false), ("localhost:80:80", false),
    ])
    func hostsAreNumbersOrLocal(_ host: String, _ isAccepted: Bool) {
        #expect(isNumericOrLocal(host: host) == isAccepted)
    }
}
