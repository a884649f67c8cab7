import CSystemd
import Synchronization

/// Whether the clock is synchronised, for a service whose sandbox forbids to ask the kernel (`ProtectClock=` blocks
/// `adjtimex`, also for reading): systemd-timedated asks in its place.
public enum SystemClock {
    /// How long an answer is good.
    static let validity = Duration.seconds(30)
    private static let last = Mutex<(at: ContinuousClock.Instant, result: Int32)?>(nil)

    /// Whether a time service keeps the clock right, as known at most 30 seconds ago. Waits at most 5 seconds.
    /// Throws `SystemdError.clockUnclear`.
    public static func isSynchronised() throws(SystemdError) -> Bool {
        let result = last.withLock { last in
            let now = ContinuousClock.now
            if let last, now < last.at + validity { return last.result }
            let result = csystemd_clock_synchronised()
            last = (now, result)
            return result
        }
        guard result >= 0 else { throw .clockUnclear(code: result) }
        return result > 0
    }
}
