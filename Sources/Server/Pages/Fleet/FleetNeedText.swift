import Attendance
import SyncProtocol

/// What is wrong with a terminal and the next step, in the reader's words.
struct FleetNeedText: Sendable {
    let report: TerminalReport
    let words: Words
    let format: ReaderFormat

    private var spans: FleetSpans { FleetSpans(words: words) }

    /// For a template: `what`, `next`, and where there is one a `command` to type at the terminal or a `path` to open.
    func values(of need: TerminalNeed) -> [String: Any] {
        var values: [String: Any] = [
            "what": what(need), "next": words["fleet_next_\(need.reason.rawValue)"],
            "hasCommand": false, "hasPath": false,
        ]
        if let command = Self.command(for: need.reason) {
            values["hasCommand"] = true
            values["command"] = command
        }
        if need.reason == .notRegistered {
            values["hasPath"] = true
            values["path"] = "\(FleetPages.path(of: report.terminal))/code"
        }
        return values
    }

    private func what(_ need: TerminalNeed) -> String {
        let told = report.terminal.heartbeat
        let key = "fleet_what_\(need.reason.rawValue)"
        switch need.reason {
        case .notRegistered, .clockUnknown:
            return words[key]
        case .neverSeen:
            return words(key, ["since": moment(report.terminal.registered)])
        case .notSeen:
            let silence = words(key, ["since": moment(report.terminal.lastSeen)])
            guard let waiting = told?.outboxDepth, waiting > 0 else { return silence }
            return "\(silence) \(spans.counted("fleet_waited_mark", Int64(waiting)))"
        case .camera:
            return words(key, ["told": told?.camera ?? ""])
        case .outboxOld:
            let oldest = spans.span(told?.outboxOldestSeconds ?? 0)
            return words(key, ["count": "\(told?.outboxDepth ?? 0)", "oldest": oldest])
        case .outboxAlarm:
            return words(key, ["told": told?.outboxAlarm ?? ""])
        case .rejectedMarks:
            return spans.counted("fleet_rejected_mark", Int64(told?.outboxRejected ?? 0))
        case .clockOff:
            let offset = report.terminal.clockOffset ?? 0
            return words(offset > 0 ? "fleet_what_behind" : "fleet_what_ahead", ["seconds": spans.seconds(offset)])
        case .oldVersion:
            return words(key, ["its": told?.version ?? "", "newest": serverVersion])
        }
    }

    private func moment(_ instant: Instant?) -> String { instant.map(format.moment) ?? "" }

    /// What to type at the terminal.
    private static func command(for reason: TerminalNeed.Reason) -> String? {
        switch reason {
        case .notRegistered, .oldVersion: nil
        case .neverSeen: "sudo systemctl restart rollcalld && sudo rollcallctl doctor"
        case .notSeen, .outboxAlarm: "sudo rollcallctl doctor"
        case .camera: "rollcallctl camera"
        case .outboxOld: "rollcallctl status"
        case .rejectedMarks: "rollcallctl marks"
        case .clockUnknown, .clockOff: "timedatectl"
        }
    }
}
