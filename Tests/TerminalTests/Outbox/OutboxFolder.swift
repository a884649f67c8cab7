import Attendance
import Foundation
import Glibc
import Synchronization

@testable import Terminal

/// A folder of one test, removed with it.
final class OutboxFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "rollcall-outbox-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String = "outbox.db") -> String { path + "/" + name }

    func bytes(_ name: String = "outbox.db") throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: file(name))))
    }

    func write(_ bytes: some Sequence<UInt8>, to name: String = "outbox.db") throws {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

    func open(_ clock: TestClock = TestClock()) throws -> Outbox {
        try Outbox(path: file(), now: { clock.now })
    }
}

/// A wall clock that goes when it is told to.
final class TestClock: Sendable {
    private let milliseconds = Mutex<Int64>(Instant.monday.milliseconds)

    var now: Instant {
        get { Instant(milliseconds: milliseconds.withLock { $0 }) }
        set { milliseconds.withLock { $0 = newValue.milliseconds } }
    }
}

extension Instant {
    /// Monday, 31 August 2026, 08:00:00 UTC.
    static let monday = Instant(milliseconds: 1_788_163_200_000)

    func later(seconds: Int64) -> Instant { advanced(byMilliseconds: seconds * 1000) }
}

extension SessionID {
    /// The day in UTC.
    init(of moment: Instant) { self.init(date: LocalDate(daysSince1970: Int(moment.milliseconds / 86_400_000))) }
}

extension Mark {
    static let boot = UUID()

    /// A mark so many seconds after Monday 08:00:00.
    static func sample(
        _ person: UUID = UUID(), after seconds: Int64 = 0, clock: ClockTrust = .synchronised, boot: UUID = boot,
        id: UUID = UUID()
    ) -> Mark {
        let moment = Instant.monday.later(seconds: seconds)
        return Mark(
            id: id, person: person, session: SessionID(of: moment), at: moment, status: .present, bootID: boot,
            bootTime: max(0, seconds) * 1_000_000_000, clock: clock, shots: 3, score: 0.5)
    }
}

extension Outbox {
    /// A batch of everything that may go.
    func batch(limit: Int = 1000, boot: UUID = Mark.boot, after seconds: Int64 = 0) throws(OutboxError) -> [Mark] {
        try nextBatch(limit: limit, currentBoot: boot, bootTime: seconds * 1_000_000_000)
    }
}
