import Attendance
import Foundation
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct ReportPlannerTests {
    let school: School
    let planner: ReportPlanner
    let zone: TimeZoneRules

    init() throws {
        school = try School()
        zone = try LetterTests.london()
        var settings = ReportSettings()
        (settings.daily, settings.weekly) = (true, true)
        planner = school.database.allReports(settings)
    }

    /// The moment of a time of day, on the school's day or so many days later.
    private func at(_ hour: Int, _ minute: Int = 0, days: Int = 0) -> Instant {
        let minutes = Int64(days * 1440 + (hour * 60 + minute) - (8 * 60 + 30))
        return School.morning.advanced(byMilliseconds: minutes * 60_000)
    }

    private func due(_ moment: Instant) -> [ReportPlanner.Due] { planner.due(at: zone.local(of: moment.seconds)) }

    private func recipients(_ kind: LetterKind) throws -> Set<UUID> {
        Set(try school.letters().filter { $0.kind == kind }.map(\.recipient))
    }

    @Test func aPeriodIsDueWhenItsTimeHasCome() {
        let yesterday = LocalDate(daysSince1970: School.day.daysSince1970 - 1)
        let lastWeek = ReportPeriod.week(of: LocalDate(daysSince1970: School.day.daysSince1970 - 7))
        #expect(
            due(at(15, 59)) == [
                .init(period: .day(yesterday), waitsForClosing: true), .init(period: lastWeek, waitsForClosing: false),
            ])
        #expect(
            due(at(16)) == [
                .init(period: .day(School.day), waitsForClosing: true),
                .init(period: .day(yesterday), waitsForClosing: false),
                .init(period: lastWeek, waitsForClosing: false),
            ])
        // School.day is a Tuesday: six days later is a Monday.
        #expect(!due(at(6, 59, days: 6)).contains { $0.period.kind == .weekly })
        #expect(due(at(7, 0, days: 6)).contains { $0.period == .week(of: School.day) })
        #expect(school.database.planner(ReportSettings()) == nil)
    }

    @Test func periodsHaveNamesThatReadBack() throws {
        let week = ReportPeriod.week(of: School.day)
        #expect(week.name == "2026-08-31" && ReportPeriod(.weekly, week.name) == week)
        #expect(week.title == "the week from Monday, 31 August to Sunday, 6 September 2026")
        #expect(ReportPeriod.day(School.day).title == "Tuesday, 1 September 2026")
        #expect(ReportPeriod(.daily, "2026-09-01") == .day(School.day))
        #expect(ReportPeriod(.daily, "yesterday") == nil && ReportPeriod(.welcome, "2026-09-01") == nil)
        #expect(ReportPeriod.week(of: try LocalDate("2027-01-03")).name == "2026-12-28")
    }

    @Test func onlyWhoHasAnAddressAndAttendanceGetsOneLetterAPeriod() throws {
        let ada = try school.student("Ada", "ada@school.example")
        let bob = try school.student("Bob", nil)
        _ = try school.student("Cleo", "cleo@school.example")
        let gone = try school.student("Dan", "dan@school.example")
        let teacher = try school.teacher("Eve", "eve@school.example")
        _ = try school.teacher("Fay", "fay@school.example", of: ["8a"])
        for person in [ada, bob, gone] { try school.record(person) }
        _ = try school.database.accounts.remove(gone, by: .server, now: School.morning)
        try school.closeSession()
        #expect(try planner.plan(now: at(15, 59), zone: zone) == 0)
        #expect(try planner.plan(now: at(16), zone: zone) == 2)
        #expect(try recipients(.daily) == [ada, teacher])
        for moment in [at(16), at(17), at(9, days: 1), at(16, days: 1)] {
            #expect(try planner.plan(now: moment, zone: zone) == 0)
        }
        #expect(try planner.plan(now: at(7, days: 6), zone: zone) == 2, "the week's letters")
        #expect(try recipients(.weekly) == [ada, teacher])
        #expect(try planner.plan(now: at(20, days: 12), zone: zone) == 0)
    }

    @Test func openSessionsAreWaitedForUntilTheNextDay() throws {
        let ada = try school.student("Ada", "ada@school.example")
        let bob = try school.student("Bob", "bob@school.example", className: "8a")
        let both = try school.teacher("Eve", "eve@school.example", of: ["7b", "8a"])
        try school.record(ada)
        try school.record(bob, className: "8a")
        try school.closeSession(className: "7b")
        #expect(try planner.plan(now: at(16), zone: zone) == 1)
        #expect(try recipients(.daily) == [ada], "8a is open, and so is the letter about both classes")
        #expect(try planner.plan(now: at(9, days: 1), zone: zone) == 0)
        #expect(try planner.plan(now: at(16, days: 1), zone: zone) == 2)
        #expect(try recipients(.daily) == [ada, bob, both])
    }

    @Test func aClassByItselfIsPlanned() throws {
        let ada = try school.student("Ada", "ada@school.example")
        let bob = try school.student("Bob", "bob@school.example", className: "8a")
        let eve = try school.teacher("Eve", "eve@school.example", of: ["8a"])
        try school.record(ada)
        try school.record(bob, className: "8a")
        let due = ReportPlanner.Due(period: .day(School.day), waitsForClosing: false)
        #expect(try planner.plan(due, className: "8a", now: at(16)) == 2)
        #expect(try recipients(.daily) == [bob, eve])
    }

    @Test func aLargeSchoolIsPlannedByTwoProcessesAtOnce() async throws {
        for number in 0..<450 { try school.record(try school.student("S\(number)", "s\(number)@school.example")) }
        try school.closeSession()
        let second = try school.second()
        let other = second.allReports(planner.settings)
        let (now, zone) = (at(16), zone)
        async let first = blocking { [planner] in try planner.plan(now: now, zone: zone) }
        async let rest = blocking { try other.plan(now: now, zone: zone) }
        let added = try await [first, rest]
        #expect(added.reduce(0, +) == 450)
        #expect(try school.look("SELECT COUNT(*) AS count FROM letters")[0].integer("count") == 450)
        second.close()
    }
}
