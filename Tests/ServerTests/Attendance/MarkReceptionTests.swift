import Attendance
import Foundation
import SyncProtocol
import TestSupport
import Testing

@testable import Server

/// Marks that are stored together are answered, and become records, as if each had come alone.
@Suite(.onEveryDatabase) struct MarkReceptionTests {
    /// A school with some students and two terminals.
    private struct Scene {
        let school: School
        let people: [UUID]
        let terminals: [UUID]

        init(people: Int = 3) throws {
            let school = try School()
            self.school = school
            self.people = try (0..<people).map { try school.enrol("Person \($0)", templates: 0).id }
            terminals = try ["door", "gate"].map { try school.database.terminals.add(name: $0).terminal.id }
        }

        func receive(_ batches: [[ReceivedMark]]) throws -> [[MarkResult]] {
            try school.database.marks.receive(
                batches.enumerated().map { .init(marks: $1, source: .terminal(terminals[$0 % 2])) }, now: School.morning
            )
        }

        /// What is stored, without what differs from school to school.
        func tables() throws -> [String] {
            let marks = "p.name, m.id, m.session, m.at_ms, m.status, m.clock, m.boot_id FROM marks m"
            let records = "p.name, m.session, m.class, m.status, m.cause, m.mark, m.at_ms FROM attendance m"
            return try [marks, records].flatMap { table in
                try school.look("SELECT \(table) JOIN people p ON p.id = m.person").map { "\($0.values)" }.sorted()
            }
        }
    }

    /// Some marks of some people: the same again, with their time known, from the future, of nobody, and no marks at all.
    private func arrivals(_ random: inout SplitMix) -> [(person: Int, received: ReceivedMark)] {
        var marks: [(person: Int, received: ReceivedMark)] = []
        for _ in 0..<20 {
            let at = School.morning.advanced(byMilliseconds: Int64.random(in: 0..<5, using: &random) * 1_800_000)
            var mark = School.mark(
                of: UUID(), at: at, clock: Bool.random(using: &random) ? .synchronised : .unknown, boot: boot)
            mark.id = UUIDv7.make(at: at, using: &random)
            // One in ten is of nobody.
            let person = Int.random(in: 0..<10, using: &random) == 0 ? -1 : Int.random(in: 0..<3, using: &random)
            marks.append((person, .valid(mark)))
            if Bool.random(using: &random) {
                mark.clock = .server
                marks.append((person, .valid(mark)))
            }
            if Int.random(in: 0..<5, using: &random) == 0 {
                mark.at = School.morning.advanced(byMilliseconds: 5 * 86_400_000)
                marks.append((person, .valid(mark)))
                marks.append((person, .invalid(id: mark.id, reason: "no such status")))
            }
        }
        return marks.shuffled(using: &random)
    }

    private let boot = UUID()

    @Test(arguments: 0..<6) func severalBatchesAreAsGoodAsOneMarkAfterTheOther(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed) + 70)
        let arrivals = arrivals(&random)
        let (one, other) = (try Scene(), try Scene())
        func received(in scene: Scene) -> [ReceivedMark] {
            arrivals.map { person, received in
                guard case .valid(var mark) = received, person >= 0 else { return received }
                mark.person = scene.people[person]
                return .valid(mark)
            }
        }
        let cut = Int.random(in: 0...arrivals.count, using: &random)
        let marks = received(in: one)
        let together = try one.receive([Array(marks[..<cut]), Array(marks[cut...])])
        #expect(together.map(\.count) == [cut, marks.count - cut])
        let alone = try received(in: other).enumerated().flatMap { index, mark in
            try other.receive(index < cut ? [[mark]] : [[], [mark]]).flatMap(\.self)
        }
        #expect(together.flatMap(\.self).map(\.id) == alone.map(\.id))
        #expect(together.flatMap(\.self).map(\.result) == alone.map(\.result))
        #expect(Set(alone.map(\.result)) == [.accepted, .duplicate, .rejected])
        #expect(try one.tables() == other.tables())
    }

    /// More than any piece of a statement, with a rest of each size.
    @Test func manyPeopleAtOnceHaveARecordEach() throws {
        let scene = try Scene(people: 64 + 8 + 2)
        let marks = scene.people.map { ReceivedMark.valid(School.mark(of: $0)) }
        let results = try scene.receive([marks, marks])
        #expect(
            results.map { $0.map(\.result) }
                == [.accepted, .duplicate].map { Array(repeating: $0, count: marks.count) })
        let records = try scene.school.look("SELECT person, cause FROM attendance")
        #expect(try Set(records.map { try $0.uuid("person") }) == Set(scene.people))
        #expect(try records.allSatisfy { try $0.text("cause") == "mark" })
    }

    @Test func piecesAreOfFewSizesAndInOrder() {
        for count in [0, 1, 7, 8, 9, 64, 65, 73, 200] {
            let pieces = Array(0..<count).pieces
            #expect(pieces.flatMap(\.self) == Array(0..<count))
            #expect(Set(pieces.map(\.count)).isSubset(of: [1, 8, 64]))
        }
        #expect(["a", "b"].places() == "?, ?" && [1].places("(?, ?)") == "(?, ?)")
    }
}
