import Faces
import Testing

@testable import Identification

struct DecisionRuleTests {
    let identifier = Identifier(roster: fourPeople, rule: DecisionRule())

    private func evidence(_ shots: [Descriptor], _ identifier: Identifier) -> Evidence {
        var evidence = Evidence()
        for shot in shots { evidence.add(shot, scorer: identifier.scorer) }
        return evidence
    }

    @Test func threeShotsNameThePersonAndTwoDoNot() throws {
        let three = identifier.conclude(evidence((5..<8).map { face(3, $0) }, identifier))
        guard case .identified(let candidate) = three else { return #expect(Bool(false), "\(three)") }
        #expect(candidate.person == 2 && candidate.shots == 3 && candidate.score > identifier.point.threshold)
        let two = identifier.conclude(evidence((5..<7).map { face(3, $0) }, identifier))
        #expect(two == .unsure(.fewShots(have: 2, need: 3)))
        let single = Identifier(roster: fourPeople, rule: DecisionRule().forSingleShots)
        guard case .identified = single.conclude(evidence([face(3, 5)], single)) else {
            return #expect(Bool(false), "one shot is enough where there is one")
        }
    }

    @Test func aStrangerIsUnknown() {
        let decision = identifier.conclude(evidence((0..<4).map { face(9, $0) }, identifier))
        guard case .unknown(.likeNobody(let score)) = decision else { return #expect(Bool(false), "\(decision)") }
        #expect(score < identifier.point.unlikely)
    }

    @Test func betweenSomebodyAndNobodyItIsUnsure() throws {
        // From a stranger's face to person 4's by steps: unknown, unsure, identified, in this order and each at some place.
        func between(_ share: Float) throws -> Descriptor {
            try #require(Descriptor(values: zip(face(9, 5).values, face(4, 5).values).map { $0 + share * ($1 - $0) }))
        }
        var seen: [String] = []
        for step in 0...200 {
            let shot = try between(Float(step) / 200)
            let name =
                switch identifier.conclude(evidence([shot, shot, shot], identifier)) {
                case .unknown: "unknown"
                case .unsure(.littleEvidence(let score, let need)): score < need ? "unsure" : "wrong"
                case .identified(let candidate): candidate.person == 3 ? "identified" : "wrong"
                default: "other"
                }
            if seen.last != name { seen.append(name) }
        }
        #expect(seen == ["unknown", "unsure", "identified"])
    }

    @Test func equallyLikelyPeopleAreNotNamed() throws {
        // Far from each other's photographs, so no pair; a shot in the middle.
        var loose = DecisionRule()
        loose.budget = ErrorBudget(strangerNamed: 0.1)
        let two = Identifier(
            roster: Roster(people: [person("A", face(1, 0)), person("B", face(4, 0))]), rule: loose)
        let middle = try #require(Descriptor(values: zip(face(1, 0).values, face(4, 0).values).map { ($0 + $1) / 2 }))
        let decision = two.conclude(evidence([middle, middle, middle], two))
        if case .identified(let candidate) = decision { #expect(Bool(false), "\(candidate)") }
    }

    @Test func withoutShotsAndWithoutTemplatesNobodyIsNamed() {
        #expect(identifier.conclude(Evidence()) == .unsure(.noGoodShot))
        let faceless = Identifier(roster: Roster(people: [person("A")]), rule: DecisionRule())
        #expect(faceless.conclude(evidence([face(1, 0)], faceless)) == .unknown(.emptyRoster))
    }
}
