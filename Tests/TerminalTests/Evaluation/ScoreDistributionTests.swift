import TestSupport
import Testing

@testable import Terminal

@Suite struct ScoreDistributionTests {
    private let trials: [Trial]
    private let people = 60

    init() {
        var random = SplitMix(seed: 11)
        trials = (0..<900).map { sample in
            let person = sample % 60
            var trial = Trial(person: person, sample: sample, draw: 0, isMated: person < 20)
            // Scores of a few steps, so that many are equal.
            let score = Float(Int.random(in: 0...40, using: &random) + (trial.isMated ? 15 : 0))
            trial.nearest = trial.isMated && Int.random(in: 0..<10, using: &random) > 0 ? person : 59
            trial.result = SearchResult(nearest: 0, score: score, second: 0, isNamed: false, quality: nil)
            return trial
        }
    }

    /// By the definition: every score of a stranger is tried as the threshold that must be exceeded.
    private func definition(_ fpir: Double, _ weights: [Int]) -> Double {
        let strangers = trials.filter { !$0.isMated }
        let mated = trials.filter(\.isMated)
        func weight(_ trials: [Trial]) -> Double { trials.reduce(0) { $0 + Double(weights[$1.person]) } }
        let limits = [-Float.infinity] + strangers.compactMap { $0.result?.score }.sorted()
        for limit in limits {
            let named = strangers.filter { ($0.result?.score ?? 0) > limit }
            guard weight(named) <= fpir * weight(strangers) + 1e-9 else { continue }
            let found = mated.filter { $0.isRight && ($0.result?.score ?? 0) > limit }
            return 1 - weight(found) / weight(mated)
        }
        return 1
    }

    @Test(arguments: [0.0, 0.001, 0.01, 0.05, 0.3, 1]) func fnirIsThatOfTheDefinition(fpir: Double) throws {
        let scores = ScoreDistribution(trials)
        var random = SplitMix(seed: 3)
        for round in 0..<6 {
            let weights = (0..<people).map { _ in round == 0 ? 1 : Int.random(in: 0...3, using: &random) }
            let fnir = try #require(scores.fnir(atFPIR: fpir, weights: weights))
            #expect(abs(fnir - definition(fpir, weights)) < 1e-12, "\(fpir), round \(round)")
        }
    }

    @Test func theCurveFallsAndEndsWithWhoeverIsNearestToSomebodyElse() throws {
        let scores = ScoreDistribution(trials)
        let bootstrap = Bootstrap(strata: [Array(0..<20), Array(20..<60)], people: people)
        let curve = scores.tradeoff(bootstrap)
        #expect(curve.count > 20)
        #expect(zip(curve, curve.dropFirst()).allSatisfy { $0.fpir < $1.fpir && $0.fnir >= $1.fnir })
        let wrong = trials.filter { $0.isMated && !$0.isRight }.count
        #expect(try abs(#require(curve.last).fnir - Double(wrong) / 300) < 1e-12)
        #expect(try abs(#require(curve.first).fpir - 1.0 / 600) < 1e-12)
        for point in curve {
            let interval = try #require(point.interval)
            #expect(interval.low <= point.fnir && point.fnir <= interval.high)
        }
    }

    @Test func thereIsNoCurveWithoutStrangers() {
        let bootstrap = Bootstrap(strata: [Array(0..<20)], people: people)
        #expect(ScoreDistribution(trials.filter(\.isMated)).tradeoff(bootstrap).isEmpty)
        #expect(ScoreDistribution(trials.filter { !$0.isMated }).tradeoff(bootstrap).isEmpty)
    }
}
