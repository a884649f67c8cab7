/// How a terminal is, in one word; the worst comes first.
enum FleetHealth: Int, Sendable, CaseIterable, Comparable {
    /// Nothing is heard of it.
    case silent
    /// It cannot record or keep marks.
    case broken
    /// Somebody should look at it; it works.
    case attention
    /// It was made known, and has not called yet.
    case waiting
    case working
    /// It may not talk to the server any more.
    case revoked

    init(of report: TerminalReport) {
        let reasons = Set(report.needs.map(\.reason))
        if report.state == .revoked {
            self = .revoked
        } else if reasons.contains(.notSeen) || reasons.contains(.neverSeen) {
            self = .silent
        } else if reasons.contains(.camera) || reasons.contains(.outboxAlarm) {
            self = .broken
        } else if !reasons.isEmpty {
            self = .attention
        } else if report.terminal.lastSeen == nil {
            self = .waiting
        } else {
            self = .working
        }
    }

    static func < (left: FleetHealth, right: FleetHealth) -> Bool { left.rawValue < right.rawValue }

    /// The key of its word.
    var word: String {
        switch self {
        case .silent: "fleet_silent"
        case .broken: "fleet_broken"
        case .attention: "fleet_attention"
        case .waiting: "fleet_waiting"
        case .working: "fleet_working"
        case .revoked: "fleet_revoked"
        }
    }

    /// Whether somebody has something to do.
    var needsSomebody: Bool { self < .waiting }

    /// A sign beside the word, so that no colour alone tells.
    var sign: String {
        switch self {
        case .silent: "✕"
        case .broken: "✕"
        case .attention: "!"
        case .waiting: "…"
        case .working: "✓"
        case .revoked: "–"
        }
    }

    /// A class of the style.
    var tone: String {
        switch self {
        case .silent, .broken: "absent"
        case .attention: "late"
        case .waiting, .revoked: "open"
        case .working: "present"
        }
    }
}
