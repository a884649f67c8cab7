import Attendance
import FoundationEssentials
import SyncProtocol

/// A terminal's report as templates have it.
struct FleetValues: Sendable {
    let words: Words
    let format: ReaderFormat
    /// Names of classes by id.
    let classes: [UUID: String]
    let now: Instant
    private let today: LocalDate

    private var spans: FleetSpans { FleetSpans(words: words) }

    init(_ visitor: Visitor, classes: [SchoolClass], now: Instant) {
        words = visitor.words
        format = visitor.format
        self.classes = Dictionary(classes.map { ($0.id, $0.name) }) { first, _ in first }
        self.now = now
        today = visitor.today
    }

    /// What both the list and the terminal's own page show.
    func values(of report: TerminalReport) -> [String: Any] {
        let health = FleetHealth(of: report)
        let text = FleetNeedText(report: report, words: words, format: format)
        let waits = health == .waiting ? waiting(report) : nil
        return [
            "waits": waits != nil, "waiting": waits ?? "", "hasCode": report.state == .unregistered,
            "id": report.terminal.id.lowercased, "name": report.terminal.name,
            "path": FleetPages.path(of: report.terminal),
            "health": words[health.word], "sign": health.sign, "tone": health.tone,
            "needs": report.needs.map(text.values(of:)), "hasNeeds": !report.needs.isEmpty,
            "facts": facts(of: report),
        ]
    }

    /// What else the terminal's own page shows.
    func moreFacts(of report: TerminalReport) -> [[String: Any]] {
        let terminal = report.terminal
        var facts: [[String: Any]] = []
        if let told = terminal.heartbeat {
            let camera = told.camera == "running" ? words["fleet_camera_running"] : told.camera
            facts.append(fact("fleet_camera", camera))
            facts.append(fact("fleet_people", "\(told.rosterPeople)", behind(report)))
            facts.append(fact("fleet_uptime", spans.span(told.uptimeSeconds)))
            facts.append(fact("fleet_memory", spans.megabytes(told.memoryBytes)))
            facts.append(fact("fleet_rejected", "\(told.outboxRejected)"))
        }
        facts.append(fact("fleet_created", format.moment(terminal.created)))
        if let registered = terminal.registered {
            facts.append(fact("fleet_registered", format.moment(registered)))
        }
        if let expires = report.codeExpires {
            let isOver = expires <= now
            facts.append(
                fact(
                    "fleet_code",
                    words(isOver ? "fleet_code_over" : "fleet_code_open", ["until": format.moment(expires)])))
        }
        if let revoked = terminal.revoked { facts.append(fact("fleet_revoked_since", format.moment(revoked))) }
        return facts
    }

    /// What a terminal without a heartbeat waits for.
    private func waiting(_ report: TerminalReport) -> String {
        guard report.state == .unregistered, let expires = report.codeExpires else {
            return words["fleet_waiting_call"]
        }
        return words("fleet_waiting_code", ["until": format.moment(expires)])
    }

    private func facts(of report: TerminalReport) -> [[String: Any]] {
        let terminal = report.terminal
        let contact = terminal.lastSeen.map {
            fact("fleet_contact", spans.ago($0, now: now), format.brief($0, on: today))
        }
        var facts = [contact ?? fact("fleet_contact", words["fleet_never"])]
        if let told = terminal.heartbeat {
            facts.append(outbox(told))
            let isExact = terminal.clockOffset.map { $0.magnitude < 50 } ?? true
            let more = told.clock == .unknown && isExact ? nil : offset(terminal.clockOffset)
            facts.append(fact("fleet_clock", words["fleet_clock_\(told.clock.rawValue)"], more))
            facts.append(fact("fleet_version", told.version))
        }
        facts.append(fact("fleet_classes", classNames(of: report)))
        return facts
    }

    private func outbox(_ told: Heartbeat) -> [String: Any] {
        let marks =
            told.outboxDepth == 0 ? words["fleet_no_marks"] : spans.counted("fleet_mark", Int64(told.outboxDepth))
        var more: [String] = []
        if let oldest = told.outboxOldestSeconds, told.outboxDepth > 0 {
            more.append(words("fleet_oldest", ["oldest": spans.span(oldest)]))
        }
        if let walkBys = told.outboxWalkBys, walkBys > 0 {
            more.append(spans.counted("fleet_walk_by", Int64(walkBys)))
        }
        return fact("fleet_outbox", marks, more.isEmpty ? nil : more.joined(separator: "; "))
    }

    /// The server's time less the terminal's.
    private func offset(_ milliseconds: Int64?) -> String? {
        guard let milliseconds else { return nil }
        guard milliseconds.magnitude >= 50 else { return words["fleet_offset_none"] }
        let key = milliseconds > 0 ? "fleet_offset_behind" : "fleet_offset_ahead"
        return words(key, ["seconds": spans.seconds(milliseconds)])
    }

    private func behind(_ report: TerminalReport) -> String? {
        switch report.rosterBehind {
        case nil: words["fleet_roster_none"]
        case 0: words["fleet_roster_whole"]
        case let behind?: spans.counted("fleet_roster_change", behind)
        }
    }

    private func classNames(of report: TerminalReport) -> String {
        guard !report.classes.isEmpty else { return words["fleet_every_class"] }
        return report.classes.map { classes[$0] ?? "?" }.sorted().joined(separator: ", ")
    }

    private func fact(_ name: String, _ value: String, _ more: String? = nil) -> [String: Any] {
        ["term": words[name], "value": value, "hasMore": more != nil, "more": more ?? ""]
    }
}
