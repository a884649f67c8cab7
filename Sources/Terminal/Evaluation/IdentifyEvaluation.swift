import Faces
import FoundationEssentials
import Identification

/// How well single faces are identified: rank-1, and errors at the operating point and at fixed FPIR (ISO/IEC 19795-1;
/// NIST FRTE 1:N), each with a confidence interval over people. The rule is the terminal's, but for the number of shots,
/// which is one here.
public struct IdentifyEvaluation {
    private let population: EvaluationPopulation
    private let samples: any EvaluationSamples
    private let rule: DecisionRule

    /// People who are enrolled and searched with a calibration that has not seen them; several folds of a
    /// cross-validation come to one report.
    public struct Fold: Sendable {
        /// nil for everybody.
        public var people: PeopleList?
        /// What scores and thresholds follow from.
        public var calibration: Calibration

        /// Everybody with the calibration that is built in, unless something else is given.
        public init(people: PeopleList? = nil, calibration: Calibration = .standard) {
            self.people = people
            self.calibration = calibration
        }
    }

    /// A gallery and what it is searched with.
    private struct Task {
        var draw: GalleryDraw
        var calibration: Calibration
    }

    /// Enrols and searches photographs.
    /// - Parameters:
    ///   - engine: enrols, as on the server.
    ///   - stages: search, as on the terminal.
    ///   - progress: told how many of how many photographs have been looked at.
    /// - Throws: `.badPlan` when such galleries cannot be drawn.
    public static func run(
        _ population: EvaluationPopulation, plan: DrawPlan, groups: Groups? = nil, engine: FaceEngine,
        stages: any FaceStages, options: RecognitionOptions, gate: QualityGate = .enrolment,
        folds: [Fold] = [Fold()],
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(EvaluationError) -> IdentifyReport {
        let meter = EvaluationCost.Meter()
        let tasks = try tasks(population, plan, folds)
        let samples = PhotographSamples(
            paths: population.paths, engine: engine, stages: stages, options: options, gate: gate)
        let enrolled = Set(tasks.flatMap { $0.draw.gallery.flatMap(\.samples) }).sorted()
        let searched = Set(tasks.flatMap { $0.draw.searches.map(\.sample) }).sorted()
        let total = enrolled.count + searched.count
        for (done, sample) in enrolled.enumerated() {
            _ = samples.template(sample)
            progress(done + 1, total)
        }
        for (done, sample) in searched.enumerated() {
            _ = samples.probe(sample)
            progress(enrolled.count + done + 1, total)
        }
        let evaluation = IdentifyEvaluation(population: population, samples: samples, rule: options.rule)
        var report = evaluation.report(tasks, groups: groups)
        report.refused = samples.refused
        report.unreadable = samples.unreadable
        report.cost = meter.cost(of: total)
        return report
    }

    /// Enrols and searches descriptors.
    /// - Parameter progress: told how many of how many galleries have been searched.
    /// - Throws: `.badPlan` when such galleries cannot be drawn.
    public static func run(
        _ population: EvaluationPopulation, descriptors: DescriptorSet, plan: DrawPlan, groups: Groups? = nil,
        rule: DecisionRule, folds: [Fold] = [Fold()],
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(EvaluationError) -> IdentifyReport {
        let meter = EvaluationCost.Meter()
        let tasks = try tasks(population, plan, folds)
        let evaluation = IdentifyEvaluation(
            population: population, samples: DescribedSamples(descriptors), rule: rule)
        var report = evaluation.report(tasks, groups: groups) { progress($0, tasks.count) }
        report.cost = meter.cost(of: tasks.reduce(0) { $0 + $1.draw.searches.count })
        return report
    }

    private static func tasks(
        _ population: EvaluationPopulation, _ plan: DrawPlan, _ folds: [Fold]
    ) throws(EvaluationError) -> [Task] {
        var tasks: [Task] = []
        for fold in folds {
            let draws = try population.draws(plan, only: fold.people)
            tasks += draws.map { Task(draw: $0, calibration: fold.calibration) }
        }
        return tasks
    }

    private func report(
        _ tasks: [Task], groups: Groups?, progress: (Int) -> Void = { _ in }
    ) -> IdentifyReport {
        var trials: [Trial] = []
        var enrolled = 0
        var templates = 0
        for (index, task) in tasks.enumerated() {
            let gallery = enrol(task.draw)
            enrolled += gallery.owners.count
            templates += gallery.roster.people.reduce(0) { $0 + $1.templates.count }
            let scorer = SingleShotScorer(roster: gallery.roster, rule: rule, calibration: task.calibration)
            trials += task.draw.searches.map { trial($0, index, by: scorer, owners: gallery.owners) }
            progress(index + 1)
        }
        var report = IdentifyReport(
            trials: trials, population: population, groups: groups, budget: rule.budget)
        report.draws = tasks.count
        report.gallery = enrolled / max(tasks.count, 1)
        report.templates = templates / max(tasks.count, 1)
        if enrolled == 0 { report.knowNothing() }
        return report
    }

    /// Everybody of whom a template can be made, and who they are in the population.
    private func enrol(_ draw: GalleryDraw) -> (roster: Roster, owners: [Int]) {
        var people: [RosterPerson] = []
        var owners: [Int] = []
        for enrolled in draw.gallery {
            let templates = enrolled.samples.compactMap { samples.template($0) }
            guard !templates.isEmpty else { continue }
            let name = population.people[enrolled.person].name
            people.append(RosterPerson(id: UUID(), name: name, className: "", templates: templates))
            owners.append(enrolled.person)
        }
        return (Roster(people: people), owners)
    }

    private func trial(
        _ search: GalleryDraw.Search, _ draw: Int, by scorer: SingleShotScorer, owners: [Int]
    ) -> Trial {
        var trial = Trial(person: search.person, sample: search.sample, draw: draw, isMated: search.isMated)
        switch samples.probe(search.sample) {
        case .notDetected: break
        case .refused: trial.isRefused = true
        case .face(let descriptor, let quality):
            let result = scorer.search(descriptor, quality: quality)
            trial.result = result
            trial.nearest = result.nearest >= 0 ? owners[result.nearest] : nil
        }
        return trial
    }
}
