import ArgumentParser
import FoundationEssentials
import Identification
import Progress
import Terminal

/// `rollcallctl evaluate identify`: single photographs against a gallery.
struct EvaluateIdentifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify", abstract: "Identify photographs of known people and of strangers.",
        discussion: """
            Each folder holds one folder of images per person. The photographs of --gallery are enrolled; those of \
            --probes are searched and should be found, those of --strangers should not; the latter may also lie in \
            their folder directly. With one folder only (--people), its photographs are divided. Every figure comes \
            with its 95 % confidence interval over people. Exit status 0 when the evaluation was made, whatever it found.
            """)

    @OptionGroup(title: "People") var people: EvaluatedPeople

    @Option(
        help: ArgumentHelp("Results by group: lines of PERSON,GROUP.", valueName: "file"), completion: .file())
    var groups: String?

    @Option(
        help: ArgumentHelp("Draw the detection error tradeoff into this file.", valueName: "file.svg"),
        completion: .file(extensions: ["svg"]))
    var det: String?

    @Flag(help: "Say how the misses fall when the worst faces by each measure of quality are not searched.")
    var discard = false

    @Option(help: "Which faces the quality gate judges.")
    var gate: QualityGate = .enrolment

    @Option(help: ArgumentHelp("The share of strangers that may be named.", valueName: "share"))
    var strangerNamed: Double?

    @Option(help: ArgumentHelp("The share of people who may be taken for another.", valueName: "share"))
    var studentForAnother: Double?

    @Flag(help: "Print one JSON document.")
    var json = false

    @OptionGroup var models: ModelOptions
    @OptionGroup var recognition: RecognitionArguments

    func validate() throws {
        for share in [strangerNamed, studentForAnother].compactMap({ $0 }) where !(share > 0 && share < 1) {
            throw ValidationError("--stranger-named and --student-for-another are shares, such as 0.001.")
        }
    }

    func run() throws {
        try complaining {
            let (population, descriptors) = try people.load()
            let groups = try groups.map { try Groups(path: $0) }
            let report = try descriptors.map { try evaluate(population, $0, groups) } ?? evaluate(population, groups)
            if let det { try write(DETChart(report).svg, to: det) }
            print(json ? try rollcallctl.json(report) : IdentifyText(report, withDiscard: discard).text)
        }
    }

    private func evaluate(_ population: EvaluationPopulation, _ groups: Groups?) throws -> IdentifyReport {
        let engine = try models.loadEngine()
        var (options, stages) = try recognition.load(over: engine)
        options.rule.budget = budget(over: options.rule.budget)
        var meter: ProgressMeter?
        let report = try IdentifyEvaluation.run(
            population, plan: people.plan, groups: groups, engine: engine, stages: stages, options: options,
            gate: gate, folds: people.folds()
        ) { _, total in
            if meter == nil { meter = ProgressMeter("Searching", unit: "photographs", total: total) }
            meter?.advance()
        }
        meter?.finish()
        return report
    }

    private func evaluate(
        _ population: EvaluationPopulation, _ descriptors: DescriptorSet, _ groups: Groups?
    ) throws -> IdentifyReport {
        var rule = try recognition.rule()
        rule.budget = budget(over: rule.budget)
        var meter: ProgressMeter?
        let report = try IdentifyEvaluation.run(
            population, descriptors: descriptors, plan: people.plan, groups: groups, rule: rule,
            folds: people.folds()
        ) { _, total in
            if meter == nil { meter = ProgressMeter("Searching", unit: "galleries", total: total) }
            meter?.advance()
        }
        meter?.finish()
        return report
    }

    private func budget(over configured: ErrorBudget) -> ErrorBudget {
        ErrorBudget(
            strangerNamed: strangerNamed ?? configured.strangerNamed,
            studentForAnother: studentForAnother ?? (strangerNamed == nil ? configured.studentForAnother : nil))
    }

    private func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
        } catch {
            complain("\(path): it cannot be written; check its folder and the space that is left")
            throw ExitStatus.wrong
        }
    }
}

extension RecognitionArguments {
    /// What `load` reads, where nothing is looked at and so no detector is needed.
    func rule() throws(ExitCode) -> DecisionRule {
        guard let config else { return DecisionRule() }
        return try ConfigurationOption.load(config).recognition.options.rule
    }
}
