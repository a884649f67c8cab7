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
        let received: [ReceivedMark] = [.valid(good), .valid(stranger), .invalid(id: UUID(), reason: "no such status")]
        let first = try school.database.marks.receive(received, from: .terminal(terminal), now: School.morning)
        #expect(first.map(\.id) == received.map(\.id))
        #expect(first.map(\.result) == [.accepted, .rejected, .rejected])
        #expect(first[1].reason?.contains("was ever enrolled") == true)
        #expect(first[2].reason == "no such status")
        let second = try school.database.marks.receive(received, from: .terminal(terminal), now: School.morning)
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
        #expect(try toReview().map(\.id) == [guess.id])
        #expect(try school.look("SELECT * FROM attendance").isEmpty)

        var resolved = guess
        resolved.at = School.morning
        resolved.clock = .server
        resolved.session = SessionID(date: School.day)
        #expect(try school.receive([resolved], from: terminal).first?.result == .duplicate)
        let marks = try school.database.marks.list()
        #expect(marks.map(\.status) == [.present])
        #expect(marks.map(\.session.date) == [School.day])
        #expect(marks.map(\.decides) == [true])
        #expect(try toReview().isEmpty)

        // What is known once is never guessed again.
        #expect(try school.receive([guess], from: terminal).first?.result == .duplicate)
        #expect(try school.database.marks.list().map(\.status) == [.present])
    }

    @Test func everyMarkWithoutATimeWaitsByItselfForReview() throws {
        let terminal = try school.database.terminals.add(name: "door").terminal.id
        let person = try school.enrol("Ada")
        let guesses = [1_000_000_000, 2_000_000_000].map { bootTime in
            School.mark(
                of: person.id, at: Instant(milliseconds: 9_000 + bootTime / 1_000_000), clock: .unknown,
                session: LocalDate(daysSince1970: 0), bootTime: bootTime)
        }
        _ = try school.receive(guesses, from: terminal)
        #expect(try toReview().map(\.id) == guesses.map(\.id).reversed())
        let admin = try school.admin()
        let corrections = school.database.corrections
        func correct(_ status: RecordStatus?, mark: UUID?) throws {
            _ = try corrections.make(
                .init(
                    person: person.id, session: SessionID(date: School.day), status: status, reason: "seen", mark: mark),
                by: admin, now: School.morning)
        }
        try correct(.late, mark: guesses[0].id)
        #expect(try toReview().map(\.id) == [guesses[1].id])
        #expect(try school.statuses(of: person.id) == ["late by correction"])
        try correct(nil, mark: nil)
        #expect(try toReview().count == 2, "what decided it was taken back")
        _ = try school.database.marks.void(guesses[1].id, reason: "a test", by: admin, now: School.morning)
        #expect(try toReview().map(\.id) == [guesses[0].id])
    }

    @Test func theServersDayAndPolicyDecideAndNotTheTerminals() throws {
        let terminal = try school.database.terminals.add(name: "door").terminal.id
        let person = try school.enrol("Ada")
        let mark = School.mark(
            of: person.id, session: LocalDate(daysSince1970: School.day.daysSince1970 + 1), status: .absent)
        #expect(try school.receive([mark], from: terminal).first?.result == .accepted)
        #expect(try school.database.marks.list().map(\.session.date) == [School.day])
        #expect(try school.statuses(of: person.id) == ["present by mark"])
    }

    @Test func aVoidMarkLeavesItsSessionToTheNextOne() throws {
        let terminal = try school.database.terminals.add(name: "door").terminal.id
        let person = try school.enrol("Ada")
        let admin = try school.admin()
        let early = School.mark(of: person.id)
        let late = School.mark(of: person.id, at: School.morning.advanced(byMilliseconds: 3_600_000), status: .late)
        _ = try school.receive([early, late], from: terminal)
        #expect(try school.statuses(of: person.id) == ["present by mark"])
        let marks = school.database.marks
        #expect(try marks.void(early.id, reason: "  a photograph was held up ", by: admin, now: School.morning))
        #expect(try school.statuses(of: person.id) == ["late by mark"])
        #expect(try marks.find(early.id)?.voidReason == "a photograph was held up")
        #expect(try school.receive([early], from: terminal).first?.result == .duplicate)
        #expect(try school.statuses(of: person.id) == ["late by mark"], "it stays void when it comes again")
        #expect(throws: ServerError.self) {
            try marks.void(early.id, reason: "again", by: admin, now: School.morning)
        }
        #expect(throws: ServerError.self) { try marks.void(late.id, reason: " ", by: admin, now: School.morning) }
        #expect(try !marks.void(UUID(), reason: "none", by: admin, now: School.morning))
        #expect(try marks.void(late.id, reason: "too", by: admin, now: School.morning))
        #expect(try school.statuses(of: person.id).isEmpty)
        let actions = try school.database.audit.list(object: nil, page: PageRequest()).map(\.action)
        #expect(actions.prefix(2) == ["mark.void", "mark.void"])
    }

    @Test func anUploadHasNoTerminal() throws {
        let person = try school.enrol("Ada")
        let mark = School.mark(of: person.id)
        _ = try school.database.marks.receive([.valid(mark)], from: .upload, now: School.morning)
        let listed = try #require(try school.database.marks.list().first)
        #expect(listed.source == "upload" && listed.terminal == nil && listed.decides)
    }

    private func toReview() throws -> [ListedMark] {
        try school.database.marks.list(.init(isToReview: true), page: PageRequest())
    }

    @Test func aRemovedPersonsMarkIsAccepted() throws {
        let terminal = try school.database.terminals.add(name: "door").terminal.id
        let person = try school.enrol("Ada")
        _ = try school.database.people.remove("Ada")
        #expect(try school.receive([School.mark(of: person.id)], from: terminal).first?.result == .accepted)
        #expect(try school.database.marks.list().map(\.name) == ["Ada"])
    }
}
