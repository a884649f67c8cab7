#if canImport(Glibc)
    import Glibc
#endif

/// Weighs the measures against three ways of showing a picture: a still one that is held in a hand, a recording that is
/// held, so that it moves as a whole, and a screen that stands, so that only what it shows moves. Each has a logistic
/// regression of its own, whose output with even odds in the material is a log-likelihood ratio (Brummer & du Preez,
/// Computer Speech and Language 20, 2006, section 4); an attack is one of them, so that the likelihoods are added.
struct LivenessModel: Sendable {
    /// One way of showing a picture.
    struct Hypothesis: Sendable {
        /// Nats a unit, for a living face and against this one.
        let weights: [Double]
        let offset: Double
    }

    /// Of each measure on the material: where it is centred, and its unit.
    let means: [Double]
    let units: [Double]
    /// Still and held; moving and held; standing.
    let hypotheses: [Hypothesis]
    /// Scores below which the given share of living people's tracks lies: (BPCER, threshold in nats).
    let thresholds: [(bpcer: Double, score: Double)]

    /// The model for a track, by whether the scene is known.
    static func fitted(knowsScene: Bool) -> LivenessModel { knowsScene ? fittedWithScene : fittedAlone }

    /// Measures beyond so many units count as that many: the material says nothing about them.
    private static let reach = 3.5

    /// Nats for (positive) or against (negative) a living face, by measure.
    func parts(_ measures: LivenessMeasures, against hypothesis: Hypothesis) -> [Double] {
        let planeShare = measures.planeShare
        return measures.values.indices.map { index in
            let standard = (measures.values[index] - means[index]) / units[index]
            let share = LivenessMeasures.kinds[index].sign == .plane ? planeShare : 1
            return hypothesis.weights[index] * share * min(Self.reach, max(-Self.reach, standard))
        }
    }

    /// Nats against one way of showing a picture.
    func score(_ measures: LivenessMeasures, against hypothesis: Hypothesis) -> Double {
        parts(measures, against: hypothesis).reduce(hypothesis.offset, +)
    }

    /// Nats against all of them, which are taken for equally likely.
    func score(_ measures: LivenessMeasures) -> Double {
        let scores = hypotheses.map { score(measures, against: $0) }
        guard let low = scores.min() else { return 0 }
        return low - log(scores.reduce(0) { $0 + exp(low - $1) } / Double(scores.count))
    }

    /// Nats by measure, against the way that fits best.
    func strongestParts(_ measures: LivenessMeasures) -> [Double] {
        let likeliest = hypotheses.min { score(measures, against: $0) < score(measures, against: $1) }
        return likeliest.map { parts(measures, against: $0) } ?? []
    }

    /// The threshold for a budget, between those of the table straight in the budget's logarithm; without a budget nobody
    /// is suspicious.
    func threshold(bpcer: Double) -> Double {
        guard bpcer > 0, let first = thresholds.first, let last = thresholds.last else { return -.infinity }
        if bpcer >= first.bpcer { return first.score }
        for (upper, lower) in zip(thresholds, thresholds.dropFirst()) where bpcer >= lower.bpcer {
            let share = log(bpcer / lower.bpcer) / log(upper.bpcer / lower.bpcer)
            return lower.score + share * (upper.score - lower.score)
        }
        return last.score
    }
}
