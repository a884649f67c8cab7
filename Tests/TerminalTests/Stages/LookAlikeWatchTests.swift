import Attendance
import Faces
import Foundation
import Identification
import Logging
import Testing

@testable import Terminal

struct LookAlikeWatchTests {
    private let school: SchoolTime

    init() throws { school = SchoolTime(policy: try AttendancePolicy(timeZone: "UTC"), zone: .utc) }

    /// Who looks like whom, by numbers that are the same for the same look.
    private func edition(_ number: Int, _ people: [(id: UUID, look: Int)]) throws -> SchoolBook.Edition {
        let roster = Roster(
            people: try people.map { id, look in
                let values = (0..<128).map { sin(Float($0 * (look + 2))) / 8 }
                return RosterPerson(
                    id: id, name: "A", className: "7b", templates: [try #require(Descriptor(values: values))])
            })
        return SchoolBook.Edition(
            number: number, identifier: Identifier(roster: roster, rule: DecisionRule()), school: school, cursor: "1",
            classes: [:])
    }

    @Test func peopleWhoLookAlikeAreToldOnceAndEachNewPair() throws {
        let log = RecordedLog()
        var watch = LookAlikeWatch(logger: Logger(label: "test") { _ in log })
        let ids = (0..<5).map { _ in UUID() }
        func lines() -> [String] { log.entries.map(\.message).filter { $0.contains("look so alike") } }
        #expect(watch.pairs == nil)
        let first = try edition(1, [(ids[0], 1), (ids[1], 1), (ids[2], 2)])
        for _ in 0..<3 { watch.round(first) }
        let pair = ids.prefix(2).map(\.lowercased).sorted().joined(separator: " and ")
        #expect(watch.pairs == 1 && lines().count == 1 && lines()[0].contains(pair))

        let second = try edition(2, [(ids[0], 1), (ids[1], 1), (ids[2], 2), (ids[3], 2)])
        for _ in 0..<3 { watch.round(second) }
        #expect(watch.pairs == 2 && lines().count == 2 && !lines()[1].contains(pair))
        for _ in 0..<2 { watch.round(try edition(3, [(ids[4], 3)])) }
        #expect(watch.pairs == 0 && lines().count == 2)
    }

    @Test func aLargeRosterTakesSeveralRounds() throws {
        var watch = LookAlikeWatch(logger: Logger(label: "test") { _ in RecordedLog() })
        let many = try edition(1, (0..<120).map { (UUID(), $0) })
        watch.round(many)
        watch.round(many)
        #expect(watch.pairs == nil)
        watch.round(many)
        #expect(watch.pairs != nil)
    }
}
