import ArgumentParser
import Configuration
import Faces
import FoundationEssentials
import Glibc
import TestSupport

/// The table, and bench.json.
struct TableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table", abstract: "Time everything, print the table and write it as JSON.")

    @Option(
        help: ArgumentHelp("Where the JSON goes; of the whole table bench.json, of a part nowhere.", valueName: "file"))
    var output: String?

    @Option(help: "Rounds of the stages; each round runs ours and the reference.")
    var rounds = 60

    /// What can be measured by itself, in the order of the table.
    enum Part: String, ExpressibleByArgument, CaseIterable {
        case ready, vision, matching, gate, arrivals, outbox
    }

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Only what belongs to this. Several may be given.", valueName: "part"))
    var only: [Part] = []

    @Option(
        help: ArgumentHelp(
            "A Y4M stream at 15 frames/s for whole arrivals, instead of the made ones. Several may be given.",
            valueName: "file"))
    var stream: [String] = []

    @Option(help: ArgumentHelp("Whom to enrol for --stream: a folder of photographs per person.", valueName: "dir"))
    var roster: String?

    @Option(help: "Rounds of whole arrivals.")
    var plays = 3

    func validate() throws {
        guard rounds >= 1 else { throw ValidationError("--rounds must be at least 1.") }
        guard plays >= 1 else { throw ValidationError("--plays must be at least 1.") }
        guard roster == nil || !stream.isEmpty else { throw ValidationError("--roster goes with --stream.") }
        if let file { try Self.checkCanWrite(file) }
    }

    private var file: String? { output ?? (only.isEmpty ? "bench.json" : nil) }

    /// Said now and not after minutes of measuring.
    private static func checkCanWrite(_ file: String) throws(ValidationError) {
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? "."
        if let problem = NamedFile.folderProblem(folder) {
            throw ValidationError("--output \(file): its folder: \(problem).")
        }
        guard access(folder, W_OK) == 0, access(file, F_OK) != 0 || access(file, W_OK) == 0 else {
            throw ValidationError("--output \(file): this user may not write it.")
        }
        if NamedFile.folderProblem(file) == nil { throw ValidationError("--output \(file): it is a folder.") }
    }

    func run() throws {
        let models = ModelPack(folder: try Fixtures.models)
        var rows: [Row] = []
        func show(_ row: Row) {
            rows.append(row)
            print(row.text)
        }
        func wants(_ part: Part) -> Bool { only.isEmpty || only.contains(part) }
        var load = 0.0
        getloadavg(&load, 1)
        if load > 0.5 {
            let load = (load * 10).rounded() / 10
            print("other programs run too (load \(load)): the milliseconds are longer than on a quiet machine")
        }
        print(Row.header)
        // First, while this process is small: a child's memory begins with its parent's.
        if wants(.ready) { try ReadyBench(rounds: 9).run(show) }
        if wants(.vision) { try VisionBench(models: models, rounds: rounds).run(show) }
        if wants(.matching) { try MatchBench(rounds: rounds).run(show) }
        if wants(.gate) { GateBench(rounds: rounds).run(show) }
        if wants(.arrivals) {
            try ArrivalsBench(models: models, streams: stream, roster: roster, rounds: plays).run(show)
        }
        if wants(.outbox) { try OutboxBench(marks: 500).run(show) }

        if rows.contains(where: \.isUnsteady) { print(Row.unsteadyNote) }

        guard let file else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(rows).write(to: URL(filePath: file))
        print("written to \(file)")
    }
}
