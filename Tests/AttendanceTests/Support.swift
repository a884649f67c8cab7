import Attendance
import Foundation
import Testing

/// Random numbers that are the same in every run (SplitMix64's recurrence).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func uuid() -> UUID {
        UUIDv7.make(at: Instant(milliseconds: Int64.random(in: 0..<1 << 45, using: &self)), using: &self)
    }
}

/// The machine's compiled time zones, of the package tzdata.
enum Zones {
    static let folder = "/usr/share/zoneinfo"

    static func bytes(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
    }

    static func rules(_ name: String) throws -> TimeZoneRules {
        try TimeZoneRules(name: name, tzif: bytes(name))
    }
}

/// The moment at which Foundation's calendar has this local time; where there are two, the first.
func moment(_ zone: String, _ date: String, _ time: String, milliseconds: Int64 = 0) throws -> Instant {
    let (day, clock) = (try LocalDate(date), try TimeOfDay(time))
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: zone))
    let parts = DateComponents(
        year: day.year, month: day.month, day: day.day, hour: clock.hour, minute: clock.minute, second: clock.second)
    let seconds = try #require(calendar.date(from: parts)).timeIntervalSince1970
    return Instant(milliseconds: Int64(seconds) * 1000 + milliseconds)
}
