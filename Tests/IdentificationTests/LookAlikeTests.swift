import Faces
import Testing

@testable import Identification

struct LookAlikeTests {
    /// A and B have one face, C another.
    let twins = Identifier(
        roster: Roster(
            people: [
                person("A", face(1, 0), face(1, 1)), person("B", face(1, 2), face(1, 3)), person("C", face(2, 0)),
                person("D"),
            ]), rule: DecisionRule())

    @Test func theSearchFindsThemStepByStep() {
        var search = LookAlikeSearch(twins)
        #expect(!search.isOver && search.pairs.isEmpty)
        var steps = 0
        while !search.isOver {
            search.advance(people: 1)
            steps += 1
        }
        #expect(steps == 4 && search.pairs.map { [$0.first, $0.second] } == [[0, 1]])
        #expect(search.pairs[0].score >= twins.point.threshold)
        #expect(twins.lookAlike(0, 1) && twins.lookAlike(1, 0) && !twins.lookAlike(0, 2))
    }

    /// Shots between the two faces, from which one is likelier by more than the usual margin, and still less than a pair's.
    @Test func betweenThemTheOddsOfTheBudgetAreAskedFor() throws {
        func shot(_ share: Float) throws -> Descriptor {
            let (a, b) = (face(1, 0).values, face(1, 2).values)
            return try #require(Descriptor(values: zip(a, b).map { $0 + share * ($1 - $0) }))
        }
        func decision(_ shots: [Descriptor], _ identifier: Identifier) -> (Decision, Candidate?) {
            var evidence = Evidence()
            for shot in shots { evidence.add(shot, scorer: identifier.scorer) }
            return (identifier.conclude(evidence), evidence.best)
        }
        // Apart from the twin there is nobody: without them the same shots name A.
        let alone = Identifier(
            roster: Roster(people: [twins.roster.people[0], twins.roster.people[2]]), rule: DecisionRule())
        let shots = [try shot(0), try shot(0), try shot(0)]
        guard case .identified(let named) = decision(shots, alone).0 else { return #expect(Bool(false), "A alone") }
        #expect(named.person == 0)
        let (found, best) = decision(shots, twins)
        let margin = try #require(best).margin
        #expect(margin < twins.point.lookAlikeMargin)
        guard case .unsure(.lookAlikes(let apart, let need)) = found else { return #expect(Bool(false), "\(found)") }
        #expect(abs(apart - margin) < 1e-3 && need == twins.point.lookAlikeMargin)
    }

    @Test func whoHasNoTwinIsNamedAsEver() {
        var evidence = Evidence()
        for shot in 4..<7 { evidence.add(face(2, shot), scorer: twins.scorer) }
        guard case .identified(let other) = twins.conclude(evidence) else { return #expect(Bool(false), "not named") }
        #expect(other.person == 2)
    }
}
