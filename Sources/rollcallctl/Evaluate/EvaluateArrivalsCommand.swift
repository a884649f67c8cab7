import ArgumentParser
import Capture
import FoundationEssentials
import Progress
import Terminal

/// `rollcallctl evaluate arrivals`: a stream through the daemon's own pipeline and outbox.
struct EvaluateArrivalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arrivals", abstract: "Play a stream of arrivals at full speed and say who is marked.",
        discussion: """
            --roster holds one folder of photographs per person (it may be an empty folder: then nobody is enrolled). \
            --truth has lines of PERSON,FROM_FRAME,TO_FRAME, the person - for a stranger. Exit status 0 when the \
            evaluation was made, whatever it found.
            """)

    @Option(help: ArgumentHelp("People to enrol.", valueName: "dir"))
    var roster: String

    @Option(help: ArgumentHelp("A Y4M stream; - is standard input.", valueName: "file"))
    var stream: String

    @Option(help: ArgumentHelp("Who walks by, and when.", valueName: "file"))
    var truth: String?

    @Flag(help: "Print one JSON document.")
    var json = false

    @OptionGroup var models: ModelOptions
    @OptionGroup var recognition: RecognitionArguments

    func run() throws {
        try complaining {
            let truth = try truth.map { try Truth(path: $0) }
            let folder = try PeopleFolder(path: roster, mayBeEmpty: true)
            let engine = try models.loadEngine()
            let (options, stages) = try recognition.load(over: engine)
            var enrolling = ProgressMeter("Enrolling", unit: "photographs", total: folder.imageCount)
            let gallery = Gallery.enrol(folder, engine: engine) { _ in enrolling.advance() }
            enrolling.finish()

            let source = try Y4MStream(path: stream, pace: .fullSpeed)
            let temporary = FileManager.default.temporaryDirectory.appending(path: "rollcall-evaluate-\(UUID())")
            try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: temporary) }
            var playing = ProgressMeter("Playing", unit: "frames", total: nil)
            var report = try ArrivalsEvaluation.run(
                source: source, gallery: gallery, stages: stages, options: options, folder: temporary.path,
                progress: { _ in playing.advance() })
            playing.finish()
            report.truth = truth?.judge(report.marks)
            print(json ? try rollcallctl.json(report) : text(report))
        }
    }

    private func text(_ report: ArrivalsEvaluation.Report) -> String {
        var lines = report.marks.map {
            "marked  \($0.person) at frame \($0.atFrame), \(fixed($0.latencyMS, 0)) ms after the first good frame"
        }
        lines.append(
            "\(report.frames) frames, \(report.tracks) tracks: \(report.marks.count) marks, \(report.unknown) unknown,"
                + " \(report.unsure) unsure; \(fixed(report.cpuSeconds, 2)) CPU seconds")
        if let truth = report.truth {
            lines.append(
                "truth: \(truth.expected) people expected, \(truth.right) marked rightly, \(truth.wrong) wrongly,"
                    + " \(truth.missed) missed, \(truth.doubled) doubled")
        }
        return (lines + report.refused.map { "refused: \($0.image): \($0.reason)" }).joined(separator: "\n")
    }
}
