import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// Something that was wrong with a terminal, from when to when.
struct TerminalFault: Sendable, Equatable {
    let reason: TerminalNeed.Reason
    let since: Instant
    /// nil while it is wrong.
    let until: Instant?
    /// The terminal's own word for it, where it has one.
    let told: String?

    /// For how many days it is kept after its end.
    static let daysKept: Int64 = 90
    /// How many are kept of one terminal: a camera that comes and goes each minute fills no disk.
    static let mostKept = 500
}

extension TerminalAccount {
    /// The terminal's own word for what is wrong.
    fileprivate func word(for reason: TerminalNeed.Reason) -> String? {
        switch reason {
        case .camera: heartbeat?.camera
        case .outboxAlarm: heartbeat?.outboxAlarm
        case .oldVersion: heartbeat?.version
        default: nil
        }
    }
}

/// What was wrong, and when. It is looked at with each heartbeat, and each minute for terminals that are silent.
extension TerminalStore {
    /// The newest things that were wrong with a terminal, what is wrong now first.
    func faults(of id: UUID, limit: Int) throws(ServerError) -> [TerminalFault] {
        let rows = try database.all(
            """
            SELECT reason, since_ms, until_ms, told FROM terminal_faults WHERE terminal = ?
            ORDER BY CASE WHEN until_ms IS NULL THEN 0 ELSE 1 END, since_ms DESC, reason LIMIT ?
            """, [.id(id), .integer(Int64(limit))])
        return try ServerError.wrap { () throws(DatabaseError) in
            var faults: [TerminalFault] = []
            for row in rows {
                // A newer server may have known more reasons.
                guard let reason = TerminalNeed.Reason(rawValue: try row.text("reason")) else { continue }
                faults.append(
                    TerminalFault(
                        reason: reason, since: try row.instant("since_ms"), until: try row.optionalInstant("until_ms"),
                        told: try row.optionalText("told")))
            }
            return faults
        }
    }

    /// Keeps what changed with a terminal that was heard of just now.
    func noteFaults(of id: UUID, now: Instant) throws(ServerError) {
        guard let terminal = try find(id) else { return }
        let inspection = TerminalInspection(
            terminal: terminal, codeExpires: nil, newestVersion: serverVersion, zone: .utc, now: now)
        let open = try openFaults("WHERE terminal = ? AND until_ms IS NULL", [.id(id)])[id] ?? []
        try note(inspection.needs.map(\.reason), of: terminal, since: { _ in now }, open: open, now: now)
    }

    /// Keeps what changed with all terminals without their saying so, and forgets what is old. The server must have listened
    /// for as long as a terminal may be silent, or it would blame terminals for its own absence.
    func noteSilence(now: Instant) throws(ServerError) {
        let open = try openFaults("WHERE until_ms IS NULL", [])
        for report in try reports(of: try list(), zone: .utc, now: now) {
            let terminal = report.terminal
            try note(
                report.needs.map(\.reason), of: terminal,
                since: { reason in
                    switch reason {
                    case .notSeen: terminal.lastSeen ?? now
                    case .neverSeen: terminal.registered ?? now
                    case .notRegistered: report.codeExpires ?? terminal.created
                    default: now
                    }
                }, open: open[terminal.id] ?? [], now: now)
        }
        let old = now.advanced(byMilliseconds: -TerminalFault.daysKept * 86_400_000)
        try database.run("DELETE FROM terminal_faults WHERE until_ms < ?", [.instant(old)])
    }

    private func note(
        _ wrong: [TerminalNeed.Reason], of terminal: TerminalAccount, since: (TerminalNeed.Reason) -> Instant,
        open: Set<TerminalNeed.Reason>, now: Instant
    ) throws(ServerError) {
        let begun = wrong.filter { !open.contains($0) }
        // What was wrong before it went silent may still be: nobody knows until it is heard again.
        let ended = wrong.contains(.notSeen) ? [] : open.subtracting(wrong)
        guard !begun.isEmpty || !ended.isEmpty else { return }
        try database.transaction { session throws(ServerError) in
            for reason in ended {
                try session.run(
                    "UPDATE terminal_faults SET until_ms = ? WHERE terminal = ? AND reason = ? AND until_ms IS NULL",
                    [.instant(now), .id(terminal.id), .text(reason.rawValue)])
            }
            for reason in begun {
                // Another server on this database may have been faster.
                try session.run(
                    """
                    INSERT INTO terminal_faults (terminal, reason, since_ms, told) VALUES (?, ?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """,
                    [
                        .id(terminal.id), .text(reason.rawValue), .instant(since(reason)),
                        .text(orNull: terminal.word(for: reason)),
                    ])
            }
            try session.run(
                """
                DELETE FROM terminal_faults WHERE terminal = ? AND until_ms IS NOT NULL AND since_ms < (
                    SELECT since_ms FROM terminal_faults WHERE terminal = ? ORDER BY since_ms DESC LIMIT 1 OFFSET ?)
                """, [.id(terminal.id), .id(terminal.id), .integer(Int64(TerminalFault.mostKept - 1))])
        }
    }

    private func openFaults(
        _ condition: String, _ values: [SQLValue]
    ) throws(ServerError) -> [UUID: Set<TerminalNeed.Reason>] {
        let rows = try database.all("SELECT terminal, reason FROM terminal_faults \(condition)", values)
        return try ServerError.wrap { () throws(DatabaseError) in
            var open: [UUID: Set<TerminalNeed.Reason>] = [:]
            for row in rows {
                guard let reason = TerminalNeed.Reason(rawValue: try row.text("reason")) else { continue }
                open[try row.uuid("terminal"), default: []].insert(reason)
            }
            return open
        }
    }
}
