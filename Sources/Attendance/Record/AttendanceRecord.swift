import FoundationEssentials

/// What a record says of a person and a session.
public enum RecordStatus: String, Sendable, Codable, CaseIterable {
    case present, late, absent, excused

    /// The status of a mark.
    public init(_ status: AttendanceStatus) {
        switch status {
        case .present: self = .present
        case .late: self = .late
        case .absent: self = .absent
        }
    }
}

/// What stands for a person and a session. It follows from a `RecordBasis` and from nothing else.
public struct AttendanceRecord: Sendable, Equatable {
    /// What made the status.
    public enum Cause: String, Sendable, Codable, CaseIterable {
        /// The person was seen.
        case mark
        /// Staff said so.
        case correction
        /// The person is excused, and was not seen in time.
        case excuse
        /// The session ended, and the person was not seen.
        case closing
    }

    /// Present, Late, Absent or Excused.
    public let status: RecordStatus
    /// What made it so.
    public let cause: Cause
    /// The mark that decided; nil for another cause.
    public let mark: UUID?
    /// When the person was first seen, whatever decided; nil for somebody who was not.
    public let at: Instant?

    /// A record.
    public init(status: RecordStatus, cause: Cause, mark: UUID? = nil, at: Instant? = nil) {
        self.status = status
        self.cause = cause
        self.mark = mark
        self.at = at
    }
}
