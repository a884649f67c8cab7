import Attendance
import FoundationEssentials

/// How the terminal is at one moment: the body of `/status`, and what `/healthz` and `/metrics` are made from.
public struct StatusSnapshot: Codable, Sendable, Equatable {
    /// The version that runs.
    public var version: String
    /// The boot of the machine.
    public var bootID: String
    /// Seconds since the daemon started.
    public var uptimeSeconds: Double
    /// Why the terminal cannot do its work, one line each; empty when it can.
    public var problems: [String]
    /// What the camera does.
    public var camera: CameraStatus
    /// Frames since the start.
    public var frames: FrameStatus
    /// What recognition saw since the start.
    public var recognition: RecognitionStatus
    /// How long marks took.
    public var latency: LatencyStatus
    /// The newest first.
    public var lastMarks: [MarkStatus]
    /// What the server rejected, the newest first.
    public var rejectedMarks: [RejectedMarkStatus]
    /// Marks that wait for the server.
    public var outbox: OutboxStatus
    /// How the last exchanges with the server went.
    public var sync: SyncStatus
    /// Who may be recognised.
    public var roster: RosterStatus
    /// How the wall clock is known.
    public var clock: ClockTrust
    /// Memory of the daemon.
    public var memory: MemoryStatus

    private enum CodingKeys: String, CodingKey {
        case version, problems, camera, frames, recognition, latency, outbox, sync, roster, clock, memory
        case bootID = "boot_id"
        case uptimeSeconds = "uptime_seconds"
        case lastMarks = "last_marks"
        case rejectedMarks = "rejected_marks"
    }

    /// As JSON, with keys in a fixed order; nil when a number is not finite, which no stage reports.
    public func json() -> [UInt8]? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { Array($0) + [UInt8(ascii: "\n")] }
    }

    /// Reads what `json()` wrote; nil for anything else.
    public static func read(json: [UInt8]) -> StatusSnapshot? {
        try? JSONDecoder().decode(StatusSnapshot.self, from: Data(json))
    }
}
