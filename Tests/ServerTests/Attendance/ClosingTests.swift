import Attendance
import Database
import Foundation
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct ClosingTests {
    let school: School
    /// A Tuesday after everything that the tests make now.
    let day: SessionID
    /// 11:30:01 in London on that day, when the session is over.
    let end: Instant

    init() throws {
        school = try School()
        var date = LocalDate(daysSince1970: Int(Clock.now.seconds / 86_400) + 3)
        while date.weekday != .tuesday { date = LocalDate(daysSince1970: date.daysSince1970 + 1) }
        day = SessionID(date: date)
        end = try school.database.policies.current().closing(of: day, for: "7b")
    }

    private func seconds(_ seconds: Int64) -> Instant { end.advanced(byMilliseconds: seconds * 1000) }

    /// Closes what is over on the day; answers what came of it.
    @discardableResult
    private func close(at now: Instant) throws -> [ClosingStore.Outcome] {
        let due = try school.database.closings.due(now: now).filter { $0.session == day }
        return try due.map { try school.database.closings.close($0, now: now) }
    }

    private func heartbeat(_ terminal: UUID, hasSentAll: Bool, at now: Instant) throws {
        try school.beat(terminal, cursor: nil, at: now) { $0.outboxDepth = hasSentAll ? 0 : 1 }
    }

    private func mark(_ person: UUID, _ secondsAfterEnd: Int64) -> Mark {
        School.mark(of: person, at: seconds(secondsAfterEnd), session: day.date)
    }

    private func state(of className: String = "7b") throws -> SessionState {
        try #require(
            try school.database.closings.list(of: day, .everybody, page: PageRequest())
                .first { $0.className == className })
    }

    /// More than any piece of a statement, with a rest of each size.
    @Test func everybodyOfALargeClassBecomesAbsent() throws {
        let people = try (0..<64 + 8 + 2).map { try school.enrol("Person \($0)", templates: 0).id }
        let door = try school.database.terminals.add(name: "door").terminal.id
        try heartbeat(door, hasSentAll: true, at: end)
        _ = try school.receive([mark(people[70], -60)], from: door, now: end)
        try close(at: end)
        let records = try school.look("SELECT person, status FROM attendance WHERE session = '\(day)'")
        #expect(try Set(records.map { try $0.uuid("person") }) == Set(people))
        #expect(try records.filter { try $0.text("status") == "absent" }.count == people.count - 1)
    }

    @Test func whoWasNotSeenBecomesAbsentWhenTheSessionIsOver() throws {
        let (ada, ben) = (try school.enrol("Ada").id, try school.enrol("Ben").id)
        let door = try school.database.terminals.add(name: "door").terminal.id
        try heartbeat(door, hasSentAll: true, at: seconds(0))
        _ = try school.receive([mark(ada, -60)], from: door, now: end)
        #expect(try close(at: seconds(-1)).isEmpty)
        #expect(try state().state == .open)
        #expect(try close(at: end).map(\.waitsFor) == [[]])
        #expect(try school.statuses(of: ada) == ["late by mark"])
        #expect(try school.statuses(of: ben) == ["absent by closing"])
        #expect(try state().state == .closed)
        #expect(try state().ends == end)
        #expect(try close(at: seconds(60)).isEmpty, "once")
    }

    @Test func itWaitsForEveryTerminalThatServesTheClass() throws {
        let ada = try school.enrol("Ada").id
        _ = try school.enrol("Cem", className: "8a")
        let terminals = school.database.terminals
        let (door, gate) = (try terminals.add(name: "door").terminal.id, try terminals.add(name: "gate").terminal.id)
        let gone = try terminals.add(name: "gone").terminal.id
        _ = try terminals.add(name: "never seen")
        let other = try #require(try school.database.classes.find(name: "8a")).id
        try school.look("INSERT INTO terminal_classes (terminal, class) VALUES (?, ?)", [.id(gate), .id(other)])
        for terminal in [door, gate, gone] { try heartbeat(terminal, hasSentAll: true, at: seconds(-3600)) }
        try terminals.revoke(name: "gone")

        #expect(try close(at: seconds(10)).map(\.waitsFor) == [["door"], ["door", "gate"]])
        #expect(try school.statuses(of: ada).isEmpty)
        let waiting = try state()
        #expect(waiting.state == .waiting && waiting.waitsFor == [.init(id: door, name: "door")])
        #expect(try close(at: seconds(20)).map(\.isNews) == [false, false], "one line per change")

        try heartbeat(door, hasSentAll: false, at: seconds(30))
        #expect(try close(at: seconds(31)).first?.waitsFor == ["door"], "its outbox is not empty")
        try heartbeat(door, hasSentAll: true, at: seconds(40))
        #expect(try close(at: seconds(41)).map(\.waitsFor) == [[], ["gate"]])
        #expect(try school.statuses(of: ada) == ["absent by closing"])
        #expect(try state(of: "8a").state == .waiting)
        #expect(try close(at: seconds(60)).map(\.due.className) == ["8a"])
    }

    @Test func lateNewsChangeAClosedSession() throws {
        let person = try school.enrol("Ada").id
        let door = try school.database.terminals.add(name: "door").terminal.id
        try close(at: end)
        #expect(try school.statuses(of: person) == ["absent by closing"])
        _ = try school.receive([mark(person, -7200)], from: door, now: seconds(86_000))
        #expect(try school.statuses(of: person) == ["late by mark"])
        _ = try school.receive([mark(person, -4 * 3600)], from: door, now: seconds(86_000))
        #expect(try school.statuses(of: person) == ["present by mark"])
    }

    @Test func anExcuseOrADayOffLeavesNobodyAbsent() throws {
        let (ada, ben) = (try school.enrol("Ada").id, try school.enrol("Ben").id)
        let admin = try school.admin()
        let excuse = try school.database.excuses.make(
            .init(person: ada, firstDay: day.date, lastDay: day.date, reason: "a doctor"), by: admin,
            now: seconds(-90_000))
        #expect(try school.statuses(of: ada) == ["excused by excuse"])
        try close(at: end)
        #expect(try school.statuses(of: ada) == ["excused by excuse"])
        #expect(try school.statuses(of: ben) == ["absent by closing"])
        let calendar = school.database.calendar
        _ = try calendar.set(day.date, name: "storm", by: .server, now: end)
        try school.recompute()
        #expect(try school.statuses(of: ada).isEmpty)
        #expect(try school.statuses(of: ben).isEmpty)
        #expect(try state().state == .noSchool)
        #expect(try calendar.remove(day.date, by: .server, now: end))
        #expect(try !calendar.remove(day.date, by: .server, now: end))
        try school.recompute()
        #expect(try school.statuses(of: ada) == ["excused by excuse"])
        #expect(try school.database.excuses.withdraw(excuse.id, by: admin, now: seconds(60)))
        #expect(try school.statuses(of: ada) == ["absent by closing"])
    }

    @Test func onlyWhoWasInTheClassIsExpected() throws {
        let accounts = school.database.accounts
        func student(_ name: String, at now: Instant) throws -> UUID {
            let details = AccountDetails(name: name, role: .student, className: "7b")
            return try accounts.create(details, password: nil, by: .server, now: now).id
        }
        let (before, after) = (try student("Ada", at: seconds(-1)), try student("Ben", at: seconds(1)))
        let (moved, left) = (try student("Cem", at: seconds(-90)), try student("Dan", at: seconds(-90)))
        _ = try accounts.change(moved, by: .server, now: seconds(5)) { details throws(ServerError) in
            var details = details
            details.className = "8a"
            return details
        }
        _ = try accounts.remove(left, by: .server, now: seconds(-30))
        try close(at: seconds(60))
        #expect(try school.statuses(of: before) == ["absent by closing"])
        #expect(try school.statuses(of: after).isEmpty)
        #expect(try school.statuses(of: moved) == ["absent by closing"], "in 7b when its session ended")
        #expect(try school.statuses(of: left).isEmpty)
        let records = try school.database.records.list(.init(), page: PageRequest())
        #expect(records.map(\.className) == ["7b", "7b"])
    }

    @Test func aRenamedClassKeepsWhatItHas() throws {
        let person = try school.enrol("Ada").id
        let classes = school.database.classes
        let id = try #require(try classes.find(name: "7b")).id
        let times = ClassStore.Details(
            name: "7b", presentUntil: try TimeOfDay("10:00"), absentAfter: try TimeOfDay("11:30"))
        _ = try classes.change(id, to: times, by: .server, now: seconds(-90_000))
        try close(at: end)
        var renamed = times
        renamed.name = "8b"
        _ = try classes.change(id, to: renamed, by: .server, now: seconds(90_000))
        try school.recompute()
        #expect(try school.statuses(of: person) == ["absent by closing"])
        #expect(try state(of: "8b").state == .closed)
        let door = try school.database.terminals.add(name: "door").terminal.id
        _ = try school.receive([mark(person, -5401)], from: door, now: end)
        #expect(try school.statuses(of: person) == ["present by mark"], "its own times have gone with it")
    }
}
