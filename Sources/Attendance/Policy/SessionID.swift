/// One attendance day in the school's time zone, for which a person gets at most one mark. "2026-09-01" in JSON.
public struct SessionID: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The day in the school's time zone.
    public let date: LocalDate

    /// The session of a day.
    public init(date: LocalDate) {
        self.date = date
    }

    /// "2026-09-01".
    public var description: String { date.description }

    /// Earlier sessions come first.
    public static func < (left: SessionID, right: SessionID) -> Bool { left.date < right.date }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        date = try LocalDate(from: decoder)
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        try date.encode(to: encoder)
    }
}
