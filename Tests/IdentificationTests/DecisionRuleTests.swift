import Faces
import Testing

@testable import Identification

struct DecisionRuleTests {
    let rule = DecisionRule()
    let two = Matcher(roster: Roster(people: [person("A", descriptor([0: 1])), person("B", descriptor([1: 1]))]))

    /// A probe on the way from A's template to B's, so far from both.
    private func probe(_ toA: Float, _ toB: Float = 0) -> Descriptor { descriptor([0: 1 - toA, 1: toB]) }

    private func evidence(_ probes: [Descriptor], _ matcher: Matcher? = nil) -> Evidence {
        var evidence = Evidence()
        for probe in probes { evidence.add(probe, matcher: matcher ?? two) }
        return evidence
    }

    @Test func threeNearShotsNameThePerson() throws {
        let near = evidence([probe(0.1), probe(0.2), probe(0.3)])
        let candidate = try #require(rule.identify(near))
        #expect(candidate.person == 0 && candidate.shots == 3)
        #expect(abs(candidate.distance - 0.2) < 1e-6)
        #expect(rule.conclude(near) == .identified(candidate))
    }

    @Test func twoShotsAreTooFew() {
        let few = evidence([probe(0.1), probe(0.1)])
        #expect(rule.identify(few) == nil)
        #expect(rule.conclude(few) == .unsure(.fewShots(have: 2, need: 3)))
        #expect(rule.forSingleShots.identify(few) != nil)
        #expect(UnsureReason.fewShots(have: 2, need: 3).description == "2 good shots where 3 are needed")
        #expect(UnsureReason.fewShots(have: 1, need: 3).description == "1 good shot where 3 are needed")
    }

    @Test func theBoundsThemselvesStillCount() {
        let at = Matcher(roster: Roster(people: [person("A", descriptor([0: rule.maximumDistance]))]))
        let beyond = Matcher(roster: Roster(people: [person("A", descriptor([0: rule.maximumDistance + 0.001]))]))
        let origin = [Descriptor](repeating: descriptor([:]), count: 3)
        #expect(rule.identify(evidence(origin, at)) != nil)
        #expect(rule.identify(evidence(origin, beyond)) == nil)
    }

    @Test func farFromEverybodyIsUnknownAndBetweenIsUnsure() {
        let far = evidence([Descriptor](repeating: probe(rule.unknownDistance + 0.01), count: 5))
        guard case .unknown(.farFromEverybody) = rule.conclude(far) else { return #expect(Bool(false), "not unknown") }
        let between = evidence([Descriptor](repeating: probe(0.5), count: 5))
        guard case .unsure(.notNearEnough) = rule.conclude(between) else { return #expect(Bool(false), "not unsure") }
    }

    @Test func lookAlikesAreUnsure() {
        let twins = Matcher(
            roster: Roster(people: [person("A", descriptor([0: 0.30])), person("B", descriptor([1: 0.33]))]))
        let shots = evidence([Descriptor](repeating: descriptor([:]), count: 9), twins)
        guard case .unsure(.twoPeopleNear) = rule.conclude(shots) else { return #expect(Bool(false), "not unsure") }
        #expect(rule.identify(shots) == nil)
    }

    @Test func shotsThatDisagreeAreUnsure() {
        let people = Matcher(
            roster: Roster(people: [person("A", descriptor([0: 0.5])), person("B", descriptor([1: 0.5]))]))
        let nearA = descriptor([0: 0.5])
        let nearB = descriptor([0: 0.20, 1: 0.25])
        let mixed = evidence([nearA, nearA, nearA, nearB, nearB], people)
        guard case .unsure(.shotsDisagree(agreeing: 3, shots: 5)) = rule.conclude(mixed) else {
            return #expect(Bool(false), "\(rule.conclude(mixed))")
        }
    }

    @Test func withoutShotsOrRosterNobodyIsNamed() {
        #expect(rule.conclude(Evidence()) == .unsure(.noGoodShot))
        let nobody = Matcher(roster: Roster(people: []))
        #expect(rule.conclude(evidence([probe(0)], nobody)) == .unknown(.emptyRoster))
        let faceless = Matcher(roster: Roster(people: [person("A")]))
        #expect(rule.conclude(evidence([probe(0)], faceless)) == .unknown(.emptyRoster))
    }

    @Test func theScoreGrowsWithNearnessAndMargin() {
        func score(_ distance: Float, _ margin: Float) -> Float {
            rule.score(Candidate(person: 0, distance: distance, margin: margin, shots: 3))
        }
        #expect(score(0.3, 0.1) > score(0.4, 0.1))
        #expect(score(0.3, 0.15) > score(0.3, 0.1))
        #expect(score(0.3, .infinity) == score(0.3, 0.2))
        #expect(score(2, 0) == 0)
    }
}
