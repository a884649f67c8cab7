/// A time as the clock on the wall shows it, in whole seconds, 00:00:00 to 23:59:59. "09:00:00" in JSON.
public struct TimeOfDay: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Seconds since 00:00:00 on the face of the clock, 0 to 86,399.
    public let secondsOfDay: Int

    /// A time of day. Throws `AttendanceError.invalidTimeOfDay` outside of 00:00:00 to 23:59:59.
    public init(hour: Int, minute: Int, second: Int = 0) throws(AttendanceError) {
        guard 0..<24 ~= hour, 0..<60 ~= minute, 0..<60 ~= second else {
            throw .invalidTimeOfDay("\(hour):\(minute):\(second)")
        }
        secondsOfDay = hour * 3600 + minute * 60 + second
    }

    /// Reads "HH:MM:SS" or "HH:MM". Throws `AttendanceError.invalidTimeOfDay`.
    public init(_ text: String) throws(AttendanceError) {
        let parts = Array(text.utf8).split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.count == 2 ? decimal($0) : nil }
        guard numbers.count == parts.count, 2...3 ~= numbers.count,
            let time = try? TimeOfDay(hour: numbers[0], minute: numbers[1], second: numbers.count == 3 ? numbers[2] : 0)
        else { throw .invalidTimeOfDay(text) }
        self = time
    }

    /// `secondsOfDay` must be below 86,400; for the module's own constants and remainders.
    init(secondsOfDay: Int) {
        self.secondsOfDay = secondsOfDay
    }

    /// 0 to 23.
    public var hour: Int { secondsOfDay / 3600 }
    /// 0 to 59.
    public var minute: Int { secondsOfDay / 60 % 60 }
    /// 0 to 59.
    public var second: Int { secondsOfDay % 60 }

    /// "09:00:00".
    public var description: String { "\(padded(hour, to: 2)):\(padded(minute, to: 2)):\(padded(second, to: 2))" }

    /// Earlier times come first.
    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.secondsOfDay < right.secondsOfDay }

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
