import Glibc

/// How many files and sockets this process may have open.
enum OpenFiles {
    /// What the process needs besides connections: the database, the log, models, mail.
    private static let reserve = 128

    /// Raises the soft limit to the hard one, which whoever starts the server has set for that.
    /// - Returns: how many connections there may be: at most `wanted`.
    static func connections(atMost wanted: Int) -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return wanted }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return max(1, min(wanted, Int(clamping: limit.rlim_cur) - reserve))
    }
}
