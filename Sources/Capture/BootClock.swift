import Glibc

/// CLOCK_BOOTTIME: the clock that starts at boot, goes on during suspend and is never set. All intervals are measured on it.
public enum BootClock {
    /// Time since the machine started.
    public static var now: Duration { time(CLOCK_BOOTTIME) }

    /// What must be added to a driver's CLOCK_MONOTONIC time stamp to make it one of CLOCK_BOOTTIME.
    static var offsetFromMonotonic: Duration { now - time(CLOCK_MONOTONIC) }

    private static func time(_ clock: clockid_t) -> Duration {
        var value = timespec()
        clock_gettime(clock, &value)
        return .seconds(value.tv_sec) + .nanoseconds(value.tv_nsec)
    }
}
