import Attendance
import Foundation
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct LetterStoreTests {
    let school: School
    let ada: UUID
    private var letters: LetterStore { school.database.letters }

    init() throws {
        school = try School()
        ada = try school.student("Ada", "ada@school.example")
    }

    private let now = School.morning
    private func later(_ milliseconds: Int64) -> Instant { now.advanced(byMilliseconds: milliseconds) }

    private func add(_ period: String = "2026-09-01", to person: UUID? = nil) throws -> Bool {
        try school.database.transaction { session throws(ServerError) in
            try LetterStore.add(.daily, period: period, to: person ?? ada, now: now, session)
        }
    }

    @Test func oneLetterPerKindPeriodAndRecipientEver() throws {
        #expect(try add())
        #expect(try !add())
        let letter = try #require(try letters.claim(now: now))
        #expect(try letters.handOver(letter, now: now) && letters.finish(letter, now: now))
        #expect(try !add(), "also after it was sent")
        #expect(try add("2026-09-02"))
        #expect(try school.letters().count == 2)
    }

    @Test func aClaimIsNobodyElsesUntilItIsAbandoned() throws {
        _ = try add()
        let first = try #require(try letters.claim(now: now))
        #expect(first.state == .claimed)
        #expect(try letters.claim(now: later(LetterStore.lease - 1)) == nil)
        let second = try #require(try letters.claim(now: later(LetterStore.lease)))
        #expect(second.id == first.id && second.claim != first.claim)
        // The first process wakes up again: it may neither hand over nor decide anything.
        #expect(try !letters.handOver(first, now: now))
        #expect(try !letters.finish(first, now: now) && !letters.fail(first, "late"))
        #expect(try !letters.postpone(first, until: now, "late", isTry: true))
        #expect(try letters.handOver(second, now: later(LetterStore.lease)))
        #expect(try letters.finish(second, now: later(LetterStore.lease)))
        #expect(try school.letters()[0].state == .sent)
    }

    @Test func whatWasHandedOverIsNeverSentAgainByItself() throws {
        _ = try add()
        let letter = try #require(try letters.claim(now: now))
        #expect(try letters.handOver(letter, now: now))
        #expect(try letters.takeInterrupted(now: later(LetterStore.lease - 1)).isEmpty)
        #expect(try letters.claim(now: later(LetterStore.lease * 100)) == nil)
        #expect(try letters.takeInterrupted(now: later(LetterStore.lease)).map(\.id) == [letter.id])
        #expect(try letters.takeInterrupted(now: later(LetterStore.lease)).isEmpty, "it is reported once")
        #expect(try letters.claim(now: later(LetterStore.lease * 100)) == nil)
        let found = try school.letters()[0]
        #expect(found.state == .interrupted && found.problem?.contains("did not say") == true)
        // The process was only slow: the reply counts.
        #expect(try letters.finish(letter, now: later(LetterStore.lease + 1)))
        #expect(try school.letters()[0].state == .sent)
    }

    @Test func somebodyMaySendItAgain() throws {
        _ = try add()
        let letter = try #require(try letters.claim(now: now))
        let error = #expect(throws: ServerError.self) { try letters.sendAgain(letter.id, by: .server, now: now) }
        guard case .taken = error else {
            Issue.record("it is on its way: \(String(describing: error))")
            return
        }
        #expect(try school.database.audit.list(object: letter.id.lowercased, page: PageRequest()).isEmpty)
        _ = try letters.handOver(letter, now: now)
        _ = try letters.interrupt(letter, "no reply")
        let again = try #require(try letters.sendAgain(letter.id, by: .person(ada), now: later(5)))
        #expect(again.state == .waiting && again.tries == 0 && again.problem == nil)
        #expect(try letters.claim(now: later(5))?.id == letter.id)
        #expect(
            try school.database.audit.list(object: letter.id.lowercased, page: PageRequest()).map(\.action) == [
                "letter.again"
            ])
        #expect(try letters.sendAgain(UUID(), by: .server, now: now) == nil)
    }

    @Test func aRefusedLetterWaitsItsTime() throws {
        _ = try add()
        let letter = try #require(try letters.claim(now: now))
        #expect(try letters.postpone(letter, until: later(60_000), "451", isTry: true))
        #expect(try letters.claim(now: later(59_999)) == nil)
        let again = try #require(try letters.claim(now: later(60_000)))
        #expect(again.tries == 1 && again.problem == "451")
        #expect(try letters.fail(again, "550"))
        #expect(try letters.claim(now: later(1_000_000_000)) == nil)
        #expect((0..<8).map(MailDelivery.wait(after:)) == [1, 4, 16, 64, 240, 240, 240, 240].map { $0 * 60_000 })
    }

    @Test func theListGoesInPages() throws {
        let others = try (0..<7).map { try school.student("S\($0)", "s\($0)@school.example") }
        for person in others { #expect(try add(to: person)) }
        var page = PageRequest(limit: 3)
        var seen: [UUID] = []
        while true {
            let rows = try letters.list(page: page)
            seen += rows.prefix(3).map(\.id)
            guard rows.count > 3, let last = seen.last else { break }
            page.after = ["\(now.milliseconds)", last.lowercased]
        }
        #expect(seen.count == 7 && Set(seen).count == 7)
        #expect(try letters.list([.failed], page: PageRequest()).isEmpty)
    }
}
