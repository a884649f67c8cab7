import Attendance
import Foundation
import TestSupport
import Testing

extension SplitMix {
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
