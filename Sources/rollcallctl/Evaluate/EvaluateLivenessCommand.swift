import ArgumentParser
import Capture
import Faces
import Progress
import Terminal

/// `rollcallctl evaluate liveness`: whether living people are told from pictures that are shown.
struct EvaluateLivenessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "liveness", abstract: "Tell living people from prints, phones and monitors.",
        discussion: """
            --bona-fide holds Y4M streams of living people, --attacks one folder of Y4M streams for each kind of attack. \
            With --roster it is also said how many attacks would be marked as the person whose name the file's name \
            begins with, up to its first dot. Exit status 0 when the evaluation was made, whatever it found.
            """)

    @Option(help: ArgumentHelp("Streams of living people.", valueName: "dir"), completion: .directory)
    var bonaFide: String

    @Option(
        help: ArgumentHelp("Streams of attacks, in one folder for each kind.", valueName: "dir"),
        completion: .directory)
    var attacks: String

    @Option(help: ArgumentHelp("People to enrol.", valueName: "dir"), completion: .directory)
    var roster: String?

    @Option(help: "Share of living people's tracks that may be called suspicious.")
    var budget = LivenessEvidence.defaultBudget

    @Option(help: "Seconds of a track that liveness sees; without it, all of it.")
    var seconds: Double?

    @Flag(help: "Print one JSON document.")
    var json = false

    @Flag(help: "Name each stream in the JSON document, with its measures.")
    var measures = false

    @OptionGroup var models: ModelOptions
    @OptionGroup var recognition: RecognitionArguments

    func validate() throws {
        guard (0.0001...0.5).contains(budget) else { throw ValidationError("--budget is not within 0.0001 to 0.5") }
        guard (0.1...3600).contains(seconds ?? 1) else { throw ValidationError("--seconds is not within 0.1 to 3600") }
    }

    func run() throws {
        try complaining {
            let streams = try LivenessStreams(bonaFide: bonaFide, attacks: attacks)
            let engine = try models.loadEngine()
            let (options, stages) = try recognition.load(over: engine)
            let gallery = try roster.map { Gallery.enrol(try PeopleFolder(path: $0), engine: engine) }
            let meter = EvaluationCost.Meter()
            var playing = ProgressMeter("Playing", unit: "streams", total: streams.count)
            var evaluation = LivenessEvaluation(
                stages: stages, options: options, roster: gallery?.roster, budget: budget, withMeasures: measures,
                longest: seconds.map { .milliseconds(Int64($0 * 1000)) } ?? .seconds(3600))
            func play(_ paths: [String], isAttack: Bool) throws -> [LivenessEvaluation.Stream] {
                try paths.map { path in
                    let source = try Y4MStream(path: path, pace: .fullSpeed)
                    let name = path.split(separator: "/").last.map(String.init) ?? path
                    defer { playing.advance() }
                    return try evaluation.play(source, name: name, isAttack: isAttack)
                }
            }
            let living = try play(streams.bonaFide, isAttack: false)
            var shown: [String: [LivenessEvaluation.Stream]] = [:]
            for (kind, paths) in streams.attacks.sorted(by: { $0.key < $1.key }) {
                shown[kind] = try play(paths, isAttack: true)
            }
            playing.finish()
            let report = LivenessReport(
                bonaFide: living, attacks: shown, budget: budget, hasRoster: gallery != nil, withStreams: measures,
                cost: evaluation.cost, cpu: meter.cost(of: 1).cpuSeconds)
            print(json || measures ? try rollcallctl.json(report) : LivenessText(report).text)
        }
    }
}
