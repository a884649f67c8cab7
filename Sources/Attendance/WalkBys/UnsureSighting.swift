import FoundationEssentials

/// What the pipeline could not decide, and people are to decide.
public struct UnsureSighting: Sendable, Equatable {
    /// The people it may have been, the likeliest first: one or two.
    public var people: [UUID]
    /// When the face was first seen well: nanoseconds of CLOCK_BOOTTIME.
    public var bootTime: Int64
    /// Why nobody is marked.
    public var reason: UnsureWalkBy.Reason
    /// The reason in words, one line.
    public var detail: String
    /// Shots of the track.
    public var shots: Int
    /// How much speaks for the likeliest person, in nats.
    public var score: Double

    /// A sighting.
    public init(
        people: [UUID], bootTime: Int64, reason: UnsureWalkBy.Reason, detail: String, shots: Int, score: Double
    ) {
        self.people = people
        self.bootTime = bootTime
        self.reason = reason
        self.detail = detail
        self.shots = shots
        self.score = score
    }
}

/// What became of an unsure walk-by whose time was to be resolved.
public enum WalkByResolution: Sendable, Equatable {
    /// Its time was known before, belongs to another boot, or is still not certain enough.
    case unchanged
    /// With its true time and session. Its key has changed: of two with one key one is enough.
    case resolved(UnsureWalkBy)
    /// The true time lies on a day without school: with a known clock there would have been none.
    case noSchool
}

extension AttendancePolicy {
    /// The record of an unsure sighting, or nil on a day without school; while the clock is unknown there is always one, as
    /// with marks. `zone` must be the policy's `timeZone`; `id` a new UUIDv7.
    public func walkBy(
        id: UUID, of sighting: UnsureSighting, time: TrustedTime, zone: TimeZoneRules
    ) -> UnsureWalkBy? {
        let moment = time.moment(at: sighting.bootTime)
        guard let session = session(of: moment, zone: zone) else { return nil }
        return UnsureWalkBy(
            id: id, people: sighting.people, session: session, at: moment.at, bootID: time.bootID,
            bootTime: sighting.bootTime, clock: moment.clock, reason: sighting.reason, detail: sighting.detail,
            shots: sighting.shots, score: sighting.score)
    }

    /// Gives an unsure walk-by from while the clock was unknown its true time by its boot time, once `time` knows it.
    public func resolve(_ walkBy: UnsureWalkBy, time: TrustedTime, zone: TimeZoneRules) -> WalkByResolution {
        guard !walkBy.clock.isKnown, walkBy.bootID == time.bootID else { return .unchanged }
        let moment = time.moment(at: walkBy.bootTime)
        guard moment.clock.isKnown else { return .unchanged }
        guard let session = session(of: moment, zone: zone) else { return .noSchool }
        var resolved = walkBy
        resolved.at = moment.at
        resolved.clock = moment.clock
        resolved.session = session
        return .resolved(resolved)
    }
}
