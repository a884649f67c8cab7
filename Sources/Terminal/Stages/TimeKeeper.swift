import Attendance
import Capture
import FoundationEssentials
import Logging
import Synchronization
import Systemd

/// What the terminal knows of the time, for all its threads, and one log line when that changes.
public final class TimeKeeper: Sendable {
    private struct State {
        var time: TrustedTime
        /// What was last said in the log; nil before anything was.
        var announced: ClockTrust?
        /// Why it is not to be had whether the clock is synchronised.
        var trouble: SystemdError?
    }

    private let state: Mutex<State>
    private let trustsServer: Bool
    private let logger: Logger

    /// Knows nothing yet.
    /// - Parameter trustsServer: whether the server's time serves until the clock is synchronised.
    public init(boot: UUID, trustsServer: Bool, logger: Logger) {
        state = Mutex(State(time: TrustedTime(bootID: boot)))
        self.trustsServer = trustsServer
        self.logger = logger
    }

    /// What is known now.
    public var current: TrustedTime { state.withLock { $0.time } }

    /// How the present moment is known.
    public var trust: ClockTrust { current.moment(at: BootClock.now.nanoseconds).clock }

    /// Looks at the terminal's own clocks; to be called every second or so.
    public func look() { look(ClockReading.read()) }

    func look(_ clocks: (reading: ClockReading, trouble: SystemdError?)) {
        let before = state.withLock { state in
            defer { state.trouble = clocks.trouble }
            return state.trouble
        }
        // Without a word the time service would be suspected, which may be well.
        if let trouble = clocks.trouble, trouble != before { logger.warning("\(trouble)") }
        change { $0.observe(clocks.reading) }
    }

    /// Takes in the server's time.
    public func hear(_ server: Instant, sent: Duration, answered: Duration) {
        guard trustsServer else { return }
        change { $0.observe(server: server, sentAt: sent.nanoseconds, receivedAt: answered.nanoseconds) }
    }

    private func change(_ body: (inout TrustedTime) -> Void) {
        let now = BootClock.now.nanoseconds
        let (before, after) = state.withLock { state in
            body(&state.time)
            let after = state.time.moment(at: now)
            defer { state.announced = after.clock }
            return (state.announced, after)
        }
        guard before != after.clock else { return }
        let metadata: Logger.Metadata = ["clock": "\(after.clock.rawValue)"]
        if after.clock.isKnown {
            let source = after.clock == .server ? "from the server" : "the clock is synchronised"
            logger.log(.clockKnown, .notice, "the time is known: \(after.at) (\(source))", metadata: metadata)
        } else {
            logger.log(
                .clockUnknown, .warning,
                "the time is not known: marks wait for it or are sent flagged; check the network time service",
                metadata: metadata)
        }
    }
}
