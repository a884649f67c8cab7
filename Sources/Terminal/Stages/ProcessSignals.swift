import Glibc

/// SIGTERM, SIGINT and SIGHUP, taken by the main thread between its rounds. They must be blocked before any thread starts.
enum ProcessSignals {
    enum Order {
        case stop
        case reload
    }

    /// Blocks the signals for this thread and those it will start; a write to a closed socket becomes an error.
    static func block() {
        var set = wanted
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
    }

    /// Waits for a signal, at most so long.
    static func wait(atMost limit: Duration) -> Order? {
        var set = wanted
        var time = timespec(
            tv_sec: Int(limit.components.seconds), tv_nsec: Int(limit.components.attoseconds / 1_000_000_000))
        switch sigtimedwait(&set, nil, &time) {
        case SIGTERM, SIGINT: return .stop
        case SIGHUP: return .reload
        default: return nil
        }
    }

    private static var wanted: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, signal) }
        return set
    }
}
