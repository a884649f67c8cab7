import Attendance
import Database
import Foundation
import SyncProtocol
import Testing

@testable import Terminal

@Suite struct WalkByOutboxTests {
    let folder: OutboxFolder
    let clock = TestClock()
    let outbox: Outbox

    init() throws {
        folder = try OutboxFolder()
        outbox = try folder.open(clock)
    }

    private func states() throws -> [WalkByState] { try outbox.recentWalkBys(limit: 10_000).map(\.state) }

    @Test("One a session, people and reason, whatever comes of it, over a restart too")
    func flood() throws {
        let (one, other) = (UUID(), UUID())
        let first = UnsureWalkBy.sample([one], reason: .suspicious)
        #expect(try outbox.record(first))
        for second in 1...50 as ClosedRange<Int64> {
            #expect(try !outbox.record(.sample([one], after: second, reason: .suspicious)))
        }
        #expect(try outbox.record(.sample([one], after: 51, reason: .littleEvidence)))
        #expect(try outbox.record(.sample([one, other], after: 52, reason: .lookAlikes)))
        #expect(try !outbox.record(.sample([other, one], after: 53, reason: .lookAlikes)), "the same two people")
        #expect(try outbox.walkByBatch().count == 3)
        try outbox.acknowledgeWalkBys([.accepted(first.id)])
        outbox.close()
        let again = try folder.open(clock)
        #expect(try !again.record(.sample([one], after: 60, reason: .suspicious)), "the server has it")
        #expect(try again.record(.sample([one], after: 86_400, reason: .suspicious)), "another day")
        #expect(try again.walkByBatch().count == 3)
    }

    @Test("It stays until exactly its id is answered, and a rejected one is not sent again")
    func acknowledgement() throws {
        let walkBys = (0..<3).map { UnsureWalkBy.sample(after: $0) }
        for walkBy in walkBys { #expect(try outbox.record(walkBy)) }
        #expect(try outbox.acknowledgeWalkBys([.accepted(walkBys[0].id)]) == .init(unknown: 1), "not in flight")
        #expect(try outbox.walkByBatch() == walkBys && outbox.summary.walkBys == 3)
        #expect(
            try outbox.acknowledgeWalkBys([
                .accepted(walkBys[1].id), .rejected(walkBys[0].id, reason: "nobody"), .accepted(UUID()),
            ]) == .init(acknowledged: 1, rejected: 1, unknown: 1))
        #expect(try outbox.walkByBatch() == [walkBys[2]])
        #expect(try states() == [.pending, .acknowledged, .rejected])
        #expect(try outbox.recentWalkBys(limit: 3).last?.refusal == "nobody")
        // Marks and walk-bys have batches of their own.
        let mark = Mark.sample()
        _ = try outbox.record(mark)
        #expect(try outbox.batch() == [mark])
        #expect(try outbox.acknowledgeWalkBys([.accepted(walkBys[2].id)]) == .init(acknowledged: 1))
        #expect(try outbox.acknowledge([.accepted(mark.id)]) == .init(acknowledged: 1))
        #expect(try outbox.summary.depth == 0 && outbox.walkByBatch().isEmpty && outbox.summary.walkBys == 0)
    }

    @Test("More than so many are not kept: the answered go first, then the oldest")
    func bound() throws {
        let first = (0..<10).map { UnsureWalkBy.sample(after: $0) }
        for walkBy in first { #expect(try outbox.record(walkBy)) }
        _ = try outbox.walkByBatch()
        try outbox.acknowledgeWalkBys([.accepted(first[4].id)])
        try outbox.access { (connection, _) throws(DatabaseError) in
            let table = WalkByTable(session: connection, now: .monday)
            for number in 10..<13 as Range<Int64> {
                #expect(try table.record(.sample(after: number), limit: 10))
            }
        }
        let left = try outbox.recentWalkBys(limit: 100)
        #expect(left.count == 10 && left.allSatisfy { $0.state == .pending })
        #expect(left.last?.walkBy == first[2])
        #expect(Outbox.maximumWalkBys == 2000)
    }

    @Test("It gets its true time before it is sent; what says the same then, or has no school, goes")
    func resolved() throws {
        let policy = try AttendancePolicy(timeZone: "UTC")
        var time = TrustedTime(bootID: Mark.boot)
        time.observe(server: .monday, sentAt: 0, receivedAt: 0)
        let person = UUID()
        let guesses = [10, 3700, 20].map { UnsureWalkBy.guess([$0 == 20 ? UUID() : person], after: $0) }
        for guess in guesses { #expect(try outbox.record(guess)) }
        #expect(try !outbox.record(.guess([person], after: 11)), "one an hour while the time is not known")
        #expect(try outbox.walkByBatch(after: 100).isEmpty)
        #expect(try outbox.resolveWalkBys(boot: Mark.boot) { policy.resolve($0, time: time, zone: .utc) } == 3)
        let batch = try outbox.walkByBatch()
        #expect(batch.map(\.id) == [guesses[0].id, guesses[2].id])
        #expect(batch[0].at == Instant.monday.later(seconds: 10) && batch[0].clock == .server)
        #expect(batch[0].session == SessionID(of: .monday))

        var sunday = TrustedTime(bootID: Mark.boot)
        sunday.observe(server: Instant.monday.later(seconds: -86_400), sentAt: 0, receivedAt: 0)
        try outbox.acknowledgeWalkBys([])
        #expect(try outbox.record(.guess(after: 30)))
        #expect(try outbox.resolveWalkBys(boot: Mark.boot) { policy.resolve($0, time: sunday, zone: .utc) } == 1)
        #expect(try outbox.recentWalkBys(limit: 10).count == 2)
    }

    @Test("Answered ones go after their time, except of today's session; others wait")
    func prune() throws {
        let old = (0..<3).map { UnsureWalkBy.sample(after: $0) }
        for walkBy in old { _ = try outbox.record(walkBy) }
        _ = try outbox.walkByBatch(limit: 2)
        try outbox.acknowledgeWalkBys([.accepted(old[0].id), .rejected(old[1].id, reason: "no")])
        let later = Instant.monday.later(seconds: 86_400)
        #expect(try outbox.pruneWalkBys(answeredBefore: .monday, today: SessionID(of: later)) == 0)
        #expect(try outbox.pruneWalkBys(answeredBefore: later, today: SessionID(of: .monday)) == 0)
        #expect(try outbox.pruneWalkBys(answeredBefore: later, today: SessionID(of: later)) == 2)
        #expect(try outbox.recentWalkBys(limit: 10).map(\.walkBy) == [old[2]])
    }

    @Test("What names somebody who is not on the roster goes, also while it is in flight")
    func keep() throws {
        let (one, gone) = (UUID(), UUID())
        for people in [[one], [gone], [one, gone]] { #expect(try outbox.record(.sample(people))) }
        let batch = try outbox.walkByBatch()
        #expect(try outbox.keepWalkBys(ofOnly: [one]) == 2)
        #expect(try outbox.acknowledgeWalkBys(batch.map { .accepted($0.id) }) == .init(acknowledged: 3))
        #expect(try outbox.recentWalkBys(limit: 10).map(\.walkBy.people) == [[one]])
    }

    @Test("One out of its range is refused and not stored")
    func invalid() throws {
        var walkBy = UnsureWalkBy.sample()
        walkBy.people = []
        let nobody = walkBy
        #expect(throws: OutboxError.self) { try outbox.record(nobody) }
        #expect(try states().isEmpty)
    }
}
