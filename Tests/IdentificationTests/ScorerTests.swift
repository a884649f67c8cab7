import Faces
import Foundation
import Testing

@testable import Identification

struct ScorerTests {
    let scorer = Scorer(roster: fourPeople, calibration: .standard)

    /// What tools/calibrate/rule.py gives for the same descriptors.
    @Test func scoresAreThoseOfTheFit() {
        let wanted: [(person: Int, photograph: Int, scores: [Float])] = [
            (1, 5, [17.208, -5.733, -2.862, -8.787]), (2, 5, [1.27, 17.924, -8.021, -6.814]),
            (3, 5, [1.239, -10.706, 18.139, -12.623]), (4, 5, [-1.655, -8.182, -9.881, 20.276]),
            (9, 0, [-0.487, -5.689, -4.427, -11.495]),
        ]
        for (person, photograph, scores) in wanted {
            let probe = scorer.probe(face(person, photograph))
            for (index, score) in scores.enumerated() {
                #expect(abs(scorer.score(probe, person: index) - score) < 0.02, "\(person) as \(index)")
            }
        }
    }

    @Test func theProductIsTheFormulaTakenApart() {
        let (b, z, m, n): ([Float], [Float], [Float], Float) = ([4, 0.5], [1.5, -2], [1, -0.25], 3)
        let model = PairModel(between: b, photographs: 3)
        var wanted: Float = 0
        for j in 0..<2 {
            let v = b[j] / (1 + n * b[j])
            let away = z[j] - n * v * m[j]
            wanted += -away * away / (2 * (v + 1)) + z[j] * z[j] / (2 * (b[j] + 1)) + log((b[j] + 1) / (v + 1)) / 2
        }
        let product = zip(model.weighted(m), z).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(product + model.ofProbe(z) + model.ofTemplate(m) - wanted) < 1e-5)
    }

    @Test func candidatesComeByScoreAndWithoutFaceNobodyIsScored() {
        let roster = Roster(people: fourPeople.people + [person("nobody's face")])
        let scorer = Scorer(roster: roster, calibration: .standard)
        let found = scorer.candidates(for: scorer.probe(face(3, 7)))
        #expect(found.first?.person == 2 && found.count == 4)
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.score >= $1.score })
        #expect(scorer.score(scorer.probe(face(3, 7)), person: 4) == -.infinity)
        #expect(scorer.peopleByClass == [1, 1, 2])
        let empty = Scorer(roster: Roster(people: []), calibration: .standard)
        #expect(empty.candidates(for: empty.probe(face(1, 0))).isEmpty)
    }

    @Test func aDescriptorOfNothingIsLikeNobody() {
        let probe = scorer.probe(descriptor([:]))
        let scores = scorer.candidates(for: probe).map(\.score)
        #expect(scores.count == 4 && scores.allSatisfy { $0.isFinite && $0 < 0 })
    }

    @Test func peopleAreTakenOverAndChangedOnesMadeAnew() {
        var people = fourPeople.people
        people[1].templates = [face(7, 0)]
        people.swapAt(0, 2)
        let anew = Scorer(roster: Roster(people: people), calibration: .standard)
        let reused = Scorer(roster: Roster(people: people), calibration: .standard, reusing: scorer)
        for probe in [face(1, 9), face(2, 9), face(7, 9)].map(anew.probe) {
            #expect(anew.candidates(for: probe) == reused.candidates(for: probe))
        }
    }
}
