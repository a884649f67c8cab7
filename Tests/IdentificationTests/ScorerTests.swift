import Faces
import Foundation
import Testing

@testable import Identification

struct ScorerTests {
    let scorer = Scorer(roster: fourPeople, calibration: .standard)

    /// What tools/calibrate/rule.py gives for the same descriptors.
    @Test func scoresAreThoseOfTheFit() {
        let wanted: [(person: Int, photograph: Int, scores: [Float])] = [
            (1, 5, [16.084, -6.969, -4.481, -10.307]), (2, 5, [0.578, 17.284, -9.009, -7.574]),
            (3, 5, [0.081, -12.129, 16.351, -14.317]), (4, 5, [-2.387, -8.661, -10.771, 19.548]),
            (9, 0, [-0.647, -5.794, -4.476, -11.0]),
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

    @Test func peopleAreTakenOverWhileTheCentreStays() {
        var people = (0..<60).map { person("\($0)", face($0, 0), face($0, 1)) }
        let old = Scorer(roster: Roster(people: people), calibration: .standard)
        // Another photograph of one, and two change places: the centre hardly moves.
        people[1].templates.append(face(1, 2))
        people.swapAt(0, 2)
        let reused = Scorer(roster: Roster(people: people), calibration: .standard, reusing: old)
        let anew = Scorer(roster: Roster(people: people), calibration: .standard)
        for shot in [face(0, 9), face(1, 9), face(2, 9)] {
            let (a, b) = (reused.candidates(for: reused.probe(shot)), anew.candidates(for: anew.probe(shot)))
            #expect(a.first?.person == b.first?.person)
            for (left, right) in zip(a, b) { #expect(abs(left.score - right.score) < 0.3) }
            #expect(old.score(old.probe(shot), person: 5) == reused.score(reused.probe(shot), person: 5), "as before")
        }
    }

    @Test func whenEverybodyChangesTheCentreDoesToo() {
        let before = (0..<40).map { person("\($0)", face($0, 0)) }
        let after = (100..<140).map { person("\($0)", face($0, 0)) }
        let old = Scorer(roster: Roster(people: before), calibration: .standard)
        let reused = Scorer(roster: Roster(people: after), calibration: .standard, reusing: old)
        let anew = Scorer(roster: Roster(people: after), calibration: .standard)
        let shot = face(103, 5)
        #expect(reused.candidates(for: reused.probe(shot)) == anew.candidates(for: anew.probe(shot)))
    }
}
