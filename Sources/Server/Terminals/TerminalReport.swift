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
    /// The school's time zone, in which the report's times are sent.
    let zone: TimeZoneRules

    var state: State {
        if terminal.revoked != nil { return .revoked }
        return terminal.registered == nil ? .unregistered : .good
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, state, classes, version, camera, outbox, roster, clock, needs
        case created = "created_at"
        case registered = "registered_at"
        case revoked = "revoked_at"
        case lastSeen = "last_seen_at"
        case codeExpires = "code_expires_at"
        case uptime = "uptime_s"
        case memory = "memory_bytes"
    }

    private enum OutboxKeys: String, CodingKey {
        case waiting, rejected, alarm
        case oldest = "oldest_s"
        case walkBys = "walk_bys"
    }

    private enum RosterKeys: CodingKey { case people, cursor, behind }

    private enum ClockKeys: String, CodingKey {
        case trust
        case offset = "offset_ms"
    }

    /// Writes ids in lower case and times as RFC 3339; what no heartbeat has told is null.
    func encode(to encoder: any Encoder) throws {
        let told = terminal.heartbeat
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(terminal.id.lowercased, forKey: .id)
        try values.encode(terminal.name, forKey: .name)
        try values.encode(state, forKey: .state)
        try values.encode(classes.map(\.lowercased), forKey: .classes)
        try values.encode(zone.text(of: terminal.created), forKey: .created)
        try values.encode(terminal.registered.map(zone.text(of:)), forKey: .registered)
        try values.encode(terminal.revoked.map(zone.text(of:)), forKey: .revoked)
        try values.encode(terminal.lastSeen.map(zone.text(of:)), forKey: .lastSeen)
        try values.encode(codeExpires.map(zone.text(of:)), forKey: .codeExpires)
        try values.encode(told?.version, forKey: .version)
        try values.encode(told?.uptimeSeconds, forKey: .uptime)
        try values.encode(told?.memoryBytes, forKey: .memory)
        try values.encode(told?.camera, forKey: .camera)
        try values.encode(needs, forKey: .needs)
        guard let told else {
            for key in [CodingKeys.outbox, .roster, .clock] { try values.encodeNil(forKey: key) }
            return
        }
        var outbox = values.nestedContainer(keyedBy: OutboxKeys.self, forKey: .outbox)
        try outbox.encode(told.outboxDepth, forKey: .waiting)
        try outbox.encode(told.outboxOldestSeconds, forKey: .oldest)
        try outbox.encode(told.outboxRejected, forKey: .rejected)
        try outbox.encode(told.outboxWalkBys, forKey: .walkBys)
        try outbox.encode(told.outboxAlarm, forKey: .alarm)
        var roster = values.nestedContainer(keyedBy: RosterKeys.self, forKey: .roster)
        try roster.encode(told.rosterPeople, forKey: .people)
        try roster.encode(told.rosterCursor, forKey: .cursor)
        try roster.encode(rosterBehind, forKey: .behind)
        var clock = values.nestedContainer(keyedBy: ClockKeys.self, forKey: .clock)
        try clock.encode(told.clock, forKey: .trust)
        try clock.encode(terminal.clockOffset, forKey: .offset)
    }
}

extension TerminalStore {
    /// What there is to say of each of the terminals.
    func reports(
        of terminals: [TerminalAccount], newestVersion: String = serverVersion, zone: TimeZoneRules, now: Instant
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
                terminal: terminal, codeExpires: codes[terminal.id], newestVersion: newestVersion, zone: zone, now: now)
            return TerminalReport(
                terminal: terminal, classes: classes[terminal.id] ?? [], codeExpires: codes[terminal.id],
                rosterBehind: terminal.rosterRevision.map { max(0, revision - $0) }, needs: inspection.needs,
                zone: zone)
        }
    }
}

extension ServerDatabase {
    /// What there is to say of each of the terminals, in the school's time zone.
    func reports(of found: [TerminalAccount], now: Instant) throws(ServerError) -> [TerminalReport] {
        try terminals.reports(of: found, zone: try policies.current().zone, now: now)
    }
}
