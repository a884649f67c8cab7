import Attendance
import Progress

/// Is the time known by which marks become Present or Late?
struct ClockCheck {
    var reading: ClockReading
    /// Milliseconds by which the server's clock is ahead of this one; nil when the server did not answer.
    var serverAhead: Int64?
    /// Whether the configuration lets the server tell the time.
    var trustsServer: Bool
    /// How the daemon knows the time; nil when it does not run.
    var daemon: ClockTrust?

    /// Milliseconds that two clocks may differ before somebody has to look.
    static let tolerance: Int64 = 5000

    var finding: Finding {
        let name = "clock"
        let shown = "\(reading.wall)"
        if let serverAhead, abs(serverAhead) > Self.tolerance {
            let span = Duration.milliseconds(abs(serverAhead)).words
            let relation = "\(shown), \(span) \(serverAhead > 0 ? "behind" : "ahead of") the server's"
            guard reading.isSynchronised else {
                return .warning(
                    name, "not synchronised: \(relation)" + (trustsServer ? "; the server's time is used" : ""),
                    next: "let NTP set it: timedatectl set-ntp true")
            }
            return .warning(
                name, "synchronised, and yet \(relation)",
                next: "see which one is wrong: run `timedatectl timesync-status` here and on the server")
        }
        if reading.isSynchronised, let daemon, daemon != .synchronised {
            return .warning(
                name, "\(shown), synchronised, and yet the daemon's clock is: \(daemon.rawValue)",
                next:
                    "wait some minutes; if it stays: systemctl status dbus systemd-timedated, which answer in the kernel's place"
            )
        }
        if reading.isSynchronised {
            return .ok(name, "\(shown), synchronised" + (serverAhead == nil ? "" : ", and agrees with the server"))
        }
        guard serverAhead != nil, trustsServer else {
            return .failed(
                name, "\(shown), not synchronised: marks are flagged, and a person has to decide on the server",
                next: "let NTP set it: timedatectl set-ntp true; then see: timedatectl timesync-status")
        }
        return .warning(
            name, "\(shown), not synchronised; the server's time is used, and agrees",
            next: "let NTP set it: timedatectl set-ntp true")
    }
}
