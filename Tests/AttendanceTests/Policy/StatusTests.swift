import TestSupport
import Testing

@testable import Attendance

@Suite struct StatusTests {
    private static let zones = [
        "Europe/London", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia",
        "Africa/Casablanca",
        "Asia/Kathmandu", "UTC",
    ]
    /// An ordinary day, and the days on which one of the zones above sets its clock forward or back.
    private static let days = [
        "2023-09-04", "2023-03-26", "2023-10-29", "2023-03-12", "2023-11-05", "2023-04-02", "2023-10-01", "2011-12-29",
        "2011-12-31", "2023-03-19", "2023-04-23", "2010-09-26", "2024-02-29",
    ]

    @Test(arguments: zones, days)
    func theSecondBeforeAtAndAfterEachBoundary(zone name: String, day: String) throws {
        let zone = try Zones.rules(name)
        let policy = try AttendancePolicy(timeZone: name)
        func status(_ time: String, _ milliseconds: Int64 = 0) throws -> AttendanceStatus {
            policy.status(for: "7B", at: try moment(name, day, time, milliseconds: milliseconds), zone: zone)
        }
        #expect(try status("08:59:59") == .present)
        #expect(try status("09:00:00") == .present)
        #expect(try status("09:00:00", 999) == .present)
        #expect(try status("09:00:01") == .late)
        #expect(try status("11:29:59") == .late)
        #expect(try status("11:30:00") == .late)
        #expect(try status("11:30:00", 999) == .late)
        #expect(try status("11:30:01") == .absent)
        #expect(try status("00:00:00") == .present)
        #expect(try status("23:59:59", 999) == .absent)
    }

    @Test func classesHaveTheirOwnTimes() throws {
        let early = try ClassTimes(presentUntil: TimeOfDay("07:45:30"), absentAfter: TimeOfDay("08:00"))
        let policy = try AttendancePolicy(timeZone: "UTC", classTimes: ["12A": early])
        func status(_ className: String, _ time: String) throws -> AttendanceStatus {
            policy.status(for: className, at: try moment("UTC", "2026-09-01", time), zone: .utc)
        }
        #expect(try status("12A", "07:45:30") == .present)
        #expect(try status("12A", "07:45:31") == .late)
        #expect(try status("12A", "08:00:00") == .late)
        #expect(try status("12A", "08:00:01") == .absent)
        #expect(try status("12a", "08:00:01") == .present)
        #expect(try status("", "09:00:01") == .late)
    }

    /// As a day goes on nobody's status becomes better, whatever the boundaries and also where the clock is set back.
    @Test(arguments: [
        ("Europe/London", "2023-10-29"), ("Europe/London", "2023-03-26"), ("Australia/Lord_Howe", "2023-04-02"),
        ("America/New_York", "2023-11-05"), ("Africa/Casablanca", "2023-03-19"), ("Asia/Kathmandu", "2023-10-29"),
    ])
    func statusNeverImproves(name: String, day: String) throws {
        let zone = try Zones.rules(name)
        let start = try moment(name, day, "00:00:00").seconds
        var random = SplitMix(seed: 21)
        for round in 0..<60 {
            // Half of the boundaries within the hours in which clocks are set.
            let span = round % 2 == 0 ? 0..<4 * 3600 : 0..<86_399
            let first = Int.random(in: span, using: &random)
            let second = Int.random(in: first + 1..<86_400, using: &random)
            let times = try ClassTimes(
                presentUntil: TimeOfDay(secondsOfDay: first), absentAfter: TimeOfDay(secondsOfDay: second))
            let policy = try AttendancePolicy(timeZone: name, times: times)
            var worst = 0
            for seconds in stride(from: start, to: start + 30 * 3600, by: 421) {
                guard zone.local(of: seconds).date.description == day else { continue }
                let status = policy.status(for: "", at: Instant(milliseconds: seconds * 1000), zone: zone)
                let rank = try #require(AttendanceStatus.allCases.firstIndex(of: status))
                #expect(rank >= worst, "\(seconds), \(times)")
                worst = rank
            }
        }
    }

    /// London 2023-10-29: 01:30 comes twice, at 00:30 and at 01:30 UTC; the second one is the boundary.
    @Test func aBoundaryThatComesTwiceIsPassedTheSecondTime() throws {
        let zone = try Zones.rules("Europe/London")
        let times = try ClassTimes(presentUntil: TimeOfDay("01:30"), absentAfter: TimeOfDay("01:45"))
        let policy = try AttendancePolicy(timeZone: "Europe/London", times: times)
        func status(_ time: String) throws -> AttendanceStatus {
            policy.status(for: "", at: try moment("UTC", "2023-10-29", time), zone: zone)
        }
        #expect(try status("00:30:01") == .present)
        #expect(try status("00:59:59") == .present)
        #expect(try status("01:30:00") == .present)
        #expect(try status("01:30:01") == .late)
        #expect(try status("01:45:01") == .absent)
    }
}
