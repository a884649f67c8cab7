import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Server

/// What walk-bys say of a person goes with the person, and everything after its time.
@Suite(.onEveryDatabase) struct WalkByForgettingTests {
    let school: School
    let door: UUID
    let admin: UUID
    let ada, ben: Person
    private var walkBys: WalkByStore { school.database.walkBys }

    init() throws {
        school = try School()
        door = try school.database.terminals.add(name: "door").terminal.id
        admin = try school.admin()
        ada = try school.enrol("Ada")
        ben = try school.enrol("Ben")
    }

    /// One of Ada alone, one of both, one of both that was Ada, one of both that was Ben.
    private func fill() throws -> [UUID] {
        let all = [[ada.id], [ada.id, ben.id], [ben.id, ada.id], [ada.id, ben.id]].map { School.walkBy(of: $0) }
        let results = try walkBys.receive(all.map { .valid($0) }, from: door, now: School.morning)
        #expect(results.allSatisfy { $0.result == .accepted })
        for (walkBy, person) in [(all[2], ada), (all[3], ben)] {
            let decided = try walkBys.decide(
                walkBy.id, .mark(person.id), reason: "I saw it", by: admin, now: School.morning)
            #expect(decided?.decision?.person == person.id)
        }
        return all.map(\.id)
    }

    private func checkThatNothingIsLeftOfAda(_ ids: [UUID]) throws {
        let left = try walkBys.list()
        #expect(Set(left.map(\.id)) == [ids[1], ids[3]])
        #expect(left.allSatisfy { $0.people.map(\.name) == ["Ben"] })
        #expect(try school.look("SELECT * FROM walk_by_people WHERE person = '\(ada.id.lowercased)'").isEmpty)
        #expect(try school.look("SELECT * FROM walk_bys WHERE marked = '\(ada.id.lowercased)'").isEmpty)
    }

    @Test func removingAPerson() throws {
        let ids = try fill()
        _ = try school.database.people.remove("Ada")
        try checkThatNothingIsLeftOfAda(ids)
        #expect(try school.statuses(of: ada.id) == ["present by correction"], "attendance that was taken stays")
    }

    @Test func removingAnAccount() throws {
        let ids = try fill()
        _ = try school.database.accounts.remove(ada.id, by: .person(admin), now: School.morning)
        try checkThatNothingIsLeftOfAda(ids)
    }

    @Test func withdrawingTheConsent() throws {
        let ids = try fill()
        _ = try school.database.people.recordConsent(false, note: nil, of: "Ada")
        try checkThatNothingIsLeftOfAda(ids)
    }

    @Test func becomingATeacher() throws {
        let ids = try fill()
        _ = try school.database.accounts.change(ada.id, by: .server, now: School.morning) {
            details throws(ServerError) in
            var details = details
            (details.role, details.className) = (.teacher, nil)
            return details
        }
        try checkThatNothingIsLeftOfAda(ids)
    }

    /// More of them than any piece of a statement has.
    @Test func manyAtOnce() throws {
        let many = (0..<64 + 8 + 3).map { School.walkBy(of: $0 % 2 == 0 ? [ada.id] : [ben.id, ada.id]) }
        _ = try walkBys.receive(many.map { .valid($0) }, from: door, now: School.morning)
        _ = try school.database.people.remove("Ada")
        #expect(try walkBys.list().count == many.count / 2)
    }

    @Test func afterItsTimeEverythingGoes() async throws {
        _ = try fill()
        let later = School.morning.advanced(byMilliseconds: 86_400_000)
        let new = School.walkBy(of: [ben.id])
        _ = try walkBys.receive([.valid(new)], from: door, now: later)
        let sweep = WalkBySweep(
            database: DatabaseThread(school.database, patience: .seconds(600)), days: 30, logger: .init(label: "sweep"))
        await sweep.sweep(now: School.morning.advanced(byMilliseconds: 30 * 86_400_000))
        #expect(try walkBys.list().count == 5, "not a day too early")
        await sweep.sweep(now: School.morning.advanced(byMilliseconds: 30 * 86_400_000 + 1))
        #expect(try walkBys.list().map(\.id) == [new.id])
        #expect(try school.look("SELECT * FROM walk_by_people").count == 1)
        #expect(try school.statuses(of: ada.id) == ["present by correction"], "what was decided stays")
    }
}
