/// A day of the proleptic Gregorian calendar, years 0000 to 9999. "2026-09-01" in JSON.
public struct LocalDate: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Days since 1970-01-01, negative before it.
    public let daysSince1970: Int

    /// A day. Throws `AttendanceError.invalidDate` for a day that the calendar does not have.
    public init(year: Int, month: Int, day: Int) throws(AttendanceError) {
        guard 0...9999 ~= year, 1...12 ~= month, 1...Gregorian.days(in: month, of: year) ~= day else {
            throw .invalidDate("\(year)-\(month)-\(day)")
        }
        daysSince1970 = Gregorian.days(before: year) + Gregorian.days(before: month, of: year) + day - 1
    }

    /// Reads "YYYY-MM-DD". Throws `AttendanceError.invalidDate`.
    public init(_ text: String) throws(AttendanceError) {
        let parts = Array(text.utf8).split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], let year = decimal(parts[0]), let month = decimal(parts[1]),
            let day = decimal(parts[2]), let date = try? LocalDate(year: year, month: month, day: day)
        else { throw .invalidDate(text) }
        self = date
    }

    /// A day by its distance from 1970-01-01; days beyond the years 0000 to 9999 become the first or the last day.
    public init(daysSince1970: Int) {
        self.daysSince1970 = min(max(daysSince1970, -719_528), 2_932_896)
    }

    /// 0 to 9999.
    public var year: Int { Gregorian.year(of: daysSince1970) }
    /// 1 to 12.
    public var month: Int { Gregorian.month(ofDay: daysSince1970 - Gregorian.days(before: year), of: year) }
    /// 1 to 31.
    public var day: Int {
        let year = self.year
        return daysSince1970 - Gregorian.days(before: year) - Gregorian.days(before: month, of: year) + 1
    }
    /// Monday to Sunday.
    public var weekday: Weekday { Weekday(daysSince1970: daysSince1970) }

    /// "2026-09-01".
    public var description: String { "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))" }

    /// Earlier days come first.
    public static func < (left: LocalDate, right: LocalDate) -> Bool { left.daysSince1970 < right.daysSince1970 }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
