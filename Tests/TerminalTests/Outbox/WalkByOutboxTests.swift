import Attendance
import Database
import Foundation
import Glibc
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
        #expect(try outbox.walkByBatch() == walkBys)
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
        #expect(try outbox.summary.depth == 0 && outbox.walkByBatch().isEmpty)
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

    @Test("A damaged file gives its walk-bys back with its marks")
    func damage() throws {
        let walkBys = (0..<40).map { UnsureWalkBy.sample(after: $0) }
        let marks = (0..<40).map { Mark.sample(after: $0) }
        for walkBy in walkBys { _ = try outbox.record(walkBy) }
        for mark in marks { _ = try outbox.record(mark) }
        _ = try outbox.walkByBatch(limit: 1)
        try outbox.acknowledgeWalkBys([.accepted(walkBys[0].id)])
        let rows = try outbox.recentWalkBys(limit: 100)
        outbox.close()
        var bytes = try folder.bytes()
        for offset in 0..<4096 { bytes[offset] = 0 }
        try folder.write(bytes)
        let again = try folder.open()
        #expect(try again.summary.damage.map(\.salvaged) == [40], "marks are counted")
        #expect(try again.recentWalkBys(limit: 100) == rows)
        #expect(try again.batch() == marks)
    }

    @Test("A disk that is full for a mark takes no walk-by until a mark has found room again")
    func fullDisk() throws {
        func limit(_ pages: Int) throws {
            try outbox.access { (connection, _) throws(DatabaseError) in
                _ = try connection.query("PRAGMA max_page_count = \(pages)")
            }
        }
        try limit(40)
        var count: Int64 = 0
        while count < 5000, (try? outbox.record(Mark.sample(after: count))) != nil { count += 1 }
        #expect(count < 5000)
        try limit(100_000)
        #expect(throws: OutboxError.keptForMarks(file: folder.file())) { try outbox.record(UnsureWalkBy.sample()) }
        #expect(try outbox.record(Mark.sample(after: count)) == .recorded)
        #expect(try outbox.record(UnsureWalkBy.sample()))
    }

    @Test(
        "The last of a disk is kept for marks", .enabled(if: OutboxFullDiskTests.canMount, "needs root"))
    func lastRoom() throws {
        let path = folder.file("small")
        mkdir(path, 0o700)
        try #require(mount("tmpfs", path, "tmpfs", 0, "size=1m") == 0)
        defer { umount2(path, Int32(MNT_DETACH)) }
        let small = try Outbox(path: path + "/outbox.db")
        #expect(throws: OutboxError.keptForMarks(file: path + "/outbox.db")) {
            try small.record(UnsureWalkBy.sample())
        }
        #expect(try small.record(Mark.sample()) == .recorded)
        small.close()
    }

    @Test("What a call has stored that returned is there after a power cut, with the marks beside it")
    func powerCut() throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            let disk = try PowerCutDisk(seed: seed)
            let cut = try Outbox(path: disk.folder.file("outbox.db"))
            disk.failPower(after: Int(seed % 30) + 1)
            var (walkBys, marks): ([UnsureWalkBy], [Mark]) = ([], [])
            for number in 0..<30 as Range<Int64> where !disk.isOff {
                let (walkBy, mark) = (UnsureWalkBy.sample(after: number), Mark.sample(after: number))
                if (try? cut.record(walkBy)) == true { walkBys.append(walkBy) }
                if (try? cut.record(mark)) == .recorded { marks.append(mark) }
            }
            disk.failPower()
            cut.close()
            try disk.restorePower()
            let again = try Outbox(path: disk.folder.file("outbox.db"))
            let (foundWalkBys, foundMarks) = (try again.walkByBatch(), try again.batch())
            // Of the call under way all or nothing.
            #expect(foundWalkBys.starts(with: walkBys) && foundWalkBys.count <= walkBys.count + 1, "seed \(seed)")
            #expect(foundMarks.starts(with: marks) && foundMarks.count <= marks.count + 1, "seed \(seed)")
            #expect(try again.summary.damage.isEmpty, "seed \(seed)")
            again.close()
        }
    }
}

extension UnsureWalkBy {
    /// A walk-by so many seconds after Monday 08:00:00.
    static func sample(
        _ people: [UUID] = [UUID()], after seconds: Int64 = 0, reason: Reason = .suspicious
    ) -> UnsureWalkBy {
        let moment = Instant.monday.later(seconds: seconds)
        return UnsureWalkBy(
            id: UUID(), people: people, session: SessionID(of: moment), at: moment, bootID: Mark.boot,
            bootTime: max(0, seconds) * 1_000_000_000, clock: .synchronised, reason: reason, detail: "a sheet",
            shots: 3, score: 9.5)
    }

    /// One of a board that woke up in 1970.
    static func guess(_ people: [UUID] = [UUID()], after seconds: Int64) -> UnsureWalkBy {
        var walkBy = sample(people, after: seconds)
        (walkBy.at, walkBy.clock) = (Instant(milliseconds: seconds * 1000), .unknown)
        walkBy.session = SessionID(of: walkBy.at)
        return walkBy
    }
}

extension Outbox {
    /// A batch of every walk-by that may go.
    func walkByBatch(limit: Int = 10_000, after seconds: Int64 = 0) throws(OutboxError) -> [UnsureWalkBy] {
        try nextWalkBys(limit: limit, currentBoot: Mark.boot, bootTime: seconds * 1_000_000_000)
    }
}
