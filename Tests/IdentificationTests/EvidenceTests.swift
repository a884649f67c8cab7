import Faces
import Testing

@testable import Identification

struct EvidenceTests {
    let scorer = Scorer(roster: fourPeople, calibration: .standard)

    @Test func evidenceIsTheWeightedMeanOfTheLastShots() throws {
        var evidence = Evidence()
        var shots: [(probe: Probe, weight: Float)] = []
        for shot in 0..<80 {
            let seen = face(3 + shot % 2, shot + 5)
            let weight = 0.2 + Float(shot % 7)
            evidence.add(seen, weight: weight, scorer: scorer)
            shots.append((scorer.probe(seen), weight))
        }
        let last = shots.suffix(64)
        let total = last.reduce(0) { $0 + $1.weight }
        let means = (0..<4).map { person in
            last.reduce(0) { $0 + $1.weight * scorer.score($1.probe, person: person) } / total
        }
        let best = try #require(evidence.best)
        let ranked = means.sorted(by: >)
        #expect(best.shots == 64 && means[best.person] == means.max())
        #expect(abs(best.score - ranked[0]) < 0.01 && abs(best.margin - (ranked[0] - ranked[1])) < 0.01)
    }

    @Test func manyShotsOfAStrangerAreNoMoreThanOne() throws {
        var one = Evidence()
        one.add(face(9, 0), scorer: scorer)
        var many = Evidence()
        for _ in 0..<30 { many.add(face(9, 0), scorer: scorer) }
        let (first, last) = (try #require(one.best), try #require(many.best))
        #expect(abs(first.score - last.score) < 1e-3 && last.shots == 30)
    }

    /// Of many people only some are followed from shot to shot; who comes up later is added up over all shots.
    @Test func whoComesUpLateHasAllShots() throws {
        let crowd = (0..<300).map { person("\($0)", face($0, 0)) }
        let scorer = Scorer(roster: Roster(people: crowd), calibration: .standard)
        var evidence = Evidence()
        let seen = (20..<40).map { face($0, 1) } + (0..<40).map { face(250, $0 + 1) }
        for shot in seen { evidence.add(shot, scorer: scorer) }
        let best = try #require(evidence.best)
        let probes = seen.map(scorer.probe)
        let mean = probes.reduce(0) { $0 + scorer.score($1, person: 250) } / Float(seen.count)
        #expect(best.person == 250 && abs(best.score - mean) < 0.01)
    }

    @Test func withoutPeopleThereIsNoBest() {
        var evidence = Evidence()
        evidence.add(face(1, 0), scorer: Scorer(roster: Roster(people: []), calibration: .standard))
        #expect(evidence.best == nil && evidence.shots == 1 && evidence.mean != nil)
    }
}
