import FoundationEssentials

/// "Somebody passed this terminal at this time who is perhaps this person": what the terminal could not decide, for people
/// to decide. It holds no picture and no descriptor.
public struct UnsureWalkBy: Sendable, Equatable, Codable {
    /// Why nobody was marked.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        /// The face may be a picture of the person.
        case suspicious
        /// The movement that was asked for did not come as it should.
        case challengeFailed = "challenge_failed"
        /// Two people look alike, and the shots do not tell them apart.
        case lookAlikes = "look_alikes"
        /// Two people are about equally likely.
        case twoPeopleLikely = "two_people_likely"
        /// Too little speaks for the likeliest person.
        case littleEvidence = "little_evidence"
    }

    /// A UUIDv7 made on the terminal; the same for ever, also after the time is resolved.
    public var id: UUID
    /// The people it may have been, the likeliest first: one or two, each once.
    public var people: [UUID]
    /// The attendance day. A guess while `clock` is unknown.
    public var session: SessionID
    /// When the face was first seen well. A guess while `clock` is unknown.
    public var at: Instant
    /// The boot of the terminal in which `bootTime` counts.
    public var bootID: UUID
    /// When the face was first seen well, in nanoseconds of CLOCK_BOOTTIME of that boot.
    public var bootTime: Int64
    /// How `at` was known.
    public var clock: ClockTrust
    /// Why nobody was marked.
    public var reason: Reason
    /// The reason in the terminal's words: one line of 1 to `maximumDetailBytes` bytes.
    public var detail: String
    /// Shots of the track, 0 to `Mark.maximumShots`.
    public var shots: Int
    /// How much speaks for the likeliest person, in nats; finite, 0 to `Mark.maximumScore`.
    public var score: Double

    /// Bytes of a detail in UTF-8.
    public static let maximumDetailBytes = 200
    /// It was one of so many people at most.
    public static let maximumPeople = 2

    /// A walk-by as given; `validate` checks it.
    public init(
        id: UUID, people: [UUID], session: SessionID, at: Instant, bootID: UUID, bootTime: Int64, clock: ClockTrust,
        reason: Reason, detail: String, shots: Int, score: Double
    ) {
        self.id = id
        self.people = people
        self.session = session
        self.at = at
        self.bootID = bootID
        self.bootTime = bootTime
        self.clock = clock
        self.reason = reason
        self.detail = detail
        self.shots = shots
        self.score = score
    }

    /// Which walk-bys say the same: equal keys mean the same people, session and reason. Store it UNIQUE, so that somebody
    /// who stands there, or a picture that is held up all morning, is told of once. While the clock is unknown the session
    /// is a guess; there is one an hour of boot time then, as with `Mark.key`.
    public var key: String {
        let who = people.map(\.uuidString).sorted().joined(separator: " ")
        let when = clock.isKnown ? "\(session)" : "\(bootID.uuidString) \(bootTime / 3_600_000_000_000)"
        return "\(who) \(reason.rawValue) \(when)"
    }

    /// Throws `AttendanceError.invalidWalkBy` for a value out of its range. What passes can be stored, sent and read back.
    public func validate() throws(AttendanceError) {
        try require(1...Self.maximumPeople ~= people.count, "people", "\(people.count) of them")
        try require(Set(people).count == people.count, "people", "one comes twice")
        try require(Instant.valid ~= at, "at_ms", "\(at.milliseconds) is outside of the years 1970 to 9999")
        try require(bootTime >= 0, "boot_time_ns", "\(bootTime) is negative")
        try require(Self.isDetail(detail), "detail", "it is not one line of 1 to \(Self.maximumDetailBytes) bytes")
        try require(0...Mark.maximumShots ~= shots, "shots", "\(shots) is not in 0 to \(Mark.maximumShots)")
        try require(
            score.isFinite && 0...Mark.maximumScore ~= score, "score", "\(score) is not in 0 to \(Mark.maximumScore)")
    }

    private func require(_ isRight: Bool, _ field: String, _ reason: @autoclosure () -> String) throws(AttendanceError)
    {
        guard isRight else { throw .invalidWalkBy(field: field, reason: reason()) }
    }

    private static func isDetail(_ text: String) -> Bool {
        1...maximumDetailBytes ~= text.utf8.count
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator: false
                default: true
                }
            }
    }

    private enum CodingKeys: String, CodingKey {
        case id, people, session, clock, reason, detail, shots, score
        case at = "at_ms"
        case bootID = "boot_id"
        case bootTime = "boot_time_ns"
    }

    /// Reads and validates a walk-by.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            id: values.decode(UUID.self, forKey: .id), people: values.decode([UUID].self, forKey: .people),
            session: values.decode(SessionID.self, forKey: .session), at: values.decode(Instant.self, forKey: .at),
            bootID: values.decode(UUID.self, forKey: .bootID), bootTime: values.decode(Int64.self, forKey: .bootTime),
            clock: values.decode(ClockTrust.self, forKey: .clock), reason: values.decode(Reason.self, forKey: .reason),
            detail: values.decode(String.self, forKey: .detail), shots: values.decode(Int.self, forKey: .shots),
            score: values.decode(Double.self, forKey: .score))
        try validate()
    }
}
