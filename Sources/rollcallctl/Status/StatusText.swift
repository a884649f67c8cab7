import Attendance
import Progress
import Terminal

/// The daemon's status for a technician: what is wrong, what deserves a look, and then the rest.
struct StatusText {
    private let status: StatusSnapshot

    init(_ status: StatusSnapshot) { self.status = status }

    /// Lines without a line end after the last.
    var text: String {
        let head = "rollcalld \(status.version), running for \(words(status.uptimeSeconds))"
        let lines =
            [head] + status.problems.map { "WRONG      \($0)" } + attention.map { "ATTENTION  \($0)" }
            + (status.problems.isEmpty && attention.isEmpty ? ["all is well"] : []) + [""]
        let width = rows.map(\.name.count).max() ?? 0
        return
            (lines
            + rows.map { $0.name + String(repeating: " ", count: width - $0.name.count + 2) + $0.value })
            .joined(separator: "\n")
    }

    /// What does not keep the terminal from its work, and still deserves a look.
    var attention: [String] {
        var lines: [String] = []
        if status.sync.state == .failing {
            lines.append("\(status.sync.lastError ?? "the server is not reached") (marks wait, none is lost)")
        }
        if status.outbox.rejected > 0 {
            lines.append("the server rejected \(counted(status.outbox.rejected, "mark")); they are kept apart")
        }
        if status.clock == .unknown {
            lines.append("the time is not known: marks are flagged, and a person decides on the server")
        }
        return lines
    }

    private var rows: [(name: String, value: String)] {
        [
            ("camera", camera), ("frames", frames), ("faces", faces), ("latency", latency), ("last mark", lastMark),
            ("outbox", outbox), ("server", server), ("roster", roster), ("named", named),
            ("clock", clock), ("memory", memory),
        ]
    }

    private var camera: String {
        let camera = status.camera
        guard camera.width > 0 else { return camera.state.rawValue }
        return "\(camera.state.rawValue): \(camera.name), \(camera.format) \(camera.width)x\(camera.height), "
            + "\(fixed(camera.framesPerSecond, 1)) frames/s"
    }

    private var frames: String {
        "\(status.frames.delivered) looked at, \(status.frames.passedOver) passed over while nothing moved, "
            + "\(status.frames.dropped) dropped for newer ones, \(status.frames.skipped) damaged"
    }

    private var faces: String {
        let seen = status.recognition
        return
            "\(counted(Int(clamping: seen.tracks), "track")): \(seen.identified) identified, \(seen.unknown) unknown, "
            + "\(seen.unsure) unsure" + (seen.suspicious > 0 ? ", \(seen.suspicious) of these suspicious" : "")
            + (seen.asking.map { "; somebody is asked: \($0)" } ?? "")
    }

    private var latency: String {
        guard let median = status.latency.p50Milliseconds, let most = status.latency.p95Milliseconds else {
            return "no mark yet"
        }
        return "first good frame to mark: median \(fixed(median, 0)) ms, 95 % within \(fixed(most, 0)) ms"
    }

    private var lastMark: String {
        status.lastMarks.first.map { MarkText($0, zone: MachineZone.rules).text } ?? "none since the start"
    }

    private var outbox: String {
        let walkBys = status.outbox.walkBys ?? 0
        let others = walkBys > 0 ? "; \(counted(walkBys, "unsure walk-by"))" : ""
        guard status.outbox.depth > 0 else {
            return walkBys > 0 ? "no mark for the server\(others)" : "empty: the server has every mark"
        }
        let oldest = status.outbox.oldestSeconds.map { ", the oldest for \(words($0))" } ?? ""
        return "\(counted(status.outbox.depth, "mark")) for the server\(oldest)\(others)"
    }

    private var server: String {
        let last = status.sync.lastSuccessSeconds.map { "last success \(words($0)) ago" } ?? "no success yet"
        return "\(status.sync.state.rawValue), \(last)"
    }

    private var roster: String {
        "\(counted(status.roster.people, "person", "people")) with \(counted(status.roster.templates, "template"))"
    }

    private var named: String {
        guard let point = status.roster.operatingPoint else { return "nobody yet" }
        let alike = point.lookAlikePairs ?? 0
        return "from \(fixed(point.threshold, 1)) nats on, and \(fixed(point.margin, 1)) before the second person: "
            + "1 stranger in \(fixed(1 / point.strangerNamed, 0)), 1 student in \(fixed(1 / point.studentForAnother, 0))"
            + (alike > 0 ? "; \(counted(alike, "pair")) who look alike" : "")
    }

    private var clock: String {
        switch status.clock {
        case .synchronised: "synchronised"
        case .server: "by the server's time"
        case .unknown: "not known"
        }
    }

    private var memory: String { "\(status.memory.residentBytes / 1_000_000) MB" }

    private func words(_ seconds: Double) -> String { Duration.seconds(seconds).words }

}
