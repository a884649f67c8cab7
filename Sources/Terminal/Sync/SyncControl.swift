import Capture
import Synchronization

/// What the sync thread shares with the others: its state, its wake-up call, and the order to stop.
final class SyncControl: Sendable {
    /// Wakes the thread: a new mark, or the order to stop.
    let wake: Signal
    /// Ends the request under way.
    let stop: StopSwitch
    private let state = Mutex(SyncState())
    private let flushEnd = Mutex<Duration?>(nil)
    private let alive: Atomic<Int64>

    init() throws(ThreadError) {
        wake = try Signal()
        stop = try StopSwitch()
        alive = Atomic(BootClock.now.wholeMilliseconds)
    }

    var snapshot: SyncState { state.withLock { $0 } }

    func update(_ change: (inout SyncState) -> Void) {
        state.withLock { change(&$0) }
    }

    /// Orders the thread to stop after one last attempt that ends at `deadline` on the boot clock.
    func orderStop(flushingUntil deadline: Duration) {
        flushEnd.withLock { $0 = deadline }
        stop.throwIt()
        wake.notify()
    }

    /// Until when the last attempt may last.
    var flushDeadline: Duration? { flushEnd.withLock { $0 } }

    /// The thread says that it moves on.
    func beat() {
        alive.store(BootClock.now.wholeMilliseconds, ordering: .relaxed)
    }

    /// When it last said so, on the boot clock.
    var lastBeat: Duration { .milliseconds(alive.load(ordering: .relaxed)) }
}
