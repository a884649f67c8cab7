import Faces
import TestSupport
import Testing

@testable import Identification

struct MatcherTests {
    @Test func theNearestTemplateOfEachPersonCounts() {
        let matcher = Matcher(
            roster: Roster(people: [
                person("A", descriptor([0: 3]), descriptor([1: 0.25])), person("nobody's face"),
                person("B", descriptor([127: 2])),
            ]))
        let nearest = matcher.nearest(to: descriptor([:]), count: 4)
        #expect(nearest == [Neighbour(person: 0, distance: 0.25), Neighbour(person: 2, distance: 2)])
        #expect(matcher.nearest(to: descriptor([127: 2]), count: 1) == [Neighbour(person: 2, distance: 0)])
    }

    /// Roster and probes whose people come in pairs that are hard to tell apart.
    private func crowd(_ size: Int, seed: UInt64) throws -> (matcher: Matcher, probes: [Descriptor]) {
        var random = SplitMix(seed: seed)
        func number() -> Float { Float(random.next() >> 40) / Float(1 << 24) - 0.5 }
        func near(_ centre: [Float], _ width: Float) throws -> Descriptor {
            try #require(Descriptor(values: centre.map { $0 + width * number() }))
        }
        let mean = (0..<128).map { _ in 0.4 * number() }
        var people: [RosterPerson] = []
        while people.count < size {
            let centre = try near(mean, 0.17).values
            for _ in 0..<2 {
                people.append(person("\(people.count)", try near(centre, 0.08), try near(centre, 0.08)))
            }
        }
        let probes = try (0..<12).map { try near(people[$0 * 7 % size].templates[0].values, 0.08) }
        return (Matcher(roster: Roster(people: people)), probes)
    }

    @Test(arguments: Matcher.Processor.allCases)
    func theNearestAreThoseOfAPlainLoop(_ processor: Matcher.Processor) throws {
        let (widest, probes) = try crowd(700, seed: 3)
        guard let matcher = Matcher(roster: widest.roster, processor: processor) else { return }
        for probe in probes {
            let all = matcher.roster.people.map { $0.templates.map { $0.distance(to: probe) }.min() ?? .infinity }
            let ranked = all.indices.sorted { all[$0] < all[$1] }
            for count in [1, 4, 32] {
                let found = matcher.nearest(to: probe, count: count)
                #expect(found.map(\.person) == Array(ranked.prefix(count)))
                #expect(found.allSatisfy { abs($0.distance - all[$0.person]) < 1e-5 })
            }
        }
    }

    @Test func anEmptyRosterMatchesNobody() {
        #expect(Matcher(roster: Roster(people: [])).nearest(to: descriptor([:]), count: 4).isEmpty)
        #expect(Matcher(roster: Roster(people: [person("A")])).nearest(to: descriptor([:]), count: 4).isEmpty)
    }
}
