import Foundation
import Testing

@testable import Attendance

@Suite struct PolicyTests {
    private let json = """
        {"class_times":{"12A":{"absent_after":"10:00:00","present_until":"08:30:00"}},"days_off":["2026-12-25","2027-01-01"],\
        "school_days":["monday","tuesday","saturday"],"time_zone":"Europe/London",\
        "times":{"absent_after":"11:30:00","present_until":"09:00:00"}}
        """

    private func read(_ text: String) throws -> AttendancePolicy {
        try JSONDecoder().decode(AttendancePolicy.self, from: Data(text.utf8))
    }

    @Test func theJSONIsPinned() throws {
        let policy = try AttendancePolicy(
            timeZone: "Europe/London",
            classTimes: [
                "12A": ClassTimes(presentUntil: TimeOfDay("08:30"), absentAfter: TimeOfDay("10:00"))
            ], schoolDays: [.saturday, .monday, .tuesday],
            daysOff: [LocalDate("2027-01-01"), LocalDate("2026-12-25")])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(String(decoding: try encoder.encode(policy), as: UTF8.self) == json)
        #expect(try read(json) == policy)
    }

    @Test func theDefaults() throws {
        let policy = try AttendancePolicy(timeZone: "UTC")
        #expect(policy.times == .standard)
        #expect(policy.times.presentUntil.description == "09:00:00")
        #expect(policy.times.absentAfter.description == "11:30:00")
        #expect(policy.schoolDays.sorted() == [.monday, .tuesday, .wednesday, .thursday, .friday])
        #expect(policy.classTimes.isEmpty && policy.daysOff.isEmpty)
    }

    @Test(arguments: [
        ("09:00:00", "09:00:00"), ("09:00:01", "09:00:00"), ("11:30:00", "09:00:00"),
    ])
    func theBoundariesMustBeInOrder(present: String, absent: String) {
        #expect {
            try ClassTimes(presentUntil: TimeOfDay(present), absentAfter: TimeOfDay(absent))
        } throws: { error in
            guard case AttendanceError.invalidPolicy("present_until", _) = error else { return false }
            return true
        }
    }

    /// Each change to the valid JSON makes a policy that must not be followed.
    @Test(arguments: [
        ("09:00:00", "11:30:00"), ("11:30:00", "24:00:00"), ("10:00:00", "08:30:00"), ("\"11:30:00\"", "41400"),
        ("Europe/London", "../../etc/passwd"), ("Europe/London", ""), ("saturday", "caturday"), ("\"monday\"", "1"),
        ("[\"monday\",\"tuesday\",\"saturday\"]", "[]"), ("2027-01-01", "2027-02-29"), ("\"12A\"", "\"\""),
        ("\"time_zone\":\"Europe/London\"", "\"zone\":\"Europe/London\""), ("days_off", "daysoff"),
        ("{\"absent_after\":\"10:00:00\",\"present_until\":\"08:30:00\"}", "null"),
    ])
    func whatComesFromTheNetworkIsChecked(old: String, new: String) throws {
        let changed = json.replacingOccurrences(of: old, with: new)
        #expect(changed != json)
        #expect(throws: (any Error).self) { try read(changed) }
    }

    @Test func sizesAreLimited() throws {
        let days = Set((0...AttendancePolicy.maximumDaysOff).map { LocalDate(daysSince1970: $0) })
        #expect(throws: AttendanceError.invalidPolicy(field: "days_off", reason: "more than 1000 days")) {
            try AttendancePolicy(timeZone: "UTC", daysOff: days)
        }
        let classes = (0...AttendancePolicy.maximumClasses).map { ("\($0)", ClassTimes.standard) }
        #expect(throws: AttendanceError.invalidPolicy(field: "class_times", reason: "more than 500 classes")) {
            try AttendancePolicy(timeZone: "UTC", classTimes: Dictionary(uniqueKeysWithValues: classes))
        }
        #expect(throws: AttendanceError.self) {
            try AttendancePolicy(timeZone: "UTC", classTimes: [String(repeating: "a", count: 101): .standard])
        }
    }

    @Test func errorsAreOneLineWhateverTheTextIs() throws {
        let hostile = "\u{1B}[2J\nroot:\u{2028}\u{202E}" + String(repeating: "x", count: 100_000)
        let errors: [AttendanceError] = [
            .invalidTimeZoneName(hostile), .damagedTimeZone(name: hostile, byte: 3, reason: "no footer"),
            .invalidTimeOfDay(hostile), .invalidDate(hostile),
        ]
        for error in errors {
            let text = error.description
            #expect(text.utf8.count < 400)
            #expect(text.unicodeScalars.allSatisfy { $0.value >= 32 && $0 != "\u{2028}" && $0 != "\u{202E}" })
        }
    }
}
