import FoundationEssentials

/// "This person was seen at this terminal at this time", with the status that follows from it.
public struct Mark: Sendable, Equatable, Codable {
    /// A UUIDv7 made on the terminal; the same for ever, also after the time is resolved.
    public var id: UUID
    /// The person of the roster.
    public var person: UUID
    /// The attendance day. A guess while `clock` is unknown.
    public var session: SessionID
    /// When the person was seen. A guess while `clock` is unknown.
    public var at: Instant
    /// Present, Late or Absent by the policy. A guess while `clock` is unknown.
    public var status: AttendanceStatus
    /// The boot of the terminal in which `bootTime` counts.
    public var bootID: UUID
    /// When the person was seen, in nanoseconds of CLOCK_BOOTTIME of that boot.
    public var bootTime: Int64
    /// How `at` was known.
    public var clock: ClockTrust
    /// How many shots of the track agreed, 0 to `maximumShots`.
    public var shots: Int
    /// How sure the decision was, by the measure of its rule; finite, 0 to `maximumScore`.
    public var score: Double

    /// No track has more shots.
    public static let maximumShots = 100_000
    /// No rule gives a higher score.
    public static let maximumScore = 1000.0

    /// A decision's score as a mark may carry it.
    public static func score(_ value: Float) -> Double { min(max(0, Double(value)), maximumScore) }

    /// A mark as given; `validate` checks it.
    public init(
        id: UUID, person: UUID, session: SessionID, at: Instant, status: AttendanceStatus, bootID: UUID,
        bootTime: Int64, clock: ClockTrust, shots: Int, score: Double
    ) {
        self.id = id
        self.person = person
        self.session = session
        self.at = at
        self.status = status
        self.bootID = bootID
        self.bootTime = bootTime
        self.clock = clock
        self.shots = shots
        self.score = score
    }

    /// Throws `AttendanceError.invalidMark` for a value out of its range. What passes can be stored, sent and read back.
    public func validate() throws(AttendanceError) {
        guard Instant.valid ~= at else {
            throw .invalidMark(field: "at_ms", reason: "\(at.milliseconds) is outside of the years 1970 to 9999")
        }
        guard bootTime >= 0 else { throw .invalidMark(field: "boot_time_ns", reason: "\(bootTime) is negative") }
        guard 0...Mark.maximumShots ~= shots else {
            throw .invalidMark(field: "shots", reason: "\(shots) is not in 0 to \(Mark.maximumShots)")
        }
        guard score.isFinite, 0...Mark.maximumScore ~= score else {
            throw .invalidMark(field: "score", reason: "\(score) is not in 0 to \(Mark.maximumScore)")
        }
    }

    private enum CodingKeys: String, CodingKey {
        case id, person, session, status, clock, shots, score
        case at = "at_ms"
        case bootID = "boot_id"
        case bootTime = "boot_time_ns"
    }

    /// Reads and validates a mark.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            id: values.decode(UUID.self, forKey: .id), person: values.decode(UUID.self, forKey: .person),
            session: values.decode(SessionID.self, forKey: .session), at: values.decode(Instant.self, forKey: .at),
            status: values.decode(AttendanceStatus.self, forKey: .status),
            bootID: values.decode(UUID.self, forKey: .bootID), bootTime: values.decode(Int64.self, forKey: .bootTime),
            clock: values.decode(ClockTrust.self, forKey: .clock), shots: values.decode(Int.self, forKey: .shots),
            score: values.decode(Double.self, forKey: .score))
        try validate()
    }
}
