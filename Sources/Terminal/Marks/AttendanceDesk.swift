import Attendance
import FoundationEssentials
import Identification

/// The policy and its time zone, which go together.
public struct SchoolTime: Sendable, Equatable {
    /// Times, school days and days off.
    public var policy: AttendancePolicy
    /// The rules of the policy's time zone.
    public var zone: TimeZoneRules

    /// A policy with the rules of the zone it names.
    public init(policy: AttendancePolicy, zone: TimeZoneRules) {
        self.policy = policy
        self.zone = zone
    }
}

/// Turns recognitions into durable marks, and what stayed unsure into durable walk-bys.
public struct AttendanceDesk {
    /// What became of a recognition.
    public enum Outcome: Sendable, Equatable {
        /// A new mark is on the disk.
        case recorded(Mark)
        /// The person has a mark in this session already.
        case alreadyMarked
        /// There is no school on that day.
        case noSession
    }

    private let outbox: Outbox
    private var ids = UUIDv7Generator()

    /// A desk that writes to `outbox`.
    public init(outbox: Outbox) { self.outbox = outbox }

    /// Records a recognition at the time of its first good frame; returns when the mark is durable.
    public mutating func record(
        _ recognition: Recognition, time: TrustedTime, school: SchoolTime
    ) throws(OutboxError) -> Outcome {
        let sighting = Sighting(
            person: recognition.person.id, className: recognition.person.className,
            bootTime: recognition.firstGoodFrame.nanoseconds, shots: recognition.candidate.shots,
            score: Mark.score(recognition.candidate.score))
        let id = ids.next(at: time.moment(at: sighting.bootTime).at)
        guard let mark = school.policy.mark(id: id, of: sighting, time: time, zone: school.zone) else {
            return .noSession
        }
        switch try outbox.record(mark) {
        case .recorded: return .recorded(mark)
        case .alreadyMarked: return .alreadyMarked
        }
    }

    /// What became of an unsure recognition.
    public enum UnsureOutcome: Sendable, Equatable {
        /// It is on the disk.
        case recorded(UnsureWalkBy)
        /// One of the session, the people and the reason is there already.
        case alreadyThere
        /// There is no school on that day, or it names nobody.
        case nothingToDecide
    }

    /// Records what people are to decide, at the time of the first good frame; returns when it is durable.
    public mutating func record(
        _ unsure: UnsureRecognition, time: TrustedTime, school: SchoolTime
    ) throws(OutboxError) -> UnsureOutcome {
        guard let reason = unsure.reason.word else { return .nothingToDecide }
        let sighting = UnsureSighting(
            people: unsure.people.map(\.id), bootTime: unsure.firstGoodFrame.nanoseconds, reason: reason,
            detail: unsure.reason.description, shots: unsure.shots, score: Mark.score(unsure.score))
        let id = ids.next(at: time.moment(at: sighting.bootTime).at)
        guard let walkBy = school.policy.walkBy(id: id, of: sighting, time: time, zone: school.zone) else {
            return .nothingToDecide
        }
        return try outbox.record(walkBy) ? .recorded(walkBy) : .alreadyThere
    }
}
