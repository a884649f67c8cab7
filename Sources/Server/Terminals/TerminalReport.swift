import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// A terminal as staff see it: who it is, how it is, and what it needs.
struct TerminalReport: Sendable, Equatable, Encodable {
    /// Whether it may talk to the server.
    enum State: String, Sendable, Encodable {
        case good
        /// It was never registered.
        case unregistered
        case revoked
    }

    let terminal: TerminalAccount
    /// The classes that it serves; empty for every class.
    let classes: [UUID]
    let codeExpires: Instant?
    /// Changes of the roster that it does not have yet; nil until it had a whole roster.
    let rosterBehind: Int64?
    let needs: [TerminalNeed]

    var state: State {
        if terminal.revoked != nil { return .revoked }
        return terminal.registered == nil ? .unregistered : .good
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, state, classes, created, registered, revoked, version, camera, outbox, roster, clock, needs
        case lastSeen = "last_seen"
        case codeExpires = "code_expires"
        case uptime = "uptime_s"
        case memory = "memory_bytes"
    }

    private struct Outbox: Encodable {
        let waiting: Int
        let oldest: Int64?
        let rejected: Int
        let alarm: String?

        enum CodingKeys: String, CodingKey {
            case waiting, rejected, alarm
            case oldest = "oldest_s"
        }
    }

    private struct Roster: Encodable {
        let people: Int
        let cursor: String?
        let behind: Int64?
    }

    private struct TerminalClock: Encodable {
        let trust: ClockTrust
        let offset: Int64?

        enum CodingKeys: String, CodingKey {
            case trust
            case offset = "offset_ms"
        }
    }

    /// Writes ids in lower case and times as RFC 3339; what no heartbeat has told is null.
    func encode(to encoder: any Encoder) throws {
        let told = terminal.heartbeat
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(terminal.id.lowercased, forKey: .id)
        try values.encode(terminal.name, forKey: .name)
        try values.encode(state, forKey: .state)
        try values.encode(classes.map(\.lowercased), forKey: .classes)
        try values.encode(terminal.created.description, forKey: .created)
        try values.encode(terminal.registered?.description, forKey: .registered)
        try values.encode(terminal.revoked?.description, forKey: .revoked)
        try values.encode(terminal.lastSeen?.description, forKey: .lastSeen)
        try values.encode(codeExpires?.description, forKey: .codeExpires)
        try values.encode(told?.version, forKey: .version)
        try values.encode(told?.uptimeSeconds, forKey: .uptime)
        try values.encode(told?.memoryBytes, forKey: .memory)
        try values.encode(told?.camera, forKey: .camera)
        try values.encode(
            told.map {
                Outbox(
                    waiting: $0.outboxDepth, oldest: $0.outboxOldestSeconds, rejected: $0.outboxRejected,
                    alarm: $0.outboxAlarm)
            }, forKey: .outbox)
        try values.encode(
            told.map { Roster(people: $0.rosterPeople, cursor: $0.rosterCursor, behind: rosterBehind) },
            forKey: .roster)
        try values.encode(
            told.map { TerminalClock(trust: $0.clock, offset: terminal.clockOffset) }, forKey: .clock)
        try values.encode(needs, forKey: .needs)
    }
}

extension TerminalStore {
    /// What there is to say of each of the terminals.
    func reports(
        of terminals: [TerminalAccount], newestVersion: String = serverVersion, now: Instant
    ) throws(ServerError) -> [TerminalReport] {
        let revision = try RosterStore.revision(database)
        let classRows = try database.all("SELECT terminal, class FROM terminal_classes ORDER BY terminal, class")
        let codeRows = try database.all("SELECT terminal, expires_ms FROM registrations WHERE used_ms IS NULL")
        var classes: [UUID: [UUID]] = [:]
        var codes: [UUID: Instant] = [:]
        try ServerError.wrap { () throws(DatabaseError) in
            for row in classRows { classes[try row.uuid("terminal"), default: []].append(try row.uuid("class")) }
            for row in codeRows { codes[try row.uuid("terminal")] = try row.instant("expires_ms") }
        }
        return terminals.map { terminal in
            let inspection = TerminalInspection(
                terminal: terminal, codeExpires: codes[terminal.id], newestVersion: newestVersion, now: now)
            return TerminalReport(
                terminal: terminal, classes: classes[terminal.id] ?? [], codeExpires: codes[terminal.id],
                rosterBehind: terminal.rosterRevision.map { max(0, revision - $0) }, needs: inspection.needs)
        }
    }
}
