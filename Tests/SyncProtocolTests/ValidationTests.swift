import Attendance
import Foundation
import Testing

@testable import SyncProtocol

/// What breaks the rules is neither sent nor read.
@Suite struct ValidationTests {
    /// Expects that the message is refused before it is sent, at this path.
    private func refused<Message: WireMessage & Codable>(
        _ message: Message, at path: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(sourceLocation: sourceLocation) {
            try message.json()
        } throws: { error in
            guard case SyncProtocolError.invalid(Message.wireName, path, let reason) = error else { return false }
            return !reason.isEmpty
        }
        // The same, written by somebody who does not check.
        let encoder = JSONEncoder()
        guard let bytes = try? encoder.encode(message) else { return }
        #expect(sourceLocation: sourceLocation) {
            try Message(json: Array(bytes))
        } throws: {
            guard case SyncProtocolError.invalid(Message.wireName, _, _) = $0 else { return false }
            return true
        }
    }

    @Test func batches() throws {
        refused(MarkBatch(marks: []), at: "marks")
        refused(MarkBatch(marks: try (0...MarkBatch.maximumMarks).map { try Sample.mark($0) }), at: "marks")
        refused(MarkBatch(marks: try [Sample.mark(1), Sample.mark(2), Sample.mark(1)]), at: "marks")
        var mark = try Sample.mark(2)
        mark.score = .nan
        refused(MarkBatch(marks: [try Sample.mark(1), mark]), at: "marks[1]")
        mark.score = -1
        refused(MarkBatch(marks: [mark]), at: "marks[0]")
    }

    @Test func receipts() throws {
        func receipt(_ results: [MarkResult], at milliseconds: Int64 = 0) -> MarkReceipt {
            MarkReceipt(results: results, serverTime: Instant(milliseconds: milliseconds))
        }
        refused(receipt([.accepted(Sample.id(1)), .duplicate(Sample.id(1))]), at: "results")
        refused(receipt((0...MarkBatch.maximumMarks).map { .accepted(Sample.id($0)) }), at: "results")
        let long = String(repeating: "x", count: MarkResult.maximumReasonLength + 1)
        for reason in [long, "a\nb", "\u{1B}[2J"] {
            refused(
                receipt([.accepted(Sample.id(1)), MarkResult(id: Sample.id(2), result: .rejected, reason: reason)]),
                at: "results[1].reason")
        }
        refused(receipt([], at: -1), at: "server_time_ms")
        refused(receipt([], at: .max), at: "server_time_ms")
        #expect(MarkResult.rejected(Sample.id(1), reason: long).reason?.count == MarkResult.maximumReasonLength)
        #expect(throws: Never.self) { try receipt([]).json() }
    }

    @Test func rosters() throws {
        func delta(_ change: (inout RosterDelta) -> Void) throws -> RosterDelta {
            var delta = try Sample.delta()
            change(&delta)
            return delta
        }
        for cursor in ["", "a b", "a&b", "a\n", "é", String(repeating: "a", count: 201)] {
            refused(try delta { $0.cursor = cursor }, at: "cursor")
        }
        let many = (0...RosterDelta.maximumPeople).map { Sample.entry($0) }
        refused(try delta { $0.people = many }, at: "people")
        refused(try delta { $0.removed = (10...10 + RosterDelta.maximumRemoved).map { Sample.id($0) } }, at: "removed")
        refused(try delta { $0.people[1].id = $0.people[0].id }, at: "people, removed")
        refused(try delta { $0.removed = [Sample.id(9), Sample.id(9)] }, at: "people, removed")
        refused(try delta { $0.removed = [$0.people[0].id] }, at: "people, removed")
        refused(try delta { $0.serverTime = Instant(milliseconds: -1) }, at: "server_time_ms")
        for name in ["", "a\nb", String(repeating: "a", count: 201), "\u{0}"] {
            refused(try delta { $0.people[1].name = name }, at: "people[1]")
            refused(try delta { $0.people[1].className = name }, at: "people[1]")
        }
        refused(try delta { $0.people[1].model = "arcface-r100" }, at: "people[1]")
    }

    @Test func templates() throws {
        func refusedTemplates(_ templates: [[UInt8]], sourceLocation: SourceLocation = #_sourceLocation) throws {
            var delta = try Sample.delta()
            delta.people[0].templates = templates
            refused(delta, at: "people[0]", sourceLocation: sourceLocation)
        }
        try refusedTemplates([])
        try refusedTemplates((0...RosterEntry.maximumTemplates).map { _ in Sample.template() })
        for count in [0, 1, 511, 513, 1024] {
            try refusedTemplates([Sample.template(), Array(repeating: 0, count: count)])
        }
        for value in [Float.nan, .infinity, -.infinity, .signalingNaN] {
            var template = Sample.template()
            template.replaceSubrange(508..<512, with: Sample.template(value)[0..<4])
            try refusedTemplates([template])
        }
        var delta = try Sample.delta()
        let finite: [Float] = [0, -0.0, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude]
        delta.people[0].templates = finite.map { Sample.template($0) }
        #expect(try RosterDelta(json: delta.json()) == delta)
    }

    @Test func heartbeats() {
        func heartbeat(_ change: (inout Heartbeat) -> Void) -> Heartbeat {
            var heartbeat = Sample.heartbeat()
            change(&heartbeat)
            return heartbeat
        }
        refused(heartbeat { $0.version = "" }, at: "version")
        refused(heartbeat { $0.camera = "no\nsuch device" }, at: "camera")
        refused(heartbeat { $0.outboxAlarm = String(repeating: "x", count: 201) }, at: "outbox_alarm")
        refused(heartbeat { $0.rosterCursor = "a b" }, at: "roster_cursor")
        refused(heartbeat { $0.uptimeSeconds = -1 }, at: "uptime_s")
        refused(heartbeat { $0.framesDelivered = -1 }, at: "frames_delivered")
        refused(heartbeat { $0.framesDropped = -1 }, at: "frames_dropped")
        refused(heartbeat { $0.rosterPeople = -1 }, at: "roster_people")
        refused(heartbeat { $0.outboxDepth = -1 }, at: "outbox_depth")
        refused(heartbeat { $0.outboxOldestSeconds = -1 }, at: "outbox_oldest_s")
        refused(heartbeat { $0.outboxRejected = -1 }, at: "outbox_rejected")
        refused(heartbeat { $0.outboxWalkBys = -1 }, at: "outbox_walk_bys")
        refused(heartbeat { $0.memoryBytes = .min }, at: "memory_bytes")
        refused(heartbeat { $0.time = Instant(milliseconds: -1) }, at: "time_ms")
        refused(HeartbeatReply(serverTime: Instant(milliseconds: -5)), at: "server_time_ms")
    }

    @Test func registrations() {
        for code in ["", "a b", "a\n", "cödé", String(repeating: "x", count: 201)] {
            refused(RegistrationRequest(code: code), at: "code")
        }
        for token in ["", "short", "sixteen letters and blanks", String(repeating: "x", count: 513)] {
            refused(TokenGrant(token: token, name: "door"), at: "token")
        }
        for name in ["", "a\nb", String(repeating: "x", count: 201)] {
            refused(TokenGrant(token: "rct_0123456789abc", name: name), at: "name")
        }
    }

    @Test func problems() {
        refused(ProblemDocument(status: 99, title: "?"), at: "status")
        refused(ProblemDocument(status: 600, title: "?"), at: "status")
        refused(ProblemDocument(status: 500, title: "a\u{1B}[31m"), at: "title")
        refused(ProblemDocument(status: 500, title: "", detail: String(repeating: "x", count: 1001)), at: "detail")
        refused(ProblemDocument(status: 500, title: "", type: "a\nb"), at: "type")
        refused(ProblemDocument(status: 500, title: "", instance: "a\nb"), at: "instance")
    }
}
