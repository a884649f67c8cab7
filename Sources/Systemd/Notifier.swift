import CSystemd
import Glibc

/// Tells the service manager how the program is doing. Without a manager (`NOTIFY_SOCKET` unset) every call does nothing.
public struct Notifier: Sendable {
    /// A notifier for this process.
    public init() {}

    /// The start is complete, or a reload is over; without a status the line of before stays. True when a manager was told.
    @discardableResult
    public func ready(status: String? = nil) throws(SystemdError) -> Bool {
        try send("READY=1" + (status.map { "\n" + statusLine($0) } ?? ""))
    }

    /// The configuration is being read again; `ready` ends it.
    @discardableResult
    public func reloading() throws(SystemdError) -> Bool {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let microseconds = Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
        return try send("RELOADING=1\nMONOTONIC_USEC=\(microseconds)")
    }

    /// The stop has begun.
    @discardableResult
    public func stopping(status: String) throws(SystemdError) -> Bool {
        try send("STOPPING=1\n" + statusLine(status))
    }

    /// One line for `systemctl status`.
    @discardableResult
    public func status(_ text: String) throws(SystemdError) -> Bool {
        try send(statusLine(text))
    }

    /// A sign of life. Give it only while capture, outbox and sync each make progress.
    @discardableResult
    public func watchdog() throws(SystemdError) -> Bool {
        try send("WATCHDOG=1")
    }

    /// How often the manager expects a sign of life; nil when it expects none. Give two in that time.
    public static func watchdogInterval() throws(SystemdError) -> Duration? {
        var microseconds: UInt64 = 0
        let result = csystemd_watchdog(&microseconds)
        guard result >= 0 else { throw .watchdogUnclear(code: result) }
        return result > 0 ? .microseconds(Int64(clamping: microseconds)) : nil
    }

    /// A newline would begin another assignment, so there is none.
    private func statusLine(_ text: String) -> String { "STATUS=" + singleLine(text) }

    private func send(_ state: String) throws(SystemdError) -> Bool {
        let result = csystemd_notify(state)
        guard result >= 0 else {
            throw .notNotified(state: String(state.prefix { $0 != "\n" }), code: result)
        }
        return result > 0
    }
}
