import Attendance
import FoundationEssentials

/// A terminal's health, sent every minute or so.
public struct Heartbeat: WireMessage, Codable {
    /// The terminal's version, such as "0.1.0".
    public var version: String
    /// The boot of the terminal.
    public var bootID: UUID
    /// Seconds since the daemon started.
    public var uptimeSeconds: Int64
    /// "running", or in one line why there is no picture.
    public var camera: String
    /// Frames since the daemon started.
    public var framesDelivered: Int64
    /// Frames lost because a newer one won, since the daemon started.
    public var framesDropped: Int64
    /// The cursor of the last roster delta applied; nil before the first.
    public var rosterCursor: String?
    /// People on the roster.
    public var rosterPeople: Int
    /// Marks not yet acknowledged.
    public var outboxDepth: Int
    /// Seconds since the oldest of them was made; nil if there is none.
    public var outboxOldestSeconds: Int64?
    /// Marks that the server rejected and that are kept apart.
    public var outboxRejected: Int
    /// Unsure walk-bys not yet acknowledged; nil from terminals that do not tell.
    public var outboxWalkBys: Int?
    /// What is wrong with the outbox (disk full, salvaged) in one line; nil if nothing is.
    public var outboxAlarm: String?
    /// How the terminal knows its time now.
    public var clock: ClockTrust
    /// Resident memory of the daemon.
    public var memoryBytes: Int64
    /// What the terminal's wall clock shows as it sends this, right or wrong; nil from terminals that do not tell.
    public var time: Instant?

    /// Bytes of a line of text.
    public static let maximumLineBytes = 200
    /// What an error calls the message.
    public static let wireName = "heartbeat"
    /// Generous.
    public static let maximumBytes = 16 << 10

    /// A heartbeat; `json` validates it.
    public init(
        version: String, bootID: UUID, uptimeSeconds: Int64, camera: String, framesDelivered: Int64 = 0,
        framesDropped: Int64 = 0, rosterCursor: String?, rosterPeople: Int, outboxDepth: Int,
        outboxOldestSeconds: Int64?, outboxRejected: Int = 0, outboxWalkBys: Int? = nil,
        outboxAlarm: String? = nil, clock: ClockTrust, memoryBytes: Int64, time: Instant? = nil
    ) {
        self.version = version
        self.bootID = bootID
        self.uptimeSeconds = uptimeSeconds
        self.camera = camera
        self.framesDelivered = framesDelivered
        self.framesDropped = framesDropped
        self.rosterCursor = rosterCursor
        self.rosterPeople = rosterPeople
        self.outboxDepth = outboxDepth
        self.outboxOldestSeconds = outboxOldestSeconds
        self.outboxRejected = outboxRejected
        self.outboxWalkBys = outboxWalkBys
        self.outboxAlarm = outboxAlarm
        self.clock = clock
        self.memoryBytes = memoryBytes
        self.time = time
    }

    /// Throws `SyncProtocolError.invalid` for text that is not one short line, a bad cursor, a negative count or a time out
    /// of range.
    public func validate() throws(SyncProtocolError) {
        let lines = [("version", version), ("camera", camera), ("outbox_alarm", outboxAlarm ?? "none")]
        for (name, line) in lines {
            try require(Check.isLine(line, limit: Heartbeat.maximumLineBytes), name, "it is not one short line")
        }
        try require(rosterCursor.map(RosterDelta.isCursor) ?? true, "roster_cursor", "it is not a cursor")
        let counts = [
            ("uptime_s", uptimeSeconds), ("frames_delivered", framesDelivered), ("frames_dropped", framesDropped),
            ("roster_people", Int64(rosterPeople)), ("outbox_depth", Int64(outboxDepth)),
            ("outbox_oldest_s", outboxOldestSeconds ?? 0), ("outbox_rejected", Int64(outboxRejected)),
            ("outbox_walk_bys", Int64(outboxWalkBys ?? 0)), ("memory_bytes", memoryBytes),
        ]
        for (name, count) in counts {
            try require(count >= 0, name, "\(count) is negative")
        }
        try require(time.map { Instant.valid ~= $0 } ?? true, "time_ms", "it is out of range")
    }

    private enum CodingKeys: String, CodingKey {
        case version, camera, clock
        case bootID = "boot_id"
        case uptimeSeconds = "uptime_s"
        case framesDelivered = "frames_delivered"
        case framesDropped = "frames_dropped"
        case rosterCursor = "roster_cursor"
        case rosterPeople = "roster_people"
        case outboxDepth = "outbox_depth"
        case outboxOldestSeconds = "outbox_oldest_s"
        case outboxRejected = "outbox_rejected"
        case outboxWalkBys = "outbox_walk_bys"
        case outboxAlarm = "outbox_alarm"
        case memoryBytes = "memory_bytes"
        case time = "time_ms"
    }
}

/// The answer to a `Heartbeat`.
public struct HeartbeatReply: WireMessage, Codable {
    /// The server's clock when it answered.
    public var serverTime: Instant

    /// What an error calls the message.
    public static let wireName = "heartbeat reply"
    /// Generous.
    public static let maximumBytes = 4 << 10

    /// A reply.
    public init(serverTime: Instant) {
        self.serverTime = serverTime
    }

    /// Throws `SyncProtocolError.invalid` for a time out of range.
    public func validate() throws(SyncProtocolError) {
        try require(Instant.valid ~= serverTime, "server_time_ms", "\(serverTime.milliseconds) is out of range")
    }

    private enum CodingKeys: String, CodingKey {
        case serverTime = "server_time_ms"
    }
}
