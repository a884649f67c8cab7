import TestSupport
import Testing

@testable import Attendance

@Suite struct FooterTests {
    private func rules(_ footer: String, version: UInt8 = 3) throws -> TimeZoneRules {
        try TimeZoneRules(name: "Test/Zone", tzif: TZif(version: version, types: [(0, 0)], footer: footer).bytes)
    }

    private func day(_ date: String) throws -> Int64 { Int64(try LocalDate(date).daysSince1970) * 86_400 }

    @Test func julianDaysDoNotCountTheLeapDay() throws {
        // J59 is February 28th and J60 March 1st of every year.
        let zone = try rules("AAA0BBB,J59/0,J60/0")
        for year in [2023, 2024] {
            let february = try day("\(year)-02-28")
            #expect(zone.offset(at: february - 1) == 0)
            #expect(zone.offset(at: february) == 3600)
            let march = try day("\(year)-03-01") - 3600
            #expect(zone.offset(at: march - 1) == 3600)
            #expect(zone.offset(at: march) == 0)
        }
    }

    @Test func ordinalDaysCountTheLeapDay() throws {
        // Day 59 counted from 0 is March 1st, and February 29th in a leap year.
        let zone = try rules("AAA0BBB,58/0,59/0")
        #expect(zone.nextTransition(after: try day("2023-01-01")) == (try day("2023-02-28")))
        #expect(zone.nextTransition(after: try day("2023-02-28")) == (try day("2023-03-01")) - 3600)
        #expect(zone.nextTransition(after: try day("2024-02-28")) == (try day("2024-02-29")) - 3600)
    }

    @Test func theFifthWeekIsTheLast() throws {
        // Sundays: 2026-02-22 is the fourth and last of February; 2026-03-29 is the fifth of March.
        let zone = try rules("AAA0BBB,M2.5.0/0,M3.5.0/0")
        #expect(zone.nextTransition(after: try day("2026-01-01")) == (try day("2026-02-22")))
        #expect(zone.nextTransition(after: try day("2026-02-22")) == (try day("2026-03-29")) - 3600)
    }

    @Test func timesGoBeyondTheDay() throws {
        // Greenland before 2023: the Saturday before the last Sunday, 22:00, written as -2:00 of the Sunday.
        let zone = try rules("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1")
        let saturday = try day("2021-03-27") + 22 * 3600 + 3 * 3600
        #expect(zone.offset(at: saturday - 1) == -10_800)
        #expect(zone.offset(at: saturday) == -7200)
        // A whole week before a January 1st: the change of a year lies in the year before it.
        let week = try rules("AAA0BBB,0/-167,J100/167:59:59")
        #expect(week.offset(at: try day("2025-12-25") + 3599) == 0)
        #expect(week.offset(at: try day("2025-12-25") + 3600) == 3600)
    }

    @Test func daylightTimeWithoutEnd() throws {
        let zone = try rules("EST5EDT,0/0,J365/25")
        var random = SplitMix(seed: 3)
        for _ in 0..<2000 { #expect(zone.offset(at: Int64.random(in: 0..<1 << 33, using: &random)) == -14_400) }
        for year in 2020...2030 {
            let start = try day("\(year)-01-01") + 5 * 3600
            #expect([start - 1, start, start + 1].map(zone.offset) == [-14_400, -14_400, -14_400])
        }
    }

    @Test func daylightTimeOfNoLength() throws {
        let zone = try rules("AAA0BBB,J100/2,J100/3")
        let change = try day("2025-04-10") + 7200
        #expect([change - 1, change, change + 1].map(zone.offset) == [0, 0, 0])
    }

    @Test func winterMayBeTheException() throws {
        // Ireland: standard time in summer, one hour less in winter.
        let zone = try rules("IST-1GMT0,M10.5.0,M3.5.0/1")
        #expect(zone.offset(at: try day("2026-01-15")) == 0)
        #expect(zone.offset(at: try day("2026-07-15")) == 3600)
        #expect(zone.offset(at: try day("2026-10-25") + 3599) == 3600)
        #expect(zone.offset(at: try day("2026-10-25") + 3600) == 0)
    }

    @Test(arguments: [("ABC-5:45", 20_700), ("<+1245>-12:45:30", 45_930), ("ABC+24:59:59", -89_999), ("abc0", 0)])
    func fixedOffsets(footer: String, offset: Int) throws {
        #expect(try rules(footer).offset(at: 0) == offset)
        #expect(try rules(footer).nextTransition(after: 0) == nil)
    }

    @Test(arguments: [
        "A", "AB0", "ABC", "ABC25", "ABC0:60", "ABC0:00:60", "ABC0:", "ABC0DEF", "ABC0DEF1", "ABC0DEF,M3.5.0",
        "ABC0DEF,,",
        "ABC0DEF,M13.1.0,M10.5.0", "ABC0DEF,M0.1.0,M10.5.0", "ABC0DEF,M3.6.0,M10.5.0", "ABC0DEF,M3.0.0,M10.5.0",
        "ABC0DEF,M3.5.7,M10.5.0", "ABC0DEF,J0,J100", "ABC0DEF,J366,J100", "ABC0DEF,366,100", "ABC0DEF,1/168,100",
        "ABC0DEF,1/-168,100", "ABC0DEF,M3.5.0,M10.5.0,", "ABC0DEF,M3.5.0,M10.5.0 ", "<AB>0", "<ABC0", "<A.C>0",
        "ABC-+0",
        "ABC0DEF,M3.5.0/,M10.5.0", "ABC00000", "ABC9999999999999999999", "ABC0DEF,M3.5,M10.5.0", ":Europe/London",
        "\u{FF}",
    ])
    func whatIsNoFooterIsRefused(footer: String) {
        #expect {
            try rules(footer)
        } throws: { error in
            guard case AttendanceError.damagedTimeZone("Test/Zone", _, let reason) = error else { return false }
            return reason == "the footer is not a POSIX TZ string"
        }
    }

    @Test func longTimesNeedVersionThree() throws {
        let footer = "AAA0BBB,M3.5.0/-2,M10.5.0/25"
        #expect(throws: AttendanceError.self) { try rules(footer, version: 2) }
        #expect(try rules(footer, version: 3) == (try rules(footer, version: 4)))
        #expect(throws: Never.self) { try rules("AAA0BBB,M3.5.0/0,M10.5.0/24", version: 2) }
    }
}
