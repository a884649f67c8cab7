import Attendance
import Foundation
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct PolicyStoreTests {
    let school: School
    let terminal: UUID

    init() throws {
        school = try School()
        terminal = try school.database.terminals.add(name: "door").terminal.id
    }

    private func hours(_ hours: Int64) -> Instant { School.morning.advanced(byMilliseconds: hours * 3_600_000) }

    private func day(_ days: Int) -> LocalDate { LocalDate(daysSince1970: School.day.daysSince1970 + days) }

    private func mark(_ person: UUID, day: Int) -> Mark {
        School.mark(of: person, at: hours(Int64(day) * 24), session: self.day(day))
    }

    private func setTimes(_ present: String, _ absent: String, now: Instant) throws {
        let id = try #require(try school.database.classes.find(name: "7b")).id
        let details = ClassStore.Details(
            name: "7b", presentUntil: try TimeOfDay(present), absentAfter: try TimeOfDay(absent))
        _ = try school.database.classes.change(id, to: details, by: .server, now: now)
        try school.recompute()
    }

    @Test func aClassesOwnTimesCountFromTheDayOfTheChange() throws {
        let person = try school.enrol("Ada").id
        _ = try school.receive([mark(person, day: 0), mark(person, day: 1)], from: terminal, now: hours(25))
        #expect(try school.statuses(of: person) == ["present by mark", "present by mark"])
        try setTimes("08:00", "09:00", now: hours(25))
        #expect(try school.statuses(of: person) == ["present by mark", "late by mark"], "yesterday stays as it was")
        _ = try school.receive([mark(person, day: 2)], from: terminal, now: hours(49))
        _ = try school.receive([mark(person, day: -1)], from: terminal, now: hours(49))
        #expect(
            try school.statuses(of: person)
                == ["present by mark", "present by mark", "late by mark", "late by mark"],
            "a late batch counts by the policy of its day")
        try setTimes("08:00", "08:10", now: hours(26))
        #expect(try school.statuses(of: person).last == "absent by mark")
    }

    @Test func terminalsGetTheWholePolicy() throws {
        _ = try school.enrol("Ada")
        try setTimes("08:00", "09:00", now: hours(0))
        for days in [-30, 3] {
            _ = try school.database.calendar.set(day(days), name: "holiday", by: .server, now: hours(0))
        }
        let policy = try school.database.policies.current().forTerminals(now: hours(0))
        #expect(policy.times(for: "7b").presentUntil == (try TimeOfDay("08:00")))
        #expect(policy.times(for: "8a") == .standard)
        #expect(policy.daysOff == [day(3)], "of the past it needs none")
        #expect(policy.timeZone == "Europe/London")
    }

    @Test func everybodyOnOneDatabaseSeesAChange() throws {
        let other = try school.second()
        #expect(try other.policies.current().daysOff.isEmpty)
        _ = try school.database.calendar.set(day(1), name: "holiday", by: .server, now: hours(0))
        #expect(try other.policies.current().daysOff == [day(1)])
        let new = try AttendancePolicy(timeZone: "Asia/Tokyo")
        try other.policies.adopt(new, now: hours(30))
        #expect(try school.database.policies.current().zone.name == "Asia/Tokyo")
        let first = try school.database.policies.current().version(of: SessionID(date: School.day))
        #expect(first.zone.name == "Europe/London")
    }

    @Test func daysOffOfTheConfigurationAreItsOwn() throws {
        let person = try school.enrol("Ada").id
        _ = try school.receive([mark(person, day: 0)], from: terminal, now: hours(1))
        try school.database.policies.adopt(
            AttendancePolicy(timeZone: "Europe/London", daysOff: [School.day]), now: hours(2))
        try school.recompute()
        #expect(try school.statuses(of: person).isEmpty)
        let calendar = school.database.calendar
        #expect(try calendar.find(School.day)?.isConfigured == true)
        #expect(throws: ServerError.self) { try calendar.remove(School.day, by: .server, now: hours(3)) }
        _ = try calendar.set(School.day, name: "storm", by: .server, now: hours(3))
        #expect(try calendar.list(from: nil, to: nil, page: PageRequest()).map(\.name) == ["storm"])
        try school.database.policies.adopt(School.policy(), now: hours(4))
        #expect(try calendar.remove(School.day, by: .server, now: hours(5)))
        try school.recompute()
        #expect(try school.statuses(of: person) == ["present by mark"])
    }

    @Test func timesThatAreNoLongerOverOpenAClosedSession() throws {
        let person = try school.enrol("Ada").id
        // Long ago for this person: nobody expects them, but the session is the class's.
        try school.look(
            "UPDATE memberships SET since_ms = ?", [.instant(School.morning.advanced(byMilliseconds: -86_400_000))])
        try school.look(
            "UPDATE classes SET created_ms = ?", [.instant(School.morning.advanced(byMilliseconds: -86_400_000))])
        let closings = school.database.closings
        func close(at now: Instant) throws {
            for due in try closings.due(now: now) where due.session.date == School.day {
                _ = try closings.close(due, now: now)
            }
        }
        try close(at: hours(4))
        #expect(try school.statuses(of: person) == ["absent by closing"])
        try setTimes("12:00", "14:00", now: hours(4))
        #expect(try school.statuses(of: person).isEmpty)
        try close(at: hours(4))
        #expect(try school.statuses(of: person).isEmpty)
        try close(at: hours(6))
        #expect(try school.statuses(of: person) == ["absent by closing"])
    }
}
