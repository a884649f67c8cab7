import Attendance
import Foundation
import SyncProtocol
import TestSupport
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct MarkStoreTests {
    let school: School

    init() throws { school = try School() }

    @Test func answersEveryMarkByItsID() throws {
        let terminal = try school.database.terminals.add(name: "door").terminal.id
        let person = try school.enrol("Ada")
        let good = School.mark(of: person.id)
        let stranger = School.mark(of: UUID())
        let received: [ReceivedMark] = [.mark(good), .mark(stranger), .invalid(id: UUID(), reason: "no such status")]
        let first = try school.database.marks.receive(received, from: terminal, now: School.morning)
        #expect(first.map(\.id) == received.map(\.id))
        #expect(first.map(\.result) == [.accepted, .rejected, .rejected])
        #expect(first[1].reason?.contains("was ever enrolled") == true)
        #expect(first[2].reason == "no such status")
        let second = try school.database.marks.receive(received, from: terminal, now: School.morning)
        #expect(second.map(\.result) == [.duplicate, .rejected, .rejected])
        #expect(try school.database.marks.list().count == 1)
    }

    @Test func rejectsTheFarFutureOfAKnownClockOnly() throws {
        let terminal = try school.database.terminals.add(name: "door").terminal.id
        let person = try school.enrol("Ada")
        func result(_ days: Int64, _ clock: ClockTrust) throws -> MarkResult.Verdict? {
            let at = School.morning.advanced(byMilliseconds: days * 86_400_000 + 1)
            let date = LocalDate(daysSince1970: Int(at.seconds / 86_400))
            return try school.receive([School.mark(of: person.id, at: at, clock: clock, session: date)], from: terminal)
                .first?.result
        }
        #expect(try result(0, .synchronised) == .accepted)
        #expect(try result(1, .synchronised) == .rejected)
        #expect(try result(1, .server) == .rejected)
        #expect(try result(9, .unknown) == .accepted)
    }

    @Test func rejectsASessionOfAnotherDay() throws {
        let terminal = try school.database.terminals.add(name: "door").terminal.id
        let person = try school.enrol("Ada")
        for (days, verdict) in [(-2, MarkResult.Verdict.rejected), (-1, .accepted), (1, .accepted), (2, .rejected)] {
            let session = LocalDate(daysSince1970: School.day.daysSince1970 + days)
            let mark = School.mark(of: person.id, session: session)
            #expect(try school.receive([mark], from: terminal).first?.result == verdict, "\(days) days off")
        }
    }

    @Test func theEarliestMarkDecidesAndTheOthersAreKept() throws {
        let door = try school.database.terminals.add(name: "door").terminal.id
        let gate = try school.database.terminals.add(name: "gate").terminal.id
        let person = try school.enrol("Ada")
        let late = School.mark(
            of: person.id, at: School.morning.advanced(byMilliseconds: 3_600_000), status: .late)
        let early = School.mark(of: person.id)
        #expect(try school.receive([late], from: door).first?.result == .accepted)
        #expect(try school.receive([early], from: gate).first?.result == .accepted)
        let marks = try school.database.marks.list()
        #expect(marks.map(\.id) == [early.id, late.id])
        #expect(marks.map(\.decides) == [true, false])
        #expect(marks.map(\.terminal) == ["gate", "door"])
    }

    @Test func anUnknownClockWaitsForReviewUntilItsTimeIsKnown() throws {
        let terminal = try school.database.terminals.add(name: "door").terminal.id
        let person = try school.enrol("Ada")
        let guess = School.mark(
            of: person.id, at: Instant(milliseconds: 9_000), clock: .unknown,
            session: LocalDate(daysSince1970: 0))
        #expect(try school.receive([guess], from: terminal).first?.result == .accepted)
        #expect(try school.database.marks.list().map(\.status) == [nil])
        #expect(try school.look("SELECT status FROM attendance").map { $0.isNull("status") } == [true])

        var resolved = guess
        resolved.at = School.morning
        resolved.clock = .server
        resolved.session = SessionID(date: School.day)
        #expect(try school.receive([resolved], from: terminal).first?.result == .duplicate)
        let marks = try school.database.marks.list()
        #expect(marks.map(\.status) == [.present])
        #expect(marks.map(\.session.date) == [School.day])
        #expect(try school.look("SELECT session, status FROM attendance").count == 1)

        // What is known once is never guessed again.
        #expect(try school.receive([guess], from: terminal).first?.result == .duplicate)
        #expect(try school.database.marks.list().map(\.status) == [.present])
    }

    @Test func aResolvedMarkLeavesItsReviewToTheNextOne() throws {
        let terminal = try school.database.terminals.add(name: "door").terminal.id
        let person = try school.enrol("Ada")
        let boot = UUID()
        let guesses = [1_000_000_000, 2_000_000_000].map { bootTime in
            School.mark(
                of: person.id, at: Instant(milliseconds: 9_000), clock: .unknown,
                session: LocalDate(daysSince1970: 0), boot: boot, bootTime: bootTime)
        }
        _ = try school.receive(guesses, from: terminal)
        #expect(try school.database.marks.list().filter(\.decides).map(\.id) == [guesses[0].id])
        var resolved = guesses[0]
        resolved.at = School.morning
        resolved.clock = .server
        resolved.session = SessionID(date: School.day)
        _ = try school.receive([resolved], from: terminal)
        #expect(Set(try school.database.marks.list().filter(\.decides).map(\.id)) == Set(guesses.map(\.id)))
    }

    @Test func aRemovedPersonsMarkIsAccepted() throws {
        let terminal = try school.database.terminals.add(name: "door").terminal.id
        let person = try school.enrol("Ada")
        _ = try school.database.people.remove("Ada")
        #expect(try school.receive([School.mark(of: person.id)], from: terminal).first?.result == .accepted)
        #expect(try school.database.marks.list().map(\.name) == ["Ada"])
    }

    /// Any order, any repetition and any splitting into batches gives the same records.
    @Test(arguments: 0..<12) func anyDeliveryGivesTheSameRecords(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        let terminals = try ["door", "gate"].map { try school.database.terminals.add(name: $0).terminal.id }
        let people = try ["Ada", "Ben", "Cem"].map { try school.enrol($0).id }
        let marks = Self.marks(of: people, using: &random)
        _ = try school.receive(marks, from: terminals[0])
        let wanted = try records()
        #expect(!wanted.isEmpty)

        let other = try School()
        let otherTerminals = try ["door", "gate"].map { try other.database.terminals.add(name: $0).terminal.id }
        let names = Dictionary(uniqueKeysWithValues: zip(people, ["Ada", "Ben", "Cem"]))
        let otherPeople = try names.mapValues { try other.enrol($0).id }
        var deliveries = (marks + marks.filter { _ in random.next() % 3 == 0 }).shuffled(using: &random).map { mark in
            var mark = mark
            mark.person = otherPeople[mark.person] ?? mark.person
            return mark
        }[...]
        while !deliveries.isEmpty {
            // An id comes once in a batch.
            var seen: Set<UUID> = []
            let size = Int(random.next() % 7) + 1
            let batch = deliveries.prefix(size).prefix { seen.insert($0.id).inserted }
            _ = try other.receive(Array(batch), from: otherTerminals[Int(random.next() % 2)])
            deliveries = deliveries.dropFirst(batch.count)
        }
        #expect(try Self.records(of: other) == wanted)
    }

    private func records() throws -> [String] { try Self.records(of: school) }

    private static func records(of school: School) throws -> [String] {
        try school.look(
            """
            SELECT p.name, a.session, a.mark, a.at_ms, a.status FROM attendance a JOIN people p ON p.id = a.person
            ORDER BY a.mark
            """
        ).map { "\($0.values)" }
    }

    private static func marks(of people: [UUID], using random: inout SplitMix) -> [Mark] {
        let boots = [UUID(), UUID()]
        return (0..<40).map { _ in
            let known = random.next() % 4 != 0
            let at = School.morning.advanced(byMilliseconds: Int64(random.next() % 5) * 60_000)
            return School.mark(
                of: people[Int(random.next() % 3)], at: at, clock: known ? .synchronised : .unknown,
                session: LocalDate(daysSince1970: School.day.daysSince1970 - Int(random.next() % 2)),
                status: random.next() % 2 == 0 ? .present : .late, boot: boots[Int(random.next() % 2)],
                bootTime: Int64(random.next() % 4) * 1_800_000_000_000)
        }
    }
}
