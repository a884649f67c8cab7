import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct MarkIntakeTests {
    let school: School
    let thread: DatabaseThread
    let terminal: UUID
    let person: UUID

    init() throws {
        school = try School()
        thread = DatabaseThread(school.database, patience: .seconds(600))
        terminal = try school.database.terminals.add(name: "door").terminal.id
        person = try school.enrol("Ada").id
    }

    @Test func aBatchThatWaitsForTooLongIsRefusedAndNotStored() async throws {
        let mark = School.mark(of: person)
        // Every wait is too long for it.
        let hasty = MarkIntake(database: thread, patience: .zero)
        await #expect(throws: Problem.overloaded) { try await hasty.receive([.valid(mark)], from: terminal) }
        await #expect(throws: Problem.overloaded) { try await hasty.receive([.valid(mark)], from: terminal) }
        #expect(try school.database.marks.list().isEmpty)
        let intake = MarkIntake(database: thread, patience: .seconds(600))
        #expect(try await intake.receive([.valid(mark)], from: terminal) == [.accepted(mark.id)], "later it is")
    }

    /// More marks than one transaction takes, and a batch that alone is more: all are stored, each answered for itself.
    @Test func manyMarksAreStoredInSeveralTransactions() async throws {
        let intake = MarkIntake(database: thread, width: thread.width, patience: .seconds(600))
        let batches = [700, 700, 1200, 1, 300].map { count in
            (0..<count).map { _ in ReceivedMark.valid(School.mark(of: person)) }
        }
        try await withThrowingTaskGroup(of: (Int, [MarkResult]).self) { group in
            for (number, batch) in batches.enumerated() {
                group.addTask { (number, try await intake.receive(batch, from: terminal)) }
            }
            for try await (number, results) in group {
                #expect(results.count == batches[number].count && results.allSatisfy { $0.result == .accepted })
            }
        }
        #expect(try school.database.marks.list(limit: 5000).count == 2901)
    }
}
