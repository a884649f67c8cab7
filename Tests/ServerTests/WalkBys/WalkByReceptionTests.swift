import Attendance
import Foundation
import SyncProtocol
import TestSupport
import Testing

@testable import Server

/// What becomes of the walk-bys that terminals send.
@Suite(.onEveryDatabase) struct WalkByReceptionTests {
    let school: School
    let door: UUID
    let ada, ben: Person

    init() throws {
        school = try School()
        door = try school.database.terminals.add(name: "door").terminal.id
        ada = try school.enrol("Ada")
        ben = try school.enrol("Ben", className: "8a")
    }

    private func receive(
        _ walkBys: [UnsureWalkBy], from terminal: UUID? = nil, now: Instant = School.morning
    ) throws -> [MarkResult] {
        try school.database.walkBys.receive(walkBys.map { .valid($0) }, from: terminal ?? door, now: now)
    }

    @Test func answersEveryOneByItsIDAndStoresItOnce() throws {
        let good = School.walkBy(of: [ada.id, ben.id], reason: .lookAlikes)
        let stranger = School.walkBy(of: [UUID()])
        let received: [ReceivedWalkBy] = [
            .valid(good), .valid(stranger), .invalid(id: UUID(), reason: "no such reason"),
        ]
        let walkBys = school.database.walkBys
        let first = try walkBys.receive(received, from: door, now: School.morning)
        #expect(first.map(\.id) == received.map(\.id))
        #expect(first.map(\.result) == [.accepted, .rejected, .rejected])
        #expect(first[1].reason?.contains("recognises none") == true && first[2].reason == "no such reason")
        let second = try walkBys.receive(received, from: door, now: School.morning)
        #expect(second.map(\.result) == [.duplicate, .rejected, .rejected])
        let listed = try walkBys.list()
        #expect(listed.map(\.id) == [good.id])
        #expect(listed[0].people.map(\.name) == ["Ada", "Ben"] && listed[0].others == 0)
        #expect(listed[0].reason == .lookAlikes && listed[0].detail == "a sheet with <edges>")
        #expect(listed[0].terminal == "door" && listed[0].score == 12.5 && listed[0].decision == nil)
    }

    @Test func whomTheTerminalMayNotRecogniseIsLeftOut() throws {
        let classes = school.database.classes
        let served = try #require(try classes.find(name: "8a")).id
        _ = try school.database.terminals.setClasses([served], of: door, by: .server, now: School.morning)
        #expect(try receive([School.walkBy(of: [ada.id])]).map(\.result) == [.rejected])
        #expect(try receive([School.walkBy(of: [ada.id, ben.id])]).map(\.result) == [.accepted])
        #expect(try school.database.walkBys.list().map { $0.people.map(\.name) } == [["Ben"]])

        // Without consent there is nobody to be recognised either, and nobody who is gone.
        _ = try school.database.people.recordConsent(false, note: nil, of: "Ben")
        #expect(try receive([School.walkBy(of: [ben.id])]).map(\.result) == [.rejected])
        let gate = try school.database.terminals.add(name: "gate").terminal.id
        _ = try school.database.people.remove("Ada")
        #expect(try receive([School.walkBy(of: [ada.id])], from: gate).map(\.result) == [.rejected])
        #expect(try school.look("SELECT id FROM walk_bys").isEmpty)
    }

    @Test func anotherTerminalsIDChangesNothing() throws {
        let gate = try school.database.terminals.add(name: "gate").terminal.id
        let guess = School.walkBy(of: [ada.id], clock: .unknown)
        #expect(try receive([guess]).map(\.result) == [.accepted])
        var foreign = guess
        (foreign.clock, foreign.people) = (.server, [ben.id])
        #expect(try receive([foreign], from: gate).map(\.result) == [.duplicate])
        let listed = try #require(try school.database.walkBys.list().first)
        #expect(listed.terminal == "door" && listed.clock == .unknown && listed.people.map(\.name) == ["Ada"])
    }

    @Test func itsTrueTimeIsTakenOverAndNeverAGuessAgain() throws {
        let guess = School.walkBy(
            of: [ada.id], at: Instant(milliseconds: 9_000), clock: .unknown, session: LocalDate(daysSince1970: 0))
        #expect(try receive([guess]).map(\.result) == [.accepted])
        var resolved = guess
        (resolved.at, resolved.clock, resolved.session) = (School.morning, .server, SessionID(date: School.day))
        #expect(try receive([resolved]).map(\.result) == [.duplicate])
        #expect(try receive([guess]).map(\.result) == [.duplicate])
        let listed = try #require(try school.database.walkBys.list().first)
        #expect(listed.at == School.morning && listed.clock == .server && listed.session.date == School.day)
    }

    @Test func aTimeThatCannotBeIsRejectedAndTheServersDayCounts() throws {
        let future = School.morning.advanced(byMilliseconds: 2 * 86_400_000)
        let tomorrow = LocalDate(daysSince1970: School.day.daysSince1970 + 1)
        let results = try receive([
            School.walkBy(
                of: [ada.id], at: future, session: LocalDate(daysSince1970: School.day.daysSince1970 + 2)),
            School.walkBy(of: [ada.id], session: LocalDate(daysSince1970: School.day.daysSince1970 - 2)),
            School.walkBy(of: [ada.id], session: tomorrow),
        ])
        #expect(results.map(\.result) == [.rejected, .rejected, .accepted])
        #expect(try school.database.walkBys.list().map(\.session.date) == [School.day])
    }

    /// As on the first day after a holiday, with as many side by side as the database takes.
    @Test func manyTerminalsSendAtOnce() async throws {
        let thread = DatabaseThread(school.database, patience: .seconds(600))
        let terminals = try (0..<12).map { try school.database.terminals.add(name: "gate \($0)").terminal.id }
        let results = try await withThrowingTaskGroup(of: [MarkResult].self) { group in
            for terminal in terminals {
                let batch = (0..<20).map { ReceivedWalkBy.valid(School.walkBy(of: $0 % 2 == 0 ? [ada.id] : [ben.id])) }
                group.addTask {
                    try await thread.run { database throws(ServerError) in
                        try database.walkBys.receive(batch, from: terminal, now: School.morning)
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(results.count == 240 && results.allSatisfy { $0.result == .accepted })
        #expect(try school.database.walkBys.list().count == 240)
    }

    @Test func aTerminalHasItsBoundADay() throws {
        let all = (0..<WalkByStore.mostADay + 50).map { _ in School.walkBy(of: [ada.id]) }
        var results: [MarkResult] = []
        for start in stride(from: 0, to: all.count, by: WalkByBatch.maximumWalkBys) {
            results += try receive(Array(all[start..<min(all.count, start + WalkByBatch.maximumWalkBys)]))
        }
        #expect(results.count { $0.result == .accepted } == WalkByStore.mostADay)
        #expect(results.last?.reason?.contains("in a day") == true)
        #expect(try receive([all[0]]).map(\.result) == [.duplicate], "what is there is no flood")
        let gate = try school.database.terminals.add(name: "gate").terminal.id
        #expect(try receive([School.walkBy(of: [ada.id])], from: gate).map(\.result) == [.accepted])
        let later = School.morning.advanced(byMilliseconds: 86_400_001)
        #expect(try receive([School.walkBy(of: [ada.id])], now: later).map(\.result) == [.accepted])
    }
}
