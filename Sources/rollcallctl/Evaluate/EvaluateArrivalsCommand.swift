import ArgumentParser
import Capture
import Faces
import FoundationEssentials
import Progress
import Terminal

/// `rollcallctl evaluate arrivals`: streams through the daemon's own pipeline and outbox.
struct EvaluateArrivalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arrivals", abstract: "Play streams of arrivals at full speed and say who is marked.",
        discussion: """
            --roster holds one folder of photographs per person (it may be an empty folder: then nobody is enrolled). \
            --truth has lines of PERSON,FROM_FRAME,TO_FRAME, the person - for a stranger. Each stream is a day of its own \
            on which everybody may be marked once. Exit status 0 when the evaluation was made, whatever it found.
            """)

    @Option(help: ArgumentHelp("People to enrol.", valueName: "dir"), completion: .directory)
    var roster: String

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "A Y4M stream, or a folder of them; - is standard input. May be given several times.", valueName: "file"),
        completion: .file())
    var stream: [String]

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Who walks by, and when: once for each stream, or a folder with NAME.csv for NAME.y4m.", valueName: "file"),
        completion: .file())
    var truth: [String] = []

    @Flag(help: "Print one JSON document.")
    var json = false

    @OptionGroup var models: ModelOptions
    @OptionGroup var recognition: RecognitionArguments

    func run() throws {
        try complaining {
            let folder = try PeopleFolder(path: roster, mayBeEmpty: true)
            let list = try StreamList(stream, truths: truth)
            let engine = try models.loadEngine()
            let (options, stages) = try recognition.load(over: engine)
            var enrolling = ProgressMeter("Enrolling", unit: "photographs", total: folder.imageCount)
            let gallery = Gallery.enrol(folder, engine: engine) { _ in enrolling.advance() }
            enrolling.finish()

            var playing = ProgressMeter("Playing", unit: "frames", total: nil)
            let meter = EvaluationCost.Meter()
            var played: [ArrivalsReport.Stream] = []
            for path in list.streams {
                let source = try Y4MStream(path: path, pace: .fullSpeed)
                var shown = 0
                played.append(
                    try inTemporaryFolder { temporary in
                        try ArrivalsEvaluation.run(
                            source: source, roster: gallery.roster, stages: stages, options: options,
                            folder: temporary
                        ) { frames in
                            playing.advance(by: frames - shown)
                            shown = frames
                        }
                    })
            }
            playing.finish()
            var report = ArrivalsReport(streams: played, truths: list.truths, refused: gallery.refused)
            let unknown = Set(list.truths.compactMap(\.self).flatMap(\.expected)).subtracting(folder.people.map(\.name))
            if let one = unknown.min() {
                rollcallctl.complain(
                    "--truth expects \(counted(unknown.count, "person who is", "people who are")) not in --roster, such as "
                        + one)
            }
            if !gallery.leftOut.isEmpty {
                rollcallctl.complain(
                    "\(counted(gallery.leftOut.count, "person", "people")) of --roster without a photograph that is good "
                        + "enough, who cannot be "
                        + "recognised: \(firstNames(gallery.leftOut))")
            }
            for (stream, truth) in zip(played, list.truths) { complain(of: stream, truth) }
            report.cost = meter.cost(of: report.total(\.frames))
            print(json ? try rollcallctl.json(report) : ArrivalsText(report).text)
        }
    }

    /// What makes a stream's figures worth nothing.
    private func complain(of stream: ArrivalsReport.Stream, _ truth: Truth?) {
        if stream.frames == 0 {
            rollcallctl.complain(
                "\(stream.name) has no frame; make it anew: ffmpeg -i CLIP -pix_fmt yuv420p -f yuv4mpegpipe -")
        } else if let last = truth?.lastFrame, last >= stream.frames {
            rollcallctl.complain(
                "--truth of \(stream.name) goes to frame \(last), and its last one is \(stream.frames - 1): "
                    + "was it made at another rate?")
        }
    }

    private func inTemporaryFolder<R>(_ body: (String) throws -> R) throws -> R {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rollcall-evaluate-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }
}
