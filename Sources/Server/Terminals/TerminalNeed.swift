import Attendance
import FoundationEssentials
import SyncProtocol

/// Something about a terminal that a technician has to see to.
struct TerminalNeed: Sendable, Equatable, Encodable {
    /// What it is, for programs.
    enum Reason: String, Sendable, Encodable, CaseIterable {
        case notRegistered = "not_registered"
        case neverSeen = "never_seen"
        case notSeen = "not_seen"
        case camera
        case outboxOld = "outbox_old"
        case outboxAlarm = "outbox_alarm"
        case rejectedMarks = "rejected_marks"
        case clockUnknown = "clock_unknown"
        case clockOff = "clock_off"
        case oldVersion = "old_version"
    }

    let reason: Reason
    /// What is wrong and the next step, in one line.
    let detail: String
}

/// When a terminal needs somebody. Pure.
struct TerminalInspection {
    /// After so many minutes without a heartbeat, which comes every minute.
    static let silentMinutes: Int64 = 10
    /// Seconds for which a mark may wait before somebody has to look.
    static let oldestMarkSeconds: Int64 = 3600
    /// Milliseconds by which a terminal's clock may be off: more would show in the times of marks.
    static let clockTolerance: Int64 = 5000

    let terminal: TerminalAccount
    /// When its open registration code ends; nil without one.
    let codeExpires: Instant?
    /// The newest version that there is: the server's own.
    let newestVersion: String
    /// The school's time zone, in which what is wrong is told.
    let zone: TimeZoneRules
    let now: Instant

    /// What there is to do; nothing for a terminal that was revoked.
    var needs: [TerminalNeed] {
        guard terminal.revoked == nil else { return [] }
        guard let registered = terminal.registered else { return unregistered }
        guard let seen = terminal.lastSeen else { return neverSeen(since: registered) }
        guard let heartbeat = terminal.heartbeat else { return [] }
        let silence = now.milliseconds - seen.milliseconds
        if silence > Self.silentMinutes * 60_000 { return [notSeen(since: seen, heartbeat)] }
        return camera(heartbeat) + outbox(heartbeat) + clock(heartbeat) + version(heartbeat)
    }

    private var unregistered: [TerminalNeed] {
        guard codeExpires.map({ $0 <= now }) ?? true else { return [] }
        return [
            TerminalNeed(
                reason: .notRegistered,
                detail:
                    "Its code was not used in time: make a new one (POST /terminals/\(terminal.id.lowercased)/renew),"
                    + " and run there: sudo rollcallctl register --code CODE")
        ]
    }

    private func neverSeen(since registered: Instant) -> [TerminalNeed] {
        guard now.milliseconds - registered.milliseconds > Self.silentMinutes * 60_000 else { return [] }
        return [
            TerminalNeed(
                reason: .neverSeen,
                detail: "It has a token since \(zone.text(of: registered)) and never used it: run there:"
                    + " sudo systemctl restart rollcalld && sudo rollcallctl doctor")
        ]
    }

    private func notSeen(since seen: Instant, _ heartbeat: Heartbeat) -> TerminalNeed {
        let waiting = heartbeat.outboxDepth > 0 ? " (\(heartbeat.outboxDepth) marks waited there; none is lost)" : ""
        return TerminalNeed(
            reason: .notSeen,
            detail: "Not seen since \(zone.text(of: seen))\(waiting): check its power and its network, then run there:"
                + " sudo rollcallctl doctor")
    }

    private func camera(_ heartbeat: Heartbeat) -> [TerminalNeed] {
        guard heartbeat.camera != "running" else { return [] }
        return [
            TerminalNeed(
                reason: .camera,
                detail: "The camera gives no picture (\(heartbeat.camera)): check its cable and its light, then run"
                    + " there: rollcallctl camera")
        ]
    }

    private func outbox(_ heartbeat: Heartbeat) -> [TerminalNeed] {
        var needs: [TerminalNeed] = []
        if let oldest = heartbeat.outboxOldestSeconds, oldest > Self.oldestMarkSeconds {
            needs.append(
                TerminalNeed(
                    reason: .outboxOld,
                    detail: "\(heartbeat.outboxDepth) marks wait, the oldest for \(oldest / 60) minutes: run there:"
                        + " rollcallctl status, which says why they are not sent"))
        }
        if let alarm = heartbeat.outboxAlarm {
            needs.append(
                TerminalNeed(
                    reason: .outboxAlarm, detail: "Its outbox: \(alarm): run there: sudo rollcallctl doctor"))
        }
        if heartbeat.outboxRejected > 0 {
            needs.append(
                TerminalNeed(
                    reason: .rejectedMarks,
                    detail: "\(heartbeat.outboxRejected) marks were rejected: run there: rollcallctl marks, and correct"
                        + " the attendance by hand"))
        }
        return needs
    }

    private func clock(_ heartbeat: Heartbeat) -> [TerminalNeed] {
        if heartbeat.clock == .unknown {
            return [
                TerminalNeed(
                    reason: .clockUnknown,
                    detail:
                        "It does not know the time, so that its marks wait for somebody's decision: check its network"
                        + " time service (timedatectl)")
            ]
        }
        guard let offset = terminal.clockOffset, offset.magnitude > UInt64(Self.clockTolerance) else { return [] }
        let seconds = offset.magnitude / 1000
        return [
            TerminalNeed(
                reason: .clockOff,
                detail:
                    "Its clock is \(seconds) s \(offset > 0 ? "behind" : "ahead of") the server's: check the network"
                    + " time service of both (timedatectl)")
        ]
    }

    private func version(_ heartbeat: Heartbeat) -> [TerminalNeed] {
        guard let its = Self.numbers(of: heartbeat.version), let newest = Self.numbers(of: newestVersion),
            its.lexicographicallyPrecedes(newest)
        else { return [] }
        return [
            TerminalNeed(
                reason: .oldVersion,
                detail:
                    "It runs version \(heartbeat.version), the server \(newestVersion): install the newer package of"
                    + " rollcalld there")
        ]
    }

    /// The parts of a version like 1.10.2; nil for anything else.
    private static func numbers(of version: String) -> [Int]? {
        let parts = version.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        return numbers.count == parts.count ? numbers : nil
    }
}
