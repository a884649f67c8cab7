import ArgumentParser
import Configuration
import FoundationEssentials
import Glibc
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
            with its 95 % confidence interval over people. Exit status 0 when the evaluation was made, whatever it found; 1 \
            when nobody could be enrolled.
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

    @Option(help: "Which faces the quality gate judges; without it, those that are enrolled.")
    var gate: QualityGate?

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
        let looks = gate != nil || discard || recognition.detector != nil || recognition.haarCascade != nil
        guard people.descriptors == nil || !looks else {
            throw ValidationError(
                "--gate, --discard, --detector and --haar-cascade are for photographs; --descriptors has none.")
        }
    }

    func run() throws {
        try complaining {
            let (population, descriptors) = try people.load()
            let groups = try groups.map { try read(groups: $0, of: population) }
            if let det { try checkCanWrite(det) }
            let report = try descriptors.map { try evaluate(population, $0, groups) } ?? evaluate(population, groups)
            if report.gallery == 0 { complain("nobody could be enrolled; the report says of each photograph why") }
            print(json ? try rollcallctl.json(report) : IdentifyText(report, withDiscard: discard).text)
            if report.gallery == 0 { throw ExitStatus.wrong }
            if let det {
                if report.tradeoff.isEmpty { complain("\(det) has no curve: without strangers there is no FPIR") }
                try write(DETChart(report).svg, to: det)
            }
        }
    }

    private func read(groups path: String, of population: EvaluationPopulation) throws(EvaluationError) -> Groups {
        let groups = try Groups(path: path)
        let unknown = try groups.unknown(in: population, path: path)
        if !unknown.isEmpty {
            complain(
                "\(path) names \(unknown.count) of \(counted(groups.groups.count, "person", "people")) who are nobody here "
                    + "and are left out: "
                    + firstNames(unknown) + "; a person has the name of their folder, or the number of the identity")
        }
        return groups
    }

    private func evaluate(_ population: EvaluationPopulation, _ groups: Groups?) throws -> IdentifyReport {
        let engine = try models.loadEngine()
        var (options, stages) = try recognition.load(over: engine)
        options.rule.budget = budget(over: options.rule.budget)
        var meter: ProgressMeter?
        let report = try IdentifyEvaluation.run(
            population, plan: people.plan, groups: groups, engine: engine, stages: stages, options: options,
            gate: gate ?? .enrolment, folds: people.folds()
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

    /// Said now and not after minutes of work.
    private func checkCanWrite(_ path: String) throws(ExitCode) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        if let reason = NamedFile.folderProblem(folder) { try refuse("\(path): its folder: \(reason)") }
        if access(folder, W_OK) != 0 { try refuse("\(path): this user may not write into its folder") }
        if NamedFile.folderProblem(path) == nil { try refuse("\(path): it is a folder") }
    }

    private func refuse(_ problem: String) throws(ExitCode) {
        complain("\(problem); correct --det")
        throw ExitStatus.wrong
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
