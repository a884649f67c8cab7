import FoundationEssentials

/// What staff have decided for a person and a session.
public struct Correction: Sendable, Equatable {
    /// Its id.
    public let id: UUID
    /// When it was made: the newest counts.
    public let made: Instant
    /// The status from now on; nil takes the corrections before it back.
    public let status: RecordStatus?

    /// A correction.
    public init(id: UUID, made: Instant, status: RecordStatus?) {
        self.id = id
        self.made = made
        self.status = status
    }

    /// True if it counts before the other: of two that were made in one millisecond the one with the larger id.
    fileprivate func isNewer(than other: Correction) -> Bool {
        made == other.made ? id.uuidString > other.id.uuidString : made > other.made
    }
}

/// Days on which a person is excused, both ends included.
public struct Excuse: Sendable, Equatable {
    /// The first day.
    public let firstDay: LocalDate
    /// The last day.
    public let lastDay: LocalDate

    /// From the first day to the last; nothing where the last is before the first.
    public init(firstDay: LocalDate, lastDay: LocalDate) {
        self.firstDay = firstDay
        self.lastDay = lastDay
    }

    /// Whether it covers the day.
    public func covers(_ day: LocalDate) -> Bool { firstDay <= day && day <= lastDay }
}

/// Everything that a record follows from, for one person and one session.
public struct RecordBasis: Sendable, Equatable {
    /// The class that the person is in on that day; it decides the boundaries.
    public var className: String
    /// The session.
    public var session: SessionID
    /// Whether the school takes attendance on that day.
    public var hasSchool: Bool
    /// Marks of the person and session that nobody has voided, in any order; those without a known time say nothing.
    public var marks: [Mark]
    /// The corrections of the person and session, in any order.
    public var corrections: [Correction]
    /// The person's excuses that nobody has withdrawn; those of other days say nothing.
    public var excuses: [Excuse]
    /// Whether the session of the class is closed, and the person was to be there.
    public var isClosed: Bool

    /// A basis.
    public init(
        className: String, session: SessionID, hasSchool: Bool, marks: [Mark] = [], corrections: [Correction] = [],
        excuses: [Excuse] = [], isClosed: Bool = false
    ) {
        self.className = className
        self.session = session
        self.hasSchool = hasSchool
        self.marks = marks
        self.corrections = corrections
        self.excuses = excuses
        self.isClosed = isClosed
    }

    /// The mark that counts: of those with a known time the earliest, as `Mark.merge` has it.
    var decisiveMark: Mark? {
        let known = marks.filter(\.clock.isKnown)
        return known.dropFirst().reduce(known.first) { kept, mark in
            kept.map { Mark.merge(existing: $0, incoming: mark) }
        }
    }

    /// The status that staff have decided; nil where they have not, or took it back.
    var correctedStatus: RecordStatus? {
        guard let first = corrections.first else { return nil }
        return corrections.dropFirst().reduce(first) { $1.isNewer(than: $0) ? $1 : $0 }.status
    }

    var isExcused: Bool { excuses.contains { $0.covers(session.date) } }
}
