import Progress
import Systemd

/// Does the daemon run, and what does it say is wrong?
struct DaemonCheck {
    var answer: Result<StatusSnapshot, StatusClientError>
    var version = terminalVersion

    var finding: Finding {
        let name = "daemon"
        switch answer {
        case .failure(let error):
            return .failed(name, error.found, next: error.nextStep)
        case .success(let status):
            let running = "rollcalld \(status.version) runs for \(Duration.seconds(status.uptimeSeconds).words)"
            guard status.problems.isEmpty else {
                return .failed(
                    name, "\(running), but: \(status.problems.joined(separator: "; "))",
                    next: "see the rows below, and: journalctl -u rollcalld -n 50")
            }
            guard status.version == version else {
                return .warning(
                    name, "\(running), and rollcallctl is \(version)",
                    next: "after an update: systemctl restart rollcalld")
            }
            return .ok(name, running)
        }
    }
}

/// Do marks wait, and may they?
struct OutboxCheck {
    var outbox: OutboxStatus

    /// Marks that have waited longer than this deserve a look; an outage of the network is no fault of the terminal.
    static let longWait = 900.0

    var finding: Finding {
        let name = "outbox"
        let oldest = outbox.oldestSeconds ?? 0
        let waiting = "\(outbox.depth) marks wait for the server"
        if let alarm = outbox.alarm {
            return .failed(name, alarm, next: "see the row of the disk, and: journalctl -u rollcalld -n 50")
        }
        if outbox.rejected > 0 {
            return .warning(
                name, "the server rejected \(outbox.rejected) marks, which are kept apart",
                next: "see why: journalctl -u rollcalld MESSAGE_ID=\(MessageID.markRejected.rawValue)")
        }
        if outbox.depth > 0 && oldest > Self.longWait {
            return .warning(
                name, "\(waiting), the oldest for \(Duration.seconds(oldest).words); none is lost",
                next: "see the row of the server")
        }
        return .ok(name, outbox.depth == 0 ? "no mark waits for the server" : waiting)
    }
}
