/// Confidence intervals by resampling people, not photographs: one person's photographs fail together (subset bootstrap:
/// Poh & Bengio, Performance generalization in biometric authentication using joint user-specific and sample bootstraps,
/// IEEE PAMI 29(3), 2007; ISO/IEC 19795-1:2006, annex B).
struct Bootstrap {
    /// A figure as a function of how often each person was drawn.
    struct Statistic {
        /// People who bear on it.
        var people: Int
        /// The figure when each person counts `weights[person]` times; nil when nobody is left who bears on it.
        var value: (_ weights: [Int]) -> Double?
        /// Whether it is a share, of which the rule of 3 says something when it is near 0 or 1.
        var isShare = true
    }

    /// Resamples of the people; percentiles of a thousand are enough for 95 %, more make them steadier.
    static let resamples = 2000
    /// The share that the interval leaves out at each end.
    private static let tail = 0.025

    /// People of each kind; each kind is resampled by itself, so that its number stays.
    let strata: [[Int]]
    /// All people, those who bear on nothing too.
    let people: Int

    /// Each figure as it was measured, and its percentile interval. The same for the same people, at every run.
    func figures(_ statistics: [Statistic], resamples: Int = Bootstrap.resamples) -> [Figure] {
        var random = SeededRandom(seed: 19_795)
        var weights = [Int](repeating: 0, count: people)
        var values = [[Double]](repeating: [], count: statistics.count)
        for _ in 0..<resamples {
            for person in weights.indices { weights[person] = 0 }
            for stratum in strata where !stratum.isEmpty {
                for _ in stratum { weights[stratum[random.index(below: stratum.count)]] += 1 }
            }
            for (index, statistic) in statistics.enumerated() {
                if let value = statistic.value(weights) { values[index].append(value) }
            }
        }
        let once = [Int](repeating: 1, count: people)
        return zip(statistics, values).map { statistic, values in
            let value = statistic.value(once)
            return Figure(value: value, interval: Self.interval(of: values, around: value, statistic))
        }
    }

    private static func interval(of values: [Double], around value: Double?, _ statistic: Statistic) -> Interval? {
        guard let value, !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let skipped = Int(tail * Double(sorted.count))
        var interval = Interval(low: sorted[skipped], high: sorted[sorted.count - 1 - skipped])
        guard statistic.isShare else { return interval }
        // One error must not say more than none: of a single person who erred a bit, resampling knows next to nothing.
        let bound = Interval.ofCertainty(value < 0.5 ? 0 : 1, people: statistic.people)
        if value < 0.5 {
            interval.high = max(interval.high, bound?.high ?? 1)
        } else {
            interval.low = min(interval.low, bound?.low ?? 0)
        }
        return interval
    }
}

extension Bootstrap.Statistic {
    /// The share of people's cases that are errors.
    /// - Parameter cases: the person of each case, and whether it is an error.
    static func share(_ cases: some Sequence<(person: Int, isError: Bool)>) -> Bootstrap.Statistic {
        var counts: [Int: (errors: Int, all: Int)] = [:]
        for each in cases {
            counts[each.person, default: (0, 0)].all += 1
            if each.isError { counts[each.person, default: (0, 0)].errors += 1 }
        }
        let people = counts.keys.sorted().map { person in
            (person: person, errors: counts[person]?.errors ?? 0, all: counts[person]?.all ?? 0)
        }
        return Bootstrap.Statistic(people: people.count) { weights in
            var errors = 0
            var all = 0
            for each in people {
                errors += weights[each.person] * each.errors
                all += weights[each.person] * each.all
            }
            return all > 0 ? Double(errors) / Double(all) : nil
        }
    }
}
