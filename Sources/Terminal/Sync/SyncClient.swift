import Capture
import FoundationEssentials
import Logging

/// Keeps terminal and central server in step on a thread of its own, for ever: roster, marks, unsure walk-bys,
/// heartbeat.
public final class SyncClient: Sendable {
    private let control: SyncControl
    private let thread: WorkerThread

    /// Starts the thread.
    /// - Parameters:
    ///   - link: where the server is, and who the terminal is there.
    ///   - tokens: changes the terminal's token from time to time; nil leaves the link's as it is.
    ///   - boot: the boot whose marks may still get their true time.
    /// - Throws: `SyncError.storage` when the system gives no thread or file descriptor; `SyncError.notReachable` when
    ///   libcurl does not start.
    public init(
        link: ServerLink, tokens: TokenKeeper? = nil, limits: TransferLimits = TransferLimits(),
        intervals: SyncIntervals = SyncIntervals(),
        backoff: Backoff = Backoff(), outbox: Outbox, roster: RosterStore, boot: UUID, hooks: SyncHooks, logger: Logger
    ) throws(SyncError) {
        do throws(ThreadError) { control = try SyncControl() } catch { throw .storage("\(error)") }
        let client = try HTTPSClient(
            link: link, limits: limits, stop: control.stop, onProgress: { [control] in control.beat() })
        let loop = SyncLoop(
            control: control, client: client, tokens: tokens, outbox: outbox, roster: roster, boot: boot, hooks: hooks,
            schedule: SyncSchedule(intervals: intervals, backoff: backoff, now: BootClock.now), logger: logger)
        do throws(ThreadError) {
            thread = try WorkerThread(name: "sync") { loop.run() }
        } catch { throw .storage("\(error)") }
    }

    /// A new mark is in the outbox: it is sent at once, unless the server fails. Never blocks.
    public func markRecorded() {
        control.wake.notify()
    }

    /// How terminal and server get on.
    public var state: SyncState { control.snapshot }

    /// When the sync thread last showed that it moves on (boot clock). It does so at least every ten seconds, also
    /// while it waits; callbacks and storage count as standing still.
    public var lastBeat: Duration { control.lastBeat }

    /// Stops in an orderly way: ends the request under way, makes one last attempt to send the marks that wait, at most
    /// for `flush`, and returns when the thread is gone. May be called again.
    public func stop(flush: Duration = .seconds(3)) {
        control.orderStop(flushingUntil: BootClock.now + flush)
        thread.join()
    }
}
