/// A moment in UTC, in milliseconds since 1970-01-01T00:00:00Z (leap seconds not counted). A plain integer in JSON.
public struct Instant: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Milliseconds since 1970, negative before it.
    public var milliseconds: Int64

    /// A moment from its milliseconds since 1970.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Whole seconds since 1970, rounded down: 09:00:00.999 is 09:00:00.
    public var seconds: Int64 { milliseconds.dividedDown(by: 1000) }

    /// The moments that a mark and the wire may carry: 1970-01-01 to 9999-12-31, the last second included.
    public static let valid = Instant(milliseconds: 0)...Instant(milliseconds: 253_402_300_799_999)

    /// The moments that a clock in use can show: 2024-01-01 until 2100-01-01. A clock outside of it was never set.
    public static let plausible = Instant(milliseconds: 1_704_067_200_000)..<Instant(milliseconds: 4_102_444_800_000)

    /// This moment moved into `valid`.
    public var clamped: Instant { min(max(self, Instant.valid.lowerBound), Instant.valid.upperBound) }

    /// The moment so many milliseconds later; stays at the end of the range instead of overflowing.
    public func advanced(byMilliseconds distance: Int64) -> Instant {
        Instant(milliseconds: milliseconds.addingSaturated(distance))
    }

    /// UTC, as RFC 3339 with milliseconds, for logs.
    public var description: String {
        let local = TimeZoneRules.utc.local(of: seconds)
        return "\(local.date)T\(local.time).\(padded(Int(milliseconds.remainder(of: 1000)), to: 3))Z"
    }

    /// Earlier moments come first.
    public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    /// Reads a plain integer.
    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes a plain integer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}
