import Faces
import Identification
import Testing

struct MatcherTests {
    @Test func theNearestTemplateOfEachPersonCounts() {
        let matcher = Matcher(
            roster: Roster(people: [
                person("A", descriptor([0: 3]), descriptor([1: 0.25])), person("nobody's face"),
                person("B", descriptor([127: 2])),
            ]))
        var distances: [Float] = []
        matcher.match(descriptor([:]), distances: &distances)
        #expect(distances == [0.25, .infinity, 2])
        matcher.match(descriptor([127: 2]), distances: &distances)
        #expect(distances[2] == 0)
    }

    @Test func itAgreesWithTheDistanceOfDescriptors() throws {
        var state: UInt64 = 7
        func random() -> Float {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(state >> 40) / Float(1 << 24) - 0.5
        }
        func any() throws -> Descriptor { try #require(Descriptor(values: (0..<128).map { _ in random() * 0.25 })) }
        var people: [RosterPerson] = []
        for index in 0..<40 { people.append(person("\(index)", try any(), try any(), try any())) }
        let matcher = Matcher(roster: Roster(people: people))
        let probe = try any()
        var distances: [Float] = []
        matcher.match(probe, distances: &distances)
        for (person, distance) in zip(people, distances) {
            let expected = try #require(person.templates.map { $0.distance(to: probe) }.min())
            #expect(abs(distance - expected) < 1e-5)
        }
    }

    @Test func anEmptyRosterMatchesNobody() {
        var distances: [Float] = [1, 2]
        Matcher(roster: Roster(people: [])).match(descriptor([:]), distances: &distances)
        #expect(distances.isEmpty)
    }
}
