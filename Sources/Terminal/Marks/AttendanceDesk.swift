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

/// Turns recognitions into durable marks.
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
}
