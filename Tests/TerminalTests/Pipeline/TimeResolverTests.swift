import Attendance
import Capture
import Database
import Foundation
import Logging
import Systemd
import TestSupport
import Testing

@testable import Terminal

/// Marks that were made before the time was known get it before they are sent.
struct TimeResolverTests {
    @Test func marksOfThisBootGetTheirTrueTimeWhenTheServerTellsIt() throws {
        let folder = try TemporaryFolder()
        let boot = UUID()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let outbox = try Outbox(path: folder.file("outbox.db"))
        let time = TimeKeeper(boot: boot, trustsServer: true, logger: logger)
        let policy = try AttendancePolicy(timeZone: "UTC", schoolDays: Set(Weekday.allCases))
        let seen = BootClock.now
        let unknown = try #require(
            policy.mark(
                id: UUID(),
                of: Sighting(person: UUID(), className: "", bootTime: seen.nanoseconds, shots: 3, score: 0.7),
                time: time.current, zone: .utc))
        #expect(unknown.clock == .unknown)
        _ = try outbox.record(unknown)

        let server = Instant(milliseconds: 1_788_508_800_000)
        let now = BootClock.now
        time.hear(server, sent: now, answered: now)
        #expect(time.trust == .server)
        let store = try RosterStore(
            path: folder.file("roster.db"), vault: TemplateVault(keyFile: folder.file("key"), makeIfMissing: true))
        let book = try SchoolBook(
            store: store, fallback: SchoolTime(policy: policy, zone: .utc), logger: logger)
        TimeResolver(outbox: outbox, book: book, time: time, logger: logger).resolve()

        let mark = try #require(try outbox.recentMarks(limit: 1).first?.mark)
        #expect(mark.id == unknown.id && mark.clock == .server)
        #expect(abs(mark.at.milliseconds - server.milliseconds) < 60_000)
        #expect(mark.session == SessionID(date: try LocalDate("2026-09-04")))
    }

    @Test func aServerThatIsNotTrustedTellsNothing() throws {
        let time = TimeKeeper(
            boot: UUID(), trustsServer: false, logger: Logger(label: "t") { _ in SwiftLogNoOpLogHandler() })
        let now = BootClock.now
        time.hear(Instant(milliseconds: 1_788_508_800_000), sent: now, answered: now)
        #expect(time.trust == .unknown)
    }

    @Test func whyTheClockCannotBeAskedIsSaidOnce() throws {
        let log = RecordedLog()
        let time = TimeKeeper(boot: UUID(), trustsServer: true, logger: Logger(label: "t") { _ in log })
        let reading = ClockReading(bootTime: 1_000_000_000, wall: Instant(milliseconds: 0), isSynchronised: false)
        let trouble = SystemdError.clockUnclear(code: -ENOTCONN)
        for trouble in [trouble, trouble, nil, trouble] { time.look((reading, trouble)) }
        let said = log.entries.filter { $0.message == "\(trouble)" }
        #expect(said.count == 2 && said.allSatisfy { $0.level == .warning })
        #expect("\(trouble)".contains("systemd-timedated"))
    }
}
