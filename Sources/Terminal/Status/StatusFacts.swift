import Attendance

/// What the stages know; moments are kept as they were on the boot clock and become ages when somebody asks.
public struct StatusFacts: Sendable, Equatable {
    /// What the camera does.
    public var camera = CameraStatus()
    /// Frames since the start.
    public var frames = FrameStatus()
    /// What recognition saw since the start.
    public var recognition = RecognitionStatus()
    /// `oldestSeconds` is not used; set `outboxOldest`.
    public var outbox = OutboxStatus()
    /// When the oldest mark that waits was made, on the boot clock.
    public var outboxOldest: Duration?
    /// `lastSuccessSeconds` is not used; set `lastSyncSuccess`.
    public var sync = SyncStatus()
    /// When the server was last spoken to with success, on the boot clock.
    public var lastSyncSuccess: Duration?
    /// Who may be recognised.
    public var roster = RosterStatus()
    /// How the wall clock is known.
    public var clock = ClockTrust.unknown
    /// The newest marks that the server rejected.
    public var rejectedMarks: [RejectedMarkStatus] = []
    /// Why frames cannot be looked at; nil when they can.
    public var visionError: String?
    /// Stages that make no progress, as the watchdog sees it.
    public var stalledStages: [String] = []
    /// What happens at the door now; not in the status.
    public var door = DoorFacts()
    /// How long marks took.
    public private(set) var latency = LatencyRecord()
    /// The newest first.
    public private(set) var lastMarks: [MarkStatus] = []

    static let marksKept = 20

    /// A mark was committed, `latency` after its face's first good frame.
    public mutating func recorded(_ mark: MarkStatus, latency span: Duration) {
        latency.add(span)
        lastMarks.insert(mark, at: 0)
        if lastMarks.count > Self.marksKept { lastMarks.removeLast() }
    }

    /// Why the terminal cannot do its work. A server that cannot be reached is not among them: marks wait for it.
    var problems: [String] {
        var problems: [String] = []
        switch camera.state {
        case .ok, .ended: break
        case .starting, .dark, .frozen, .noFrames, .lost:
            problems.append("camera \(camera.state.rawValue)" + (camera.reason.map { ": " + $0 } ?? ""))
        }
        if let visionError { problems.append("recognition: " + visionError) }
        if let alarm = outbox.alarm { problems.append("outbox: " + alarm) }
        if roster.cursor == nil { problems.append("no roster yet: nobody can be recognised") }
        problems += stalledStages.map { "\($0) makes no progress" }
        return problems
    }
}
