import Testing

@testable import Attendance

@Suite struct SessionTests {
    private func session(_ zone: String, utc date: String, _ time: String, off: Set<LocalDate> = []) throws -> String? {
        let policy = try AttendancePolicy(timeZone: zone, schoolDays: Set(Weekday.allCases), daysOff: off)
        return policy.session(at: try moment("UTC", date, time), zone: try Zones.rules(zone))?.description
    }

    @Test func aSessionBeginsAtLocalMidnight() throws {
        // British summer time: the day begins at 23:00 UTC.
        #expect(try session("Europe/London", utc: "2026-08-31", "22:59:59") == "2026-08-31")
        #expect(try session("Europe/London", utc: "2026-08-31", "23:00:00") == "2026-09-01")
        // Winter: at 00:00 UTC.
        #expect(try session("Europe/London", utc: "2026-11-30", "23:59:59") == "2026-11-30")
        #expect(try session("Europe/London", utc: "2026-12-01", "00:00:00") == "2026-12-01")
        #expect(try session("Asia/Kathmandu", utc: "2026-08-31", "18:14:59") == "2026-08-31")
        #expect(try session("Asia/Kathmandu", utc: "2026-08-31", "18:15:00") == "2026-09-01")
        #expect(try session("America/New_York", utc: "2026-09-01", "03:59:59") == "2026-08-31")
        #expect(try session("America/New_York", utc: "2026-09-01", "04:00:00") == "2026-09-01")
    }

    @Test func theDaysOnWhichClocksAreSetHave23And25Hours() throws {
        func hours(_ zone: String, _ day: String) throws -> Double {
            let rules = try Zones.rules(zone)
            let policy = try AttendancePolicy(timeZone: zone, schoolDays: Set(Weekday.allCases))
            let start = try moment("UTC", day, "00:00:00").seconds - 86_400
            let inside = stride(from: start, to: start + 3 * 86_400, by: 60).filter {
                policy.session(at: Instant(milliseconds: $0 * 1000), zone: rules)?.description == day
            }
            return Double(inside.count) / 60
        }
        #expect(try hours("Europe/London", "2026-03-29") == 23)
        #expect(try hours("Europe/London", "2026-10-25") == 25)
        #expect(try hours("Europe/Berlin", "2026-03-29") == 23)
        #expect(try hours("America/New_York", "2026-11-01") == 25)
        #expect(try hours("Australia/Lord_Howe", "2026-04-05") == 24.5)
        #expect(try hours("Australia/Lord_Howe", "2026-10-04") == 23.5)
        #expect(try hours("Pacific/Apia", "2011-12-29") == 24)
        #expect(try hours("Pacific/Apia", "2011-12-30") == 0)
        #expect(try hours("Asia/Kathmandu", "2026-03-29") == 24)
    }

    @Test func onlySchoolDaysHaveASession() throws {
        let off = try LocalDate("2026-12-25")
        let policy = try AttendancePolicy(timeZone: "Pacific/Apia", daysOff: [off])
        let zone = try Zones.rules("Pacific/Apia")
        // From Thursday, December 24th to Monday 28th, at noon in Apia.
        let sessions = try ["2026-12-24", "2026-12-25", "2026-12-26", "2026-12-27", "2026-12-28"].map {
            policy.session(at: try moment("Pacific/Apia", $0, "12:00:00"), zone: zone)?.description
        }
        #expect(sessions == ["2026-12-24", nil, nil, nil, "2026-12-28"])
        // The last second of Friday and the first of Saturday.
        #expect(policy.session(at: try moment("Pacific/Apia", "2026-12-18", "23:59:59"), zone: zone) != nil)
        #expect(policy.session(at: try moment("Pacific/Apia", "2026-12-19", "00:00:00"), zone: zone) == nil)
    }
}
