import Attendance
import Database
import Foundation
import SyncProtocol
import Testing

@testable import Terminal

@Suite struct OutboxTests {
    let folder: OutboxFolder
    let clock = TestClock()
    let outbox: Outbox

    init() throws {
        folder = try OutboxFolder()
        outbox = try folder.open(clock)
    }

    @Test("A mark stays until exactly its id is acknowledged, over a restart too")
    func acknowledgement() throws {
        let marks = (0..<3).map { Mark.sample(after: $0) }
        for mark in marks { #expect(try outbox.record(mark) == .recorded) }
        #expect(try outbox.batch() == marks)
        #expect(
            try outbox.acknowledge([.accepted(marks[1].id), .accepted(UUID())]) == .init(acknowledged: 1, unknown: 1))
        outbox.close()
        let again = try folder.open(clock)
        #expect(try again.batch() == [marks[0], marks[2]])
        #expect(
            try again.acknowledge([.duplicate(marks[0].id), .rejected(marks[2].id, reason: "who?")])
                == .init(acknowledged: 1, rejected: 1))
        #expect(try again.batch().isEmpty)
        let rejected = try again.recentMarks(limit: 10).filter { $0.state == .rejected }
        #expect(rejected.map(\.mark) == [marks[2]] && rejected.first?.reason == "who?")
        #expect(try again.summary.rejected == 1)
    }

    @Test("Answers for marks that are not in flight change nothing")
    func foreignAnswers() throws {
        let first = Mark.sample(after: 1)
        let second = Mark.sample(after: 2)
        _ = try outbox.record(first)
        _ = try outbox.record(second)
        #expect(try outbox.acknowledge([.accepted(first.id)]) == .init(unknown: 1))
        #expect(try outbox.batch(limit: 1) == [first])
        #expect(
            try outbox.acknowledge([.accepted(second.id), .rejected(second.id, reason: "no")]) == .init(unknown: 2))
        #expect(try outbox.acknowledge([.accepted(first.id)]) == .init(unknown: 1))
        #expect(try outbox.batch(limit: 1) == [first])
        #expect(
            try outbox.acknowledge([.accepted(first.id), .accepted(first.id)]) == .init(acknowledged: 1, unknown: 1))
        #expect(try outbox.batch() == [second])
    }

    @Test("One mark a person and session: the earlier wins in whichever order they come")
    func earlierWins() throws {
        let person = UUID()
        let later = Mark.sample(person, after: 600)
        let earlier = Mark.sample(person, after: 60)
        #expect(try outbox.record(later) == .recorded)
        #expect(try outbox.record(Mark.sample(person, after: 900)) == .alreadyMarked(later.id))
        #expect(try outbox.record(earlier) == .recorded)
        #expect(try outbox.record(later) == .recorded)
        #expect(try outbox.record(Mark.sample(person, after: 61)) == .alreadyMarked(earlier.id))
        #expect(try outbox.record(Mark.sample(person, after: 86_400)) == .recorded)
        #expect(try outbox.record(Mark.sample(after: 60)) == .recorded)
        #expect(try outbox.batch().count == 3)
        #expect(try outbox.batch().first == earlier)
    }

    @Test("A sent mark keeps a later one back, and an earlier one still goes out")
    func afterAcknowledgement() throws {
        let person = UUID()
        let sent = Mark.sample(person, after: 600)
        _ = try outbox.record(sent)
        _ = try outbox.batch()
        try outbox.acknowledge([.accepted(sent.id)])
        #expect(try outbox.record(Mark.sample(person, after: 601)) == .alreadyMarked(sent.id))
        let earlier = Mark.sample(person, after: 599)
        #expect(try outbox.record(earlier) == .recorded)
        #expect(try outbox.batch() == [earlier])
    }

    @Test("A mark that yields while it is in flight may still be acknowledged, and is not sent again")
    func supersededInFlight() throws {
        let person = UUID()
        let later = Mark.sample(person, after: 600)
        _ = try outbox.record(later)
        #expect(try outbox.batch() == [later])
        let earlier = Mark.sample(person, after: 60)
        #expect(try outbox.record(earlier) == .recorded)
        #expect(try outbox.acknowledge([.accepted(later.id)]) == .init(acknowledged: 1))
        #expect(try outbox.batch() == [earlier])
    }

    @Test("A rejected mark does not keep the person's next one from going out")
    func afterRejection() throws {
        let person = UUID()
        let first = Mark.sample(person, after: 1)
        _ = try outbox.record(first)
        _ = try outbox.batch()
        try outbox.acknowledge([.rejected(first.id, reason: "at_ms is in the future")])
        let second = Mark.sample(person, after: 2)
        #expect(try outbox.record(second) == .recorded)
        #expect(try outbox.batch() == [second])
    }

    @Test("The same mark again changes nothing")
    func sameMark() throws {
        let mark = Mark.sample()
        for _ in 0..<3 { #expect(try outbox.record(mark) == .recorded) }
        #expect(try outbox.batch() == [mark])
    }

    @Test("A mark out of its range is refused and not stored")
    func invalidMark() throws {
        var mark = Mark.sample()
        mark.score = .nan
        let invalid = mark
        #expect(throws: OutboxError.self) { try outbox.record(invalid) }
        #expect(try outbox.summary.depth == 0)
    }

    @Test("The summary counts and dates what waits")
    func summary() throws {
        let marks = (0..<3).map { Mark.sample(after: $0) }
        for mark in marks {
            _ = try outbox.record(mark)
            clock.now = clock.now.later(seconds: 10)
        }
        let summary = try outbox.summary
        #expect(summary.depth == 3 && summary.oldestAge == 30 && summary.rejected == 0)
        #expect(!summary.diskIsFull && summary.damage.isEmpty && summary.alarm == nil)
        #expect(try outbox.recentMarks(limit: 2).map(\.mark) == [marks[2], marks[1]])
        clock.now = Instant(milliseconds: 0)
        #expect(try outbox.summary.oldestAge == 0)
    }

    @Test("Acknowledged marks go after their time, except of today's session; others never go")
    func prune() throws {
        let person = UUID()
        let old = [Mark.sample(after: 1), .sample(after: 2), .sample(after: 3), .sample(person, after: 4)]
        for mark in old + [.sample(person, after: 3)] { _ = try outbox.record(mark) }
        _ = try outbox.batch(limit: 2)
        try outbox.acknowledge([.accepted(old[0].id), .rejected(old[1].id, reason: "no")])
        clock.now = clock.now.later(seconds: 86_400)
        let today = Mark.sample(after: 86_400)
        _ = try outbox.record(today)
        _ = try outbox.batch()
        try outbox.acknowledge([.accepted(today.id)])

        let tuesday = SessionID(of: today.at)
        #expect(try outbox.prune(acknowledgedBefore: .monday, today: tuesday) == 0)
        #expect(try outbox.prune(acknowledgedBefore: today.at, today: SessionID(of: .monday)) == 0)
        #expect(try outbox.prune(acknowledgedBefore: clock.now.later(seconds: 1), today: tuesday) == 2)
        let left = try outbox.recentMarks(limit: 10)
        #expect(left.map(\.state) == [.acknowledged, .pending, .pending, .rejected])
        #expect(left.first?.mark == today)
    }

    @Test("A second opener is told to ask the daemon")
    func secondOpener() throws {
        let folder = folder
        #expect(throws: OutboxError.inUse(file: folder.file())) { try folder.open() }
        #expect("\(OutboxError.inUse(file: "x"))".contains("ask the daemon with rollcallctl"))
        outbox.close()
        #expect(throws: OutboxError.closed(file: folder.file())) { try outbox.batch() }
    }

    @Test("The file is a durable log")
    func durable() throws {
        let settings = try outbox.access { (connection, _) throws(DatabaseError) in
            [
                try connection.queryFirst("PRAGMA journal_mode"), try connection.queryFirst("PRAGMA synchronous"),
            ].map { $0?.values.first }
        }
        #expect(settings == ["wal", 2])
    }
}
