import Glibc

/// The clock by which progress is measured; it is never set.
public enum ProgressClock {
    /// Time since an arbitrary moment.
    public static var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
