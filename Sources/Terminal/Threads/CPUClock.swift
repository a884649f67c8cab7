import Glibc

/// Time on a processor.
enum CPUClock {
    /// What this process has used, on all its threads.
    static var process: Duration {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
