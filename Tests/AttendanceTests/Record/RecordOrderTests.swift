import Foundation
import TestSupport
import Testing

@testable import Attendance

/// Any order, any repetition and any splitting of what becomes known gives the same record.
@Suite struct RecordOrderTests {
    /// One thing that becomes known about a person and session.
    private enum News: Sendable {
        case mark(Mark)
        case correction(Correction)
        case excuse(Excuse)
        case closed
        case daysOff(Set<LocalDate>, revision: Int)
    }

    /// What a keeper of records has gathered: nothing of it depends on the order.
    private struct Gathered {
        var marks: [UUID: Mark] = [:]
        var corrections: [UUID: Correction] = [:]
        var excuses: [Excuse] = []
        var isClosed = false
        var calendar: (revision: Int, daysOff: Set<LocalDate>) = (0, [])

        mutating func take(_ news: News) {
            switch news {
            case .mark(let mark): marks[mark.id] = mark
            case .correction(let correction): corrections[correction.id] = correction
            case .excuse(let excuse): excuses.append(excuse)
            case .closed: isClosed = true
            case .daysOff(let days, let revision): if revision > calendar.revision { calendar = (revision, days) }
            }
        }

        func basis(_ session: SessionID) -> RecordBasis {
            RecordBasis(
                className: "7b", session: session, hasSchool: !calendar.daysOff.contains(session.date),
                marks: Array(marks.values), corrections: Array(corrections.values), excuses: excuses,
                isClosed: isClosed)
        }
    }

    private let day = LocalDate(daysSince1970: 20_697)

    private func news(_ random: inout SplitMix) throws -> [News] {
        let (person, boot) = (random.uuid(), random.uuid())
        let session = SessionID(date: day)
        var news: [News] = []
        for _ in 0..<Int.random(in: 0..<5, using: &random) {
            let times = ["08:59:59", "09:00:00", "09:00:01", "11:30:00", "11:30:01"]
            let time = times[Int.random(in: 0..<times.count, using: &random)]
            news.append(
                .mark(
                    Mark(
                        id: random.uuid(), person: person, session: session,
                        at: try moment("Europe/London", day.description, time), status: .present, bootID: boot,
                        bootTime: Int64.random(in: 0..<3, using: &random),
                        clock: ClockTrust.allCases.randomElement(using: &random)!, shots: 1, score: 1)))
        }
        for _ in 0..<Int.random(in: 0..<4, using: &random) {
            let status = Bool.random(using: &random) ? RecordStatus.allCases.randomElement(using: &random) : nil
            let made = Instant(milliseconds: Int64.random(in: 0..<3, using: &random))
            news.append(.correction(Correction(id: random.uuid(), made: made, status: status)))
        }
        if Bool.random(using: &random) {
            let first = LocalDate(daysSince1970: day.daysSince1970 + Int.random(in: -1...1, using: &random))
            news.append(.excuse(Excuse(firstDay: first, lastDay: day)))
        }
        if Bool.random(using: &random) { news.append(.closed) }
        for revision in 1...2 where Bool.random(using: &random) {
            news.append(.daysOff(Bool.random(using: &random) ? [day] : [], revision: revision))
        }
        return news
    }

    @Test func anyOrderGivesTheSameRecord() throws {
        let zone = try Zones.rules("Europe/London")
        let policy = try AttendancePolicy(timeZone: "Europe/London")
        let session = SessionID(date: day)
        var random = SplitMix(seed: 61)
        var seen: Set<String> = []
        for _ in 0..<2000 {
            let news = try news(&random)
            var all = Gathered()
            for one in news { all.take(one) }
            let expected = policy.record(on: all.basis(session), zone: zone)
            seen.insert(expected.map { "\($0.status) by \($0.cause)" } ?? "none")
            for _ in 0..<4 {
                let again = news.filter { _ in Bool.random(using: &random) }
                var other = Gathered()
                for one in (news + again).shuffled(using: &random) {
                    other.take(one)
                    // A keeper makes a record after every piece; what it made before does not matter.
                    _ = policy.record(on: other.basis(session), zone: zone)
                }
                #expect(policy.record(on: other.basis(session), zone: zone) == expected)
            }
        }
        // The random news reach every kind of record, or they would say little.
        #expect(seen.count == 10, "\(seen.sorted())")
    }
}
