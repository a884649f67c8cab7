import Attendance
import FoundationEssentials
import Terminal
import TestSupport

/// Durable marks one after another: each returns when it is on the disk, so this is wall time.
struct OutboxBench {
    let marks: Int

    func run(_ show: (Row) -> Void) throws {
        let folder = try TemporaryFolder()
        let outbox = try Outbox(path: folder.file("outbox.db"))
        var ids = UUIDv7Generator()
        let boot = UUID()
        let session = SessionID(date: try LocalDate("2026-09-01"))
        var times: [Double] = []
        for index in 0..<marks {
            let at = Instant(milliseconds: 1_788_249_600_000 + Int64(index))
            let mark = Mark(
                id: ids.next(at: at), person: UUID(), session: session, at: at, status: .present, bootID: boot,
                bootTime: Int64(index), clock: .synchronised, shots: 3, score: 0.7)
            let start = ContinuousClock.now
            _ = try outbox.record(mark)
            times.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        outbox.close()
        show(
            Row(
                name: "outbox", ours: median(times), unit: "ms of the clock, durable mark", n: marks))
    }
}
