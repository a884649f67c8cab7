#if canImport(Glibc)
    import Glibc
#endif

/// How often the score of a person who is not the one on the photograph is above t: a table of logarithms.
struct ScoreTail: Sendable, Equatable {
    private let scores: [Double]
    private let logShares: [Double]

    /// Nil unless scores rise and shares fall.
    init?(scores: [Float], logShares: [Float]) {
        guard scores.count >= 2, scores.count == logShares.count, zip(scores, scores.dropFirst()).allSatisfy(<),
            zip(logShares, logShares.dropFirst()).allSatisfy(>)
        else { return nil }
        self.scores = scores.map(Double.init)
        self.logShares = logShares.map(Double.init)
    }

    /// The share of other people whose score is above `score`, in nats; linear in its logarithm between the knots.
    func share(above score: Double) -> Double {
        let last = scores.count - 1
        // Where nothing was seen any more: a log-likelihood ratio cannot fall more slowly than by 1 a nat.
        if score >= scores[last] { return exp(logShares[last] - (score - scores[last])) }
        let after = max(1, scores.firstIndex { $0 > score } ?? last)
        let slope = (logShares[after] - logShares[after - 1]) / (scores[after] - scores[after - 1])
        return min(1, exp(logShares[after - 1] + (score - scores[after - 1]) * slope))
    }
}
