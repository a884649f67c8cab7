import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct DeletionTests {
    let school: School
    let door: UUID
    let gate: UUID
    let ada: Person

    init() throws {
        school = try School()
        door = try school.database.terminals.add(name: "door").terminal.id
        gate = try school.database.terminals.add(name: "gate").terminal.id
        ada = try school.enrol("Ada")
        for terminal in [door, gate] { try school.beat(terminal, cursor: try school.pull(for: terminal).cursor) }
    }

    private func states() throws -> [String: Deletion.State] {
        let deletion = try #require(try school.database.terminals.deletion(of: ada.id))
        let states = Dictionary(uniqueKeysWithValues: deletion.terminals.map { ($0.name, $0.state) })
        #expect(deletion.isComplete == states.values.allSatisfy { $0 == .confirmed || $0 == .empty })
        return states
    }

    /// Pulls what is new and tells of it.
    private func sync(_ terminal: UUID, since cursor: String?) throws -> String {
        let cursor = try school.pull(for: terminal, since: cursor).cursor
        try school.beat(terminal, cursor: cursor)
        return cursor
    }

    @Test func eachTerminalConfirmsByItsHeartbeat() throws {
        let cursor = try school.pull(for: door).cursor
        _ = try school.database.people.remove("Ada")
        #expect(try states() == ["door": .waiting, "gate": .waiting])
        try school.beat(door, cursor: cursor)
        #expect(try states()["door"] == .waiting, "the roster it tells of is an old one")
        _ = try school.pull(for: door, since: cursor)
        #expect(try states()["door"] == .waiting, "what was sent may not have arrived")
        _ = try sync(door, since: cursor)
        #expect(try states() == ["door": .confirmed, "gate": .waiting])
        _ = try sync(gate, since: nil)
        #expect(try states() == ["door": .confirmed, "gate": .confirmed])
    }

    @Test func aRosterThatIsNotWholeConfirmsNothing() throws {
        for index in 0..<120 { _ = try school.enrol("Person \(index)") }
        _ = try school.database.people.remove("Ada")
        _ = try school.enrol("Late")
        var cursor = try school.delta(for: door, since: nil).cursor
        while true {
            try school.beat(door, cursor: cursor)
            let page = try school.delta(for: door, since: cursor)
            guard page.more else { break }
            #expect(try states()["door"] == .waiting, "people of the roster before are kept until the last page")
            cursor = page.cursor
        }
        #expect(try states()["door"] == .waiting)
        _ = try sync(door, since: cursor)
        #expect(try states()["door"] == .confirmed)
    }

    @Test func aConfirmationOutlastsTheEpochAndTheTerminal() throws {
        _ = try school.database.people.remove("Ada")
        let cursor = try sync(door, since: nil)
        try school.database.roster.beginEpoch()
        #expect(try states() == ["door": .confirmed, "gate": .waiting])
        try school.beat(door, cursor: cursor)
        try school.beat(door, cursor: nil)
        try school.beat(door, cursor: "junk")
        #expect(try states()["door"] == .confirmed)
        try school.database.terminals.revoke(name: "door")
        try school.database.terminals.revoke(name: "gate")
        #expect(try states() == ["door": .confirmed, "gate": .unreachable])
        let deletion = try #require(try school.database.terminals.deletion(of: ada.id))
        #expect(deletion.terminals.last?.nextStep?.contains("apt purge rollcalld") == true)
    }

    @Test func aCursorOfAnotherEpochConfirmsNothing() throws {
        _ = try school.database.people.remove("Ada")
        let foreign = RosterCursor(epoch: UUID().lowercased, generation: 0, revision: 1_000_000)
        try school.beat(door, cursor: foreign.description)
        #expect(try states()["door"] == .waiting)
        let epoch = try school.database.roster.position(of: door, cursor: nil).newest.epoch
        try school.beat(door, cursor: "\(epoch).0.1000000")
        #expect(try states()["door"] == .waiting, "there is no such revision")
        try school.beat(door, cursor: "\(epoch).7.2")
        #expect(try states()["door"] == .waiting, "there is no such generation")
    }

    @Test func aTerminalThatNeverHadAnybodyHasNothingToDelete() throws {
        _ = try school.database.terminals.add(registering: "new")
        _ = try school.database.people.remove("Ada")
        #expect(try states()["new"] == .empty)
    }

    @Test func thereIsNothingToTellOfSomebodyWhoIsThere() throws {
        #expect(throws: ServerError.self) { try school.database.terminals.deletion(of: ada.id) }
        #expect(try school.database.terminals.deletion(of: UUID()) == nil)
        #expect(throws: ServerError.self) { try school.database.deletion(ofPerson: "Ada") }
    }
}
