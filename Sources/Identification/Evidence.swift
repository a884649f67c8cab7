import Faces

/// What a track has gathered for and against each person of one roster: the mean of its shots' log-likelihood ratios.
///
/// The mean and not the sum: two photographs of a stranger err in the same direction (the correlation of their scores for
/// one person is 0.87, on photographs of different days; frames of a moment are more alike), so m of them are worth
/// m / (1 + 0.87 (m - 1)), 1.1 at most. The mean of three is above a threshold less than half as often as one photograph is,
/// and the highest running mean from the third on no more often than that: who is asked again and again until the odds
/// allow a decision (Wald, Sequential tests of statistical hypotheses, 1945) keeps within the budget of one shot. So does who
/// is lost on the way and followed anew, which begins new evidence: of strangers to 200 people, 1.1 % were named by one
/// photograph at a budget of 1 %, 0.6 % by one of two threes, 1.0 % by one of three pairs.
public struct Evidence: Sendable {
    private struct Shot {
        let probe: Probe
        let weight: Float
    }

    /// Shots that are kept: a quarter of a minute of somebody who stands there undecided.
    private static let most = 64
    /// Shots whose mean is enough to notice that the person changed.
    private static let recent = 16
    /// People whose sums are carried on; one who comes back is added up anew.
    private static let followed = 32

    private var kept: [Shot] = []
    /// Of each person, the sum of weight times score over all kept shots.
    private var sums: [Int: Float] = [:]
    /// The person with the highest mean; nil without a shot or without a template to compare with.
    public private(set) var best: Candidate?

    /// Evidence without a shot.
    public init() {}

    /// Shots gathered, of which the last 64 count.
    public var shots: Int { kept.count }

    /// The mean of the last shots' descriptors; nil without a shot.
    public var mean: Descriptor? { Descriptor.mean(of: kept.suffix(Self.recent).map(\.probe.descriptor)) }

    /// Adds one shot.
    /// - Parameters:
    ///   - weight: above 0; how much it counts beside the others.
    ///   - scorer: the same for all shots of this evidence.
    public mutating func add(_ descriptor: Descriptor, weight: Float = 1, scorer: Scorer) {
        if kept.count == Self.most {
            let old = kept.removeFirst()
            for person in sums.keys { sums[person, default: 0] -= old.weight * scorer.score(old.probe, person: person) }
        }
        let probe = scorer.probe(descriptor)
        kept.append(Shot(probe: probe, weight: weight))
        let candidates = scorer.candidates(for: probe)
        for person in sums.keys { sums[person, default: 0] += weight * scorer.score(probe, person: person) }
        for person in candidates.map(\.person) where sums[person] == nil {
            sums[person] = kept.reduce(0) { $0 + $1.weight * scorer.score($1.probe, person: person) }
        }
        rank()
    }

    /// Compares the shots with the people of another roster.
    public mutating func compare(with scorer: Scorer) {
        let shots = kept
        (kept, sums, best) = ([], [:], nil)
        for shot in shots { add(shot.probe.descriptor, weight: shot.weight, scorer: scorer) }
    }

    /// The people who are at most so many nats behind the best, the nearest first.
    func others(within margin: Float) -> [Scored] {
        guard let best else { return [] }
        return sums.filter { $0.key != best.person }.map { Scored(person: $0.key, score: $0.value / weight) }
            .filter { best.score - $0.score < margin }
            .sorted(by: Scored.isBefore)
    }

    private var weight: Float { kept.reduce(0) { $0 + $1.weight } }

    private mutating func rank() {
        let ranked = sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        for left in ranked.dropFirst(Self.followed) { sums[left.key] = nil }
        guard let first = ranked.first else { return best = nil }
        let second = ranked.count > 1 ? ranked[1].value : -.infinity
        best = Candidate(
            person: first.key, score: first.value / weight, margin: (first.value - second) / weight, shots: shots)
    }
}
