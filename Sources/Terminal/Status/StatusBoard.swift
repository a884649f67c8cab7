import Attendance
import Capture
import FoundationEssentials
import Synchronization

/// What the stages last said of themselves. They write with `update`, which copies a few numbers under a lock; whoever
/// asks gets a copy, and renders it without the lock.
public final class StatusBoard: Sendable {
    private let facts: Mutex<StatusFacts>
    private let version: String
    private let bootID: UUID
    private let started: Duration

    /// A board for a daemon that starts now.
    public init(version: String, bootID: UUID) {
        self.version = version
        self.bootID = bootID
        started = BootClock.now
        facts = Mutex(StatusFacts())
    }

    /// Changes what is known. Keep `body` to assignments: every stage waits for it.
    public func update(_ body: (inout StatusFacts) -> Void) {
        facts.withLock { body(&$0) }
    }

    /// What is known at this moment.
    public var current: StatusFacts { facts.withLock { $0 } }

    /// The status at this moment; who the last marks are for only with `names`.
    public func snapshot(names: Bool) -> StatusSnapshot {
        snapshot(of: current, names: names)
    }

    func snapshot(of facts: StatusFacts, names: Bool) -> StatusSnapshot {
        let now = BootClock.now
        var outbox = facts.outbox
        outbox.oldestSeconds = facts.outboxOldest.map { seconds(from: $0, to: now) }
        var sync = facts.sync
        sync.lastSuccessSeconds = facts.lastSyncSuccess.map { seconds(from: $0, to: now) }
        return StatusSnapshot(
            version: version, bootID: bootID.lowercased, uptimeSeconds: seconds(from: started, to: now),
            problems: facts.problems, camera: facts.camera, frames: facts.frames, recognition: facts.recognition,
            latency: LatencyStatus(facts.latency),
            lastMarks: names ? facts.lastMarks : facts.lastMarks.map(\.anonymous),
            rejectedMarks: names ? facts.rejectedMarks : facts.rejectedMarks.map(\.anonymous),
            outbox: outbox, sync: sync, roster: facts.roster, clock: facts.clock,
            memory: MemoryStatus(residentBytes: ProcessMemory.residentBytes))
    }

    /// Rounded to milliseconds, never below zero.
    private func seconds(from start: Duration, to end: Duration) -> Double {
        max(0, Double((end - start).wholeMilliseconds) / 1000)
    }
}
