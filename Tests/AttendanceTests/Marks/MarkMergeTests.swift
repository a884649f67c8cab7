import Foundation
import TestSupport
import Testing

@testable import Attendance

@Suite struct MarkMergeTests {
    private func mark(_ random: inout SplitMix, person: UUID, boots: [UUID]) -> Mark {
        // Few different values, so that every kind of tie happens.
        let clock = ClockTrust.allCases.randomElement(using: &random)!
        let at = Int64.random(in: 0..<4, using: &random)
        return Mark(
            id: UUIDv7.make(at: Instant(milliseconds: Int64.random(in: 0..<3, using: &random)), using: &random),
            person: person, session: SessionID(date: LocalDate(daysSince1970: 20_000)), at: Instant(milliseconds: at),
            status: AttendanceStatus.allCases.randomElement(using: &random)!,
            bootID: boots.randomElement(using: &random)!, bootTime: Int64.random(in: 0..<4, using: &random),
            clock: clock,
            shots: Int.random(in: 1..<3, using: &random), score: Double(Int.random(in: 1..<3, using: &random)))
    }

    private func marks(_ random: inout SplitMix) -> [Mark] {
        let (person, boots) = (random.uuid(), [random.uuid(), random.uuid()])
        var marks = (0..<Int.random(in: 1..<9, using: &random)).map { _ in
            mark(&random, person: person, boots: boots)
        }
        // Two versions of one mark: its id again with other contents.
        for index in marks.indices where Bool.random(using: &random) {
            var version = mark(&random, person: person, boots: boots)
            version.id = marks[index].id
            marks.append(version)
        }
        return marks
    }

    private func merged(_ marks: [Mark]) -> Mark? {
        marks.dropFirst().reduce(marks.first) { kept, mark in kept.map { Mark.merge(existing: $0, incoming: mark) } }
    }

    @Test func anyOrderAndAnyRepetitionGivesTheSameMark() {
        var random = SplitMix(seed: 41)
        for _ in 0..<700 {
            let marks = marks(&random)
            let expected = merged(marks)
            for _ in 0..<5 {
                let again = (0..<Int.random(in: 0..<5, using: &random)).compactMap { _ in
                    marks.randomElement(using: &random)
                }
                #expect(merged((marks + again).shuffled(using: &random)) == expected)
            }
        }
    }

    @Test func mergeIsCommutativeAssociativeAndIdempotent() {
        var random = SplitMix(seed: 42)
        for _ in 0..<700 {
            let marks = marks(&random)
            let (a, b, c) = (marks[0], marks[marks.count / 2], marks[marks.count - 1])
            #expect(Mark.merge(existing: a, incoming: a) == a)
            #expect(Mark.merge(existing: a, incoming: b) == Mark.merge(existing: b, incoming: a))
            #expect(
                Mark.merge(existing: Mark.merge(existing: a, incoming: b), incoming: c)
                    == Mark.merge(existing: a, incoming: Mark.merge(existing: b, incoming: c)))
        }
    }

    @Test func whatStaysIsTheEarliestKnown() throws {
        var random = SplitMix(seed: 43)
        for _ in 0..<700 {
            let marks = marks(&random)
            let kept = try #require(merged(marks))
            let known = marks.filter(\.clock.isKnown)
            #expect(marks.contains(kept))
            guard !known.isEmpty else { continue }
            #expect(kept.clock.isKnown)
            #expect(kept.at == known.map(\.at).min())
            let ties = known.filter { $0.at == kept.at }
            #expect(kept.id.uuidString == ties.map(\.id.uuidString).min())
        }
    }

    @Test func theKeyIsThePersonsSessionOrWhileTheClockIsUnknownTheHourOfTheBoot() throws {
        var random = SplitMix(seed: 44)
        var first = mark(&random, person: UUID(), boots: [UUID()])
        first.clock = .server
        first.bootTime = 0
        var second = first
        (second.id, second.at, second.bootID, second.clock) = (UUID(), Instant(milliseconds: 9), UUID(), .synchronised)
        #expect(first.key == second.key)
        second.session = SessionID(date: try LocalDate("2026-09-01"))
        #expect(first.key != second.key)
        second.session = first.session
        second.person = UUID()
        #expect(first.key != second.key)

        // Day after day a board lives through 1970-01-01: different boots, or hours, are different marks.
        var unknown = first
        unknown.clock = .unknown
        #expect(unknown.key != first.key)
        var later = unknown
        later.bootTime = 3_599_999_999_999
        #expect(later.key == unknown.key)
        later.bootTime += 1
        #expect(later.key != unknown.key)
        later = unknown
        later.bootID = UUID()
        #expect(later.key != unknown.key)
    }
}
