import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Terminal

@Suite struct TimeResolutionTests {
    let folder: OutboxFolder
    let outbox: Outbox
    let policy: AttendancePolicy
    /// Knows Monday 08:00:00 as the boot time 0.
    let time: TrustedTime

    init() throws {
        folder = try OutboxFolder()
        outbox = try folder.open()
        policy = try AttendancePolicy(timeZone: "UTC")
        var time = TrustedTime(bootID: Mark.boot)
        time.observe(server: .monday, sentAt: 0, receivedAt: 0)
        self.time = time
    }

    /// A mark of a board that woke up in 1970, so many seconds after its boot.
    private func guess(_ person: UUID = UUID(), after seconds: Int64, boot: UUID = Mark.boot) -> Mark {
        var mark = Mark.sample(person, after: seconds, clock: .unknown, boot: boot)
        mark.at = Instant(milliseconds: seconds * 1000)
        mark.session = SessionID(of: mark.at)
        return mark
    }

    private func resolve(_ time: TrustedTime) throws(OutboxError) -> Int {
        try outbox.resolveTimes(boot: time.bootID) { policy.resolve($0, className: "1a", time: time, zone: .utc) }
    }

    @Test("Marks of this boot wait for their time, at most for the hold")
    func hold() throws {
        let early = guess(after: 10)
        let late = guess(after: 100)
        _ = try outbox.record(early)
        _ = try outbox.record(late)
        #expect(try outbox.batch(after: 110).isEmpty)
        #expect(try outbox.batch(after: 609).isEmpty)
        #expect(try outbox.batch(after: 610) == [early])
        #expect(try outbox.batch(after: 700) == [early, late])
        #expect(
            try outbox.nextBatch(limit: 9, currentBoot: Mark.boot, bootTime: 20_000_000_000, hold: 5_000_000_000) == [
                early
            ])
        #expect(try outbox.batch(boot: UUID(), after: 0) == [early, late])
        #expect(early.clock == .unknown)
    }

    @Test("Marks get their true time, session and status before they are sent")
    func resolved() throws {
        let present = guess(after: 10)
        let late = guess(after: 3601)
        let other = guess(after: 10, boot: UUID())
        for mark in [present, late, other] { _ = try outbox.record(mark) }
        #expect(try resolve(TrustedTime(bootID: Mark.boot)) == 0)
        #expect(try resolve(time) == 2)
        #expect(try resolve(time) == 0)
        let batch = try outbox.batch()
        #expect(batch.map(\.id) == [present.id, late.id, other.id])
        #expect(batch.map(\.clock) == [.server, .server, .unknown])
        #expect(batch.map(\.status) == [.present, .late, .present])
        #expect(batch[0].at == Instant.monday.later(seconds: 10) && batch[0].session == SessionID(of: .monday))
        #expect(batch[2] == other)
    }

    @Test("Of marks that turn out to be of one session the earliest stays")
    func merged() throws {
        let person = UUID()
        let known = Mark.sample(person, after: 5000)
        _ = try outbox.record(known)
        let guesses = [guess(person, after: 3700), guess(person, after: 20), guess(person, after: 7300)]
        for mark in guesses { #expect(try outbox.record(mark) == .recorded) }
        #expect(try outbox.summary.depth == 4)
        #expect(try resolve(time) == 3)
        #expect(try outbox.batch().map(\.id) == [guesses[1].id])
        #expect(try outbox.record(.sample(person, after: 21)) == .alreadyMarked(guesses[1].id))
    }

    @Test("A resolved mark that is after an acknowledged one is not sent")
    func afterAcknowledged() throws {
        let person = UUID()
        let sent = Mark.sample(person, after: 50)
        _ = try outbox.record(sent)
        _ = try outbox.batch()
        try outbox.acknowledge([.accepted(sent.id)])
        _ = try outbox.record(guess(person, after: 60))
        _ = try outbox.record(guess(person, after: 3700))
        #expect(try resolve(time) == 2)
        #expect(try outbox.batch().isEmpty)
    }

    @Test("A mark in flight keeps what was sent until its batch is over")
    func inFlight() throws {
        let mark = guess(after: 10)
        _ = try outbox.record(mark)
        #expect(try outbox.batch(after: 700) == [mark])
        #expect(try resolve(time) == 0)
        try outbox.acknowledge([])
        #expect(try resolve(time) == 1)
        #expect(try outbox.batch().map(\.clock) == [.server])
    }

    @Test("A mark whose day has no school is kept apart with the reason")
    func noSchool() throws {
        let saturday = Instant.monday.later(seconds: -2 * 86_400)
        var time = TrustedTime(bootID: Mark.boot)
        time.observe(server: saturday, sentAt: 0, receivedAt: 0)
        _ = try outbox.record(guess(after: 10))
        #expect(try resolve(time) == 1)
        #expect(try outbox.batch(after: 10_000).isEmpty)
        #expect(
            try outbox.recentMarks(limit: 1).first?.reason
                == "seen at 2026-08-29T08:00:10.000Z, on a day without school")
        #expect(try outbox.summary.rejected == 1)
    }
}
