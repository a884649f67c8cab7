/// What the clock on the wall shows at a moment in a time zone.
public struct LocalTime: Sendable, Equatable {
    /// The day.
    public let date: LocalDate
    /// The time of day, in whole seconds.
    public let time: TimeOfDay
    /// Seconds ahead of UTC, negative west of Greenwich.
    public let offset: Int
}

/// A time zone, read from the bytes of a TZif file (RFC 9636, versions 1 to 4), as in /usr/share/zoneinfo.
public struct TimeZoneRules: Sendable, Equatable {
    /// The IANA name, such as "Europe/London".
    public let name: String

    /// When the offset changes, in seconds since 1970, ascending.
    private let transitions: [Int64]
    /// The offset from the transition of the same index on, in seconds ahead of UTC.
    private let offsets: [Int32]
    /// The offset before the first transition.
    private let firstOffset: Int32
    /// The rule that goes on after the last transition.
    private let rule: PosixTimeZone?

    /// Coordinated universal time.
    public static let utc = TimeZoneRules(utc: "UTC")

    private init(utc name: String) {
        self.name = name
        (transitions, offsets, firstOffset, rule) = ([], [], 0, nil)
    }

    /// Reads a zone. Throws `AttendanceError.invalidTimeZoneName` and `AttendanceError.damagedTimeZone`.
    public init(name: String, tzif bytes: [UInt8]) throws(AttendanceError) {
        try TimeZoneName.validate(name)
        let contents: TZifContents
        do {
            contents = try TZifReader.read(bytes)
        } catch {
            throw .damagedTimeZone(name: name, byte: error.byte, reason: error.reason)
        }
        self.name = name
        transitions = contents.transitions
        offsets = contents.types.map { contents.offsets[$0] }
        firstOffset = contents.offsets[0]
        rule = contents.rule
    }

    /// The offset at a moment in seconds since 1970, in seconds ahead of UTC.
    public func offset(at seconds: Int64) -> Int {
        let next = firstTransition(after: seconds)
        if next == transitions.count, let rule { return rule.offset(at: seconds) }
        return Int(next == 0 ? firstOffset : offsets[next - 1])
    }

    /// Day, time of day and offset at a moment in seconds since 1970. Moments beyond the calendar's years 0 to 9999
    /// show its first or last day.
    public func local(of seconds: Int64) -> LocalTime {
        let offset = offset(at: seconds)
        let local = seconds.addingSaturated(Int64(offset))
        return LocalTime(
            date: LocalDate(daysSince1970: Int(local.dividedDown(by: 86_400))),
            time: TimeOfDay(secondsOfDay: Int(local.remainder(of: 86_400))), offset: offset)
    }

    /// The first change of the rules after a moment, both in seconds since 1970; nil if none follows.
    public func nextTransition(after seconds: Int64) -> Int64? {
        let next = firstTransition(after: seconds)
        return next < transitions.count ? transitions[next] : rule?.nextTransition(after: seconds)
    }

    /// The index of the first transition later than the moment; the count if there is none.
    private func firstTransition(after seconds: Int64) -> Int {
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
