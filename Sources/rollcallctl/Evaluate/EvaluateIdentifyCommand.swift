import ArgumentParser
import Progress
import Terminal

/// `rollcallctl evaluate identify`: single photographs against a gallery.
struct EvaluateIdentifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify", abstract: "Identify photographs of known people and of strangers.",
        discussion: """
            Each folder holds one folder of images per person. The photographs of --gallery are enrolled; those of \
            --probes are searched and should be found, those of --strangers should not; the latter may also lie in \
            their folder directly. Exit status 0 when the evaluation was made, whatever it found.
            """)

    @Option(help: ArgumentHelp("People to enrol.", valueName: "dir"))
    var gallery: String

    @Option(help: ArgumentHelp("Other photographs of the same people, in folders of the same names.", valueName: "dir"))
    var probes: String

    @Option(help: ArgumentHelp("People who are not enrolled.", valueName: "dir"))
    var strangers: String?

    @Flag(help: "Print one JSON document.")
    var json = false

    @OptionGroup var models: ModelOptions
    @OptionGroup var recognition: RecognitionArguments

    func run() throws {
        try complaining {
            let gallery = try PeopleFolder(path: gallery)
            let probes = try PeopleFolder(path: probes)
            let strangers = try strangers.map { try PeopleFolder(path: $0, mayBeFlat: true) }
            let foreign = probes.people.map(\.name).filter { !gallery.people.map(\.name).contains($0) }
            if !foreign.isEmpty {
                complain(
                    "\(foreign.count) of \(probes.people.count) people of --probes are not in --gallery and cannot be "
                        + "found, such as \(foreign[0]); people who are not enrolled belong in --strangers")
            }
            let engine = try models.loadEngine()
            let (options, stages) = try recognition.load(over: engine)
            var meter = ProgressMeter(
                "Searching", unit: "photographs",
                total: gallery.imageCount + probes.imageCount + (strangers?.imageCount ?? 0))
            let report = IdentifyEvaluation.run(
                gallery: gallery, probes: probes, strangers: strangers, engine: engine, stages: stages,
                options: options, progress: { _ in meter.advance() })
            meter.finish()
            print(json ? try rollcallctl.json(report) : text(report))
        }
    }

    private func text(_ report: IdentifyEvaluation.Report) -> String {
        func percent(_ share: Double?) -> String { share.map { fixed($0 * 100, 2) + " %" } ?? "unknown" }
        var lines = [
            "gallery        \(report.gallery) people, \(report.templates) templates, \(report.refused.count) photographs refused",
            "probes         \(report.probes)",
            "strangers      \(report.strangers)",
            "not detected   \(report.notDetected)",
            "rank 1         \(percent(report.rank1))",
            "FNIR           \(percent(report.fnir)) at the configured rule",
            "FPIR           \(percent(report.fpir)) at the configured rule",
            "misidentified  \(report.misidentified)",
        ]
        let count = report.searchedStrangers
        let unmeasurable = "not measurable with \(count) stranger\(count == 1 ? "" : "s")"
        for (fpir, fnir) in report.fnirAtFpir.sorted(by: { $0.key > $1.key }) {
            let figure = report.measures(fpir: fpir) ? percent(fnir) : unmeasurable
            lines.append("FNIR           \(figure) at FPIR \(fpir)")
        }
        lines += report.unreadable.map { "unreadable: \($0.reason)" }
        lines += report.refused.map { "refused: \($0.image): \($0.reason)" }
        return lines.joined(separator: "\n")
    }
}
