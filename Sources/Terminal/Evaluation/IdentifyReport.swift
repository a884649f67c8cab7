import Identification

/// What an evaluation of single faces found; its JSON keys are documented in docs/rollcallctl.md.
public struct IdentifyReport: Sendable, Equatable {
    /// Galleries that were drawn; every figure is over all their searches together.
    public var draws = 1
    /// People enrolled, in the mean of the galleries.
    public var gallery = 0
    /// Templates of all of them.
    public var templates = 0
    /// Searches of people of the gallery.
    public var probes = 0
    /// People who were searched for.
    public var probedPeople = 0
    /// Searches of people who are not in the gallery.
    public var strangers = 0
    /// How many people they are.
    public var strangePeople = 0
    /// Different samples of strangers in which there was a face to search with.
    public var searchedStrangers = 0
    /// Different samples of probes in which there was a face to search with.
    public var searchedProbes = 0
    /// Probes and strangers in which no face was found. Such a probe counts as missed in `rank1` and `fnir`; such a
    /// stranger does not count in `fpir`.
    public var notDetected = 0
    /// Probes and strangers whose face the quality gate refused; they count like those that were not detected.
    public var probesRefused = 0
    /// Share of the probes whose nearest person is the right one.
    public var rank1 = Figure()
    /// Share of the probes that are not identified as the right person at the operating point.
    public var fnir = Figure()
    /// The same among those that were detected and not refused.
    public var fnirOfSearched = Figure()
    /// Share of the strangers who are identified as somebody at the operating point; nil without strangers.
    public var fpir = Figure()
    /// What the rule is set to keep.
    public var budget: ErrorBudget
    /// `fpir` over the configured one.
    public var fpirRatio = Figure()
    /// Probes that are identified as another person at the operating point.
    public var misidentified = 0
    /// Their share of the probes.
    public var misidentification = Figure()
    /// `misidentification` over the configured share.
    public var misidentificationRatio = Figure()
    /// FNIR at the score that keeps FPIR at most at the key; nil without strangers.
    public var fnirAtFPIR: [String: Figure] = [:]
    /// Detection error tradeoff, by rising FPIR; empty without strangers.
    public var tradeoff: [TradeoffPoint] = []
    /// Empty where there are no pictures.
    public var discard: [ErrorDiscard] = []
    /// Given with a table of groups.
    public var groups: GroupReport?
    /// Who was named wrongly, at most 100, the highest scores first; a face is listed once, however many galleries.
    public var mistakes: [Mistake] = []
    /// Time and memory.
    public var cost: EvaluationCost?
    /// Probes and strangers whose files could not be read, with the reason; they count as not detected.
    public var unreadable: [Gallery.Refusal] = []
    /// Photographs of the gallery that enrolment refused.
    public var refused: [Gallery.Refusal] = []

    /// The FPIRs at which FNIR is stated.
    static let operatingPoints: [(key: String, fpir: Double)] = [("0.01", 0.01), ("0.003", 0.003), ("0.001", 0.001)]

    /// Whether there were strangers enough: with fewer than 1/FPIR none of them may be named, which is another rate. The
    /// same face in another gallery is no other stranger.
    public func measures(fpir: Double) -> Bool { fpir * Double(searchedStrangers) >= 1 }
    /// Whether there were probes enough to measure such a share of people who are taken for another.
    public func measures(misidentification: Double) -> Bool { misidentification * Double(searchedProbes) >= 1 }

    /// The figures of trials.
    /// - Parameter budget: what the rule is set to keep.
    init(trials: [Trial], population: EvaluationPopulation, groups: Groups?, budget: ErrorBudget) {
        self.budget = budget
        let mated = trials.filter(\.isMated)
        let foreign = trials.filter { !$0.isMated }
        let found = foreign.filter { $0.result != nil }
        probes = mated.count
        strangers = foreign.count
        let probed = Set(mated.map(\.person))
        let strange = Set(foreign.map(\.person))
        probedPeople = probed.count
        strangePeople = strange.count
        searchedStrangers = Set(found.map(\.sample)).count
        searchedProbes = Set(mated.filter { $0.result != nil }.map(\.sample)).count
        notDetected = trials.count { $0.result == nil && !$0.isRefused }
        probesRefused = trials.count(where: \.isRefused)
        misidentified = mated.count(where: \.isMisnamed)

        let bootstrap = Bootstrap(
            strata: [probed.sorted(), strange.subtracting(probed).sorted()], people: population.people.count)
        let scores = ScoreDistribution(trials)
        let byDraw = Dictionary(grouping: trials, by: \.draw).sorted { $0.key < $1.key }
            .map { ScoreDistribution($0.value) }
        let points = Self.operatingPoints.map { point in
            Bootstrap.Statistic(people: probed.count) { weights in
                // Each gallery has a threshold of its own: the mean over galleries.
                let each = byDraw.compactMap { $0.fnir(atFPIR: point.fpir, weights: weights) }
                return each.isEmpty ? nil : each.reduce(0, +) / Double(each.count)
            }
        }
        let figures = bootstrap.figures(
            [
                .share(mated.map { ($0.person, !$0.isRight) }),
                .share(mated.map { ($0.person, !$0.isIdentified) }),
                .share(mated.filter { $0.result != nil }.map { ($0.person, !$0.isIdentified) }),
                .share(found.map { ($0.person, $0.isMisnamed) }),
                .share(mated.map { ($0.person, $0.isMisnamed) }),
            ] + points)
        rank1 = figures[0].complement
        fnir = figures[1]
        fnirOfSearched = figures[2]
        fpir = figures[3]
        misidentification = figures[4]
        fpirRatio = fpir.scaled(by: 1 / budget.strangerNamed)
        misidentificationRatio = misidentification.scaled(by: 1 / budget.studentForAnother)
        for (point, figure) in zip(Self.operatingPoints, figures.dropFirst(5)) { fnirAtFPIR[point.key] = figure }
        tradeoff = scores.tradeoff(bootstrap)
        mistakes = Mistake.all(of: trials, population: population)
        discard = ErrorDiscard.all(of: mated)
        self.groups = groups.map { GroupReport(trials, population: population, groups: $0, bootstrap: bootstrap) }
    }
}

extension IdentifyReport {
    /// Where nobody could be enrolled there is no rate: all would be misses, which says nothing of the recognition.
    mutating func knowNothing() {
        rank1 = Figure()
        fnir = Figure()
        fnirOfSearched = Figure()
        fpir = Figure()
        fpirRatio = Figure()
        misidentification = Figure()
        misidentificationRatio = Figure()
        fnirAtFPIR = fnirAtFPIR.mapValues { _ in Figure() }
        tradeoff = []
        discard = []
        groups = nil
    }
}

extension Figure {
    /// One minus the figure.
    var complement: Figure {
        Figure(value: value.map { 1 - $0 }, interval: interval.map { Interval(low: 1 - $0.high, high: 1 - $0.low) })
    }

    func scaled(by factor: Double) -> Figure {
        Figure(value: value.map { $0 * factor }, interval: interval?.scaled(by: factor))
    }
}
