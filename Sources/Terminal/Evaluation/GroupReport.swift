import Glibc

/// The errors of each group of people, and how far apart they are (ISO/IEC 19795-10; NIST IR 8429, FRVT part 8).
public struct GroupReport: Sendable, Equatable, Encodable {
    /// One group.
    public struct Group: Sendable, Equatable {
        /// As the table has it.
        public var name: String
        /// People of the group who were searched.
        public var people: Int
        /// Searches of people who are to be found.
        public var probes: Int
        /// Searches of strangers in which there was a face.
        public var strangers: Int
        /// At the operating point.
        public var fnir: Figure
        /// At the operating point.
        public var fpir: Figure
    }

    /// How far the worst group is from the others.
    public struct Ratio: Sendable, Equatable, Encodable {
        /// The group with the highest rate.
        public var worst: String
        /// The group with the lowest.
        public var best: String
        /// The worst group's rate over the best one's.
        public var toBest: Double
        /// The worst group's rate over the geometric mean of all.
        public var toGeometricMean: Double
        /// Whether a group without any error keeps the ratios from being known: they are at least so large. Such a group
        /// counts with the rate that the rule of 3 leaves it.
        public var isAtLeast: Bool
        /// Whether the intervals of the worst and the best group overlap: then chance alone may have put them apart.
        public var intervalsOverlap: Bool

        enum CodingKeys: String, CodingKey {
            case worst, best
            case toBest = "to_best"
            case toGeometricMean = "to_geometric_mean"
            case isAtLeast = "at_least"
            case intervalsOverlap = "intervals_overlap"
        }
    }

    /// In the order of their names.
    public var groups: [Group]
    /// Of the groups' FNIR; nil with fewer than two groups that have one, or without any error.
    public var fnirRatio: Ratio?
    /// Of the groups' FPIR.
    public var fpirRatio: Ratio?
    /// People who were searched and are in no group.
    public var ungrouped: Int

    enum CodingKeys: String, CodingKey {
        case groups, ungrouped
        case fnirRatio = "fnir_ratio"
        case fpirRatio = "fpir_ratio"
    }

    init(_ trials: [Trial], population: EvaluationPopulation, groups table: Groups, bootstrap: Bootstrap) {
        let group = population.people.map { table.groups[$0.name] }
        let searched = Set(trials.map(\.person))
        ungrouped = searched.count { group[$0] == nil }
        let names = table.names
        let members = names.map { name in trials.filter { group[$0.person] == name } }
        let figures = bootstrap.figures(
            members.flatMap { trials -> [Bootstrap.Statistic] in
                let mated = trials.filter(\.isMated)
                let strangers = trials.filter { !$0.isMated && $0.result != nil }
                return [
                    .share(mated.map { ($0.person, !$0.isIdentified) }),
                    .share(strangers.map { ($0.person, $0.isMisnamed) }),
                ]
            })
        groups = names.indices.map { index in
            Group(
                name: names[index], people: Set(members[index].map(\.person)).count,
                probes: members[index].count(where: \.isMated),
                strangers: members[index].count { !$0.isMated && $0.result != nil },
                fnir: figures[2 * index], fpir: figures[2 * index + 1])
        }
        fnirRatio = Self.ratio(groups.map { ($0.name, $0.fnir) })
        fpirRatio = Self.ratio(groups.map { ($0.name, $0.fpir) })
    }

    static func ratio(_ figures: [(name: String, figure: Figure)]) -> Ratio? {
        var isAtLeast = false
        let rates = figures.compactMap { each -> (name: String, measured: Double, rate: Double)? in
            guard let value = each.figure.value else { return nil }
            if value > 0 { return (each.name, value, value) }
            isAtLeast = true
            return (each.name, 0, each.figure.interval?.high ?? 1)
        }
        guard rates.count > 1, let worst = rates.max(by: { $0.measured < $1.measured }), worst.measured > 0,
            let best = rates.min(by: { ($0.measured, $0.rate) < ($1.measured, $1.rate) })
        else { return nil }
        func interval(_ name: String) -> Interval? { figures.first { $0.name == name }?.figure.interval }
        let mean = exp(rates.reduce(0) { $0 + log($1.rate) } / Double(rates.count))
        return Ratio(
            worst: worst.name, best: best.name, toBest: max(1, worst.rate / best.rate),
            toGeometricMean: max(1, worst.rate / mean), isAtLeast: isAtLeast,
            intervalsOverlap: (interval(worst.name)?.low ?? 0) <= (interval(best.name)?.high ?? 1))
    }
}

extension GroupReport.Group: Encodable {
    private enum Key: String, CodingKey {
        case name, people, probes, strangers, fnir, fpir, intervals
    }

    /// Writes every key, the intervals of the figures under `intervals`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(name, forKey: .name)
        try values.encode(people, forKey: .people)
        try values.encode(probes, forKey: .probes)
        try values.encode(strangers, forKey: .strangers)
        try values.encode(fnir.value, forKey: .fnir)
        try values.encode(fpir.value, forKey: .fpir)
        var intervals = values.nestedContainer(keyedBy: Key.self, forKey: .intervals)
        try intervals.encode(fnir.interval, forKey: .fnir)
        try intervals.encode(fpir.interval, forKey: .fpir)
    }
}
