import FoundationEssentials

/// A decision of the pipeline that is to become a mark.
public struct Sighting: Sendable, Equatable {
    /// The person.
    public var person: UUID
    /// The person's class, which decides the boundaries.
    public var className: String
    /// When the person was seen: nanoseconds of CLOCK_BOOTTIME.
    public var bootTime: Int64
    /// How many shots agreed.
    public var shots: Int
    /// How sure the decision was.
    public var score: Double

    /// A sighting.
    public init(person: UUID, className: String, bootTime: Int64, shots: Int, score: Double) {
        self.person = person
        self.className = className
        self.bootTime = bootTime
        self.shots = shots
        self.score = score
    }
}

/// What became of a mark whose time was to be resolved.
public enum TimeResolution: Sendable, Equatable {
    /// Its time was known before, belongs to another boot, or is still not certain enough.
    case unchanged
    /// The mark with its true time, session and status. Its key has changed: merge it with the mark that has the key.
    case resolved(Mark)
    /// The true time lies on a day without school: with a known clock there would have been no mark.
    case noSchool(at: Instant)
}

extension AttendancePolicy {
    /// The mark of a sighting, or nil on a day without school. While the clock is unknown nobody can say which day it is:
    /// then there is always a mark, with its session and status as guesses.
    /// `zone` must be the policy's `timeZone`; `id` a new UUIDv7.
    public func mark(id: UUID, of sighting: Sighting, time: TrustedTime, zone: TimeZoneRules) -> Mark? {
        let moment = time.moment(at: sighting.bootTime)
        guard let session = session(of: moment, zone: zone) else { return nil }
        return Mark(
            id: id, person: sighting.person, session: session, at: moment.at,
            status: status(for: sighting.className, at: moment.at, zone: zone), bootID: time.bootID,
            bootTime: sighting.bootTime, clock: moment.clock, shots: sighting.shots, score: sighting.score)
    }

    /// Gives a mark that was made while the clock was unknown its true time by its boot time, once `time` knows it.
    public func resolve(
        _ mark: Mark, className: String, time: TrustedTime, zone: TimeZoneRules
    ) -> TimeResolution {
        guard !mark.clock.isKnown, mark.bootID == time.bootID else { return .unchanged }
        let moment = time.moment(at: mark.bootTime)
        guard moment.clock.isKnown else { return .unchanged }
        guard let session = session(of: moment, zone: zone) else { return .noSchool(at: moment.at) }
        var resolved = mark
        resolved.at = moment.at
        resolved.clock = moment.clock
        resolved.session = session
        resolved.status = status(for: className, at: moment.at, zone: zone)
        return .resolved(resolved)
    }

    /// The session of a moment, or nil on a day without school; the guessed day while the clock is unknown.
    func session(of moment: TrustedMoment, zone: TimeZoneRules) -> SessionID? {
        guard moment.clock.isKnown else { return SessionID(date: zone.local(of: moment.at.seconds).date) }
        return session(at: moment.at, zone: zone)
    }
}
