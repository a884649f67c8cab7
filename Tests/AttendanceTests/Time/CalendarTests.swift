import Foundation
import TestSupport
import Testing

@testable import Attendance

@Suite struct CalendarTests {
    @Test func everyDayIsTheDayAfterTheOneBefore() throws {
        var expected = (year: 1896, month: 1, day: 1)
        var weekday = 2  // 1896-01-01 was a Wednesday; 1900 and 2100 have no leap day, 2000 has one.
        for day in try LocalDate("1896-01-01").daysSince1970...LocalDate("2104-12-31").daysSince1970 {
            let date = LocalDate(daysSince1970: day)
            let shown = (date.year, date.month, date.day)
            guard shown == expected, date.weekday.number == weekday + 1 else {
                Issue.record("day \(day) is \(date), a \(date.weekday), instead of \(expected)")
                return
            }
            let isLeap = expected.year % 4 == 0 && expected.year % 100 != 0 || expected.year % 400 == 0
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            weekday = (weekday + 1) % 7
            expected.day += 1
            if expected.day > lengths[expected.month - 1] { expected = (expected.year, expected.month + 1, 1) }
            if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
        }
    }

    @Test func aDateGoesThroughItsParts() throws {
        var random = SplitMix(seed: 1)
        for _ in 0..<2000 {
            let date = LocalDate(daysSince1970: Int.random(in: -719_528...2_932_896, using: &random))
            #expect(try LocalDate(year: date.year, month: date.month, day: date.day) == date)
            #expect(try LocalDate(date.description) == date)
            // The calendar repeats itself after 400 years, which are 20,871 weeks.
            guard date.year < 9600 else { continue }
            let later = LocalDate(daysSince1970: date.daysSince1970 + 146_097)
            #expect((later.year, later.month, later.day) == (date.year + 400, date.month, date.day))
            #expect(later.weekday == date.weekday)
        }
    }

    @Test func daysBeyondTheCalendarAreItsEnds() {
        #expect(LocalDate(daysSince1970: .min).description == "0000-01-01")
        #expect(LocalDate(daysSince1970: .max).description == "9999-12-31")
    }

    @Test(arguments: [
        "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-01", "26-01-01", "2026-01-01 ",
        "+026-01-01", "2026/01/01", "", "-", "--", "٢٠٢٦-01-01", "2026-01-0\u{301}1", "20260101",
    ])
    func whatIsNoDateIsRefused(text: String) {
        #expect(throws: AttendanceError.invalidDate(text)) { try LocalDate(text) }
    }

    @Test func leapDaysAreDates() throws {
        for text in ["2024-02-29", "2000-02-29", "0000-02-29"] { #expect(try LocalDate(text).description == text) }
    }

    @Test func timesOfDayGoThroughTheirText() throws {
        for second in stride(from: 0, to: 86_400, by: 7) {
            let time = TimeOfDay(secondsOfDay: second)
            guard try TimeOfDay(time.description) == time,
                try TimeOfDay(hour: time.hour, minute: time.minute, second: time.second) == time
            else {
                Issue.record("second \(second) became \(time)")
                return
            }
        }
        #expect(try TimeOfDay("09:05").description == "09:05:00")
    }

    @Test(arguments: [
        "24:00:00", "23:60:00", "23:59:60", "9:00:00", "09:00:0", "09", "09:", "09:00:", ":09:00", "-1:00:00",
        "09:00:00Z",
        "09:00:00.5", "", "09:00:00:00", "０９:00:00",
    ])
    func whatIsNoTimeIsRefused(text: String) {
        #expect(throws: AttendanceError.invalidTimeOfDay(text)) { try TimeOfDay(text) }
    }

    @Test func momentsAreReadAsUTC() {
        #expect(Instant(milliseconds: 0).description == "1970-01-01T00:00:00.000Z")
        #expect(Instant(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
        #expect(Instant(milliseconds: -1).seconds == -1)
        #expect(Instant(milliseconds: 1_788_253_200_999).description == "2026-09-01T09:00:00.999Z")
        #expect(Instant.valid.upperBound.description == "9999-12-31T23:59:59.999Z")
        #expect(Instant.plausible.lowerBound.description == "2024-01-01T00:00:00.000Z")
        #expect(Instant.plausible.upperBound.description == "2100-01-01T00:00:00.000Z")
    }

    @Test func theEndsOfTheRangeDoNotTrap() {
        for milliseconds in [Int64.min, .min + 1, .max - 1, .max] {
            let instant = Instant(milliseconds: milliseconds)
            #expect(!instant.description.isEmpty)
            #expect(Instant.valid ~= instant.clamped)
            #expect(Instant.valid ~= instant.advanced(byMilliseconds: milliseconds).clamped)
            #expect(!TimeZoneRules.utc.local(of: milliseconds).date.description.isEmpty)
        }
    }
}
