import Glibc

/// Scores of strangers and of people who are to be found, from which the errors at any threshold follow.
struct ScoreDistribution {
    private struct Scored {
        var score: Float
        var person: Int
    }

    /// The highest first.
    private let strangers: [Scored]
    /// Those whose nearest person is the right one, the highest first; the others are missed at every threshold.
    private let rights: [Scored]
    private let strangerCounts: [(person: Int, count: Int)]
    private let matedCounts: [(person: Int, count: Int)]

    init(_ trials: [Trial]) {
        func sorted(_ trials: [Trial]) -> [Scored] {
            trials.compactMap { trial in trial.result.map { Scored(score: $0.score, person: trial.person) } }
                .sorted { ($0.score, $1.person) > ($1.score, $0.person) }
        }
        strangers = sorted(trials.filter { !$0.isMated })
        rights = sorted(trials.filter(\.isRight))
        let different = Set(trials.filter { !$0.isMated && $0.result != nil }.map(\.sample)).count
        leastFPIR = different > 0 ? 1 / Double(different) : nil
        strangerCounts = Self.counts(strangers.map(\.person))
        matedCounts = Self.counts(trials.filter(\.isMated).map(\.person))
    }

    private static func counts(_ people: [Int]) -> [(person: Int, count: Int)] {
        var counts: [Int: Int] = [:]
        for person in people { counts[person, default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { (person: $0.key, count: $0.value) }
    }

    /// People who are to be found.
    var matedPeople: Int { matedCounts.count }

    /// The share of those who are to be found that is missed at the score which at most a share `fpir` of the strangers
    /// exceeds; nil without either.
    /// - Parameter weights: how often each person counts.
    func fnir(atFPIR fpir: Double, weights: [Int]) -> Double? {
        let allStrangers = strangerCounts.reduce(0) { $0 + weights[$1.person] * $1.count }
        let allMated = matedCounts.reduce(0) { $0 + weights[$1.person] * $1.count }
        guard allStrangers > 0, allMated > 0 else { return nil }
        // So many strangers may be named; the next one's score must not be. (Less than one of rounding is forgiven.)
        let allowed = Int(fpir * Double(allStrangers) + 1e-9)
        var limit = -Float.infinity
        var above = 0
        for stranger in strangers {
            above += weights[stranger.person]
            if above > allowed {
                limit = stranger.score
                break
            }
        }
        var found = 0
        for right in rights {
            if right.score <= limit { break }
            found += weights[right.person]
        }
        return 1 - Double(found) / Double(allMated)
    }

    /// The lowest FPIR above 0 that can be measured: one stranger's, who is no other one in another gallery.
    let leastFPIR: Double?
}

/// A point of the detection error tradeoff (ISO/IEC 19795-1).
public struct TradeoffPoint: Sendable, Equatable, Encodable {
    /// The share of strangers who are named.
    public var fpir: Double
    /// The share of those who are to be found that is missed, at that threshold.
    public var fnir: Double
    /// Of the FNIR.
    public var interval: Interval?
}

extension ScoreDistribution {
    /// Points in a decade of the curve.
    private static let density = 12
    /// Resamples of the band: it is looked at, not read off.
    private static let resamples = 400

    /// The curve at FPIRs that are equally far from each other on a logarithmic axis, from the least to 1.
    func tradeoff(_ bootstrap: Bootstrap) -> [TradeoffPoint] {
        guard let least = leastFPIR, !matedCounts.isEmpty else { return [] }
        var rates: [Double] = []
        var rate = 1.0
        let step = pow(10, 1 / Double(Self.density))
        while rate > least {
            rates.append(rate)
            rate /= step
        }
        rates.append(least)
        rates.reverse()
        let statistics = rates.map { rate in
            Bootstrap.Statistic(people: matedCounts.count) { fnir(atFPIR: rate, weights: $0) }
        }
        return zip(rates, bootstrap.figures(statistics, resamples: Self.resamples)).compactMap { rate, figure in
            figure.value.map { TradeoffPoint(fpir: rate, fnir: $0, interval: figure.interval) }
        }
    }
}
