import Glibc

/// Time on a processor.
enum CPUClock {
    /// What this process has used, on all its threads.
    static var process: Duration { read(CLOCK_PROCESS_CPUTIME_ID) }
    /// What the calling thread has used.
    static var thread: Duration { read(CLOCK_THREAD_CPUTIME_ID) }

    private static func read(_ clock: clockid_t) -> Duration {
        var time = timespec()
        clock_gettime(clock, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
