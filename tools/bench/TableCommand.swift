import ArgumentParser
import Faces
import FoundationEssentials
import TestSupport

/// The table, and bench.json.
struct TableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table", abstract: "Time everything, print the table and write it as JSON.")

    @Option(help: "Where the JSON goes.")
    var output = "bench.json"

    @Option(help: "Rounds of the stages; each round runs ours and the reference.")
    var rounds = 60

    @Option(help: "Only what belongs to this: ready, vision, matching, gate, arrivals, outbox. Several may be given.")
    var only: [String] = []

    @Option(
        help: ArgumentHelp(
            "A Y4M stream at 15 frames/s for whole arrivals, instead of the made ones. Several may be given.",
            valueName: "file"))
    var stream: [String] = []

    @Option(help: ArgumentHelp("Whom to enrol for --stream: a folder of photographs per person.", valueName: "dir"))
    var roster: String?

    @Option(help: "Rounds of whole arrivals.")
    var plays = 3

    func run() throws {
        let models = ModelPack(folder: try Fixtures.models)
        var rows: [Row] = []
        func show(_ row: Row) {
            rows.append(row)
            print(row.text)
        }
        func wants(_ part: String) -> Bool { only.isEmpty || only.contains(part) }
        print(Row.header)
        // First, while this process is small: a child's memory begins with its parent's.
        if wants("ready") { try ReadyBench(rounds: 9).run(show) }
        if wants("vision") { try VisionBench(models: models, rounds: rounds).run(show) }
        if wants("matching") { try MatchBench(rounds: rounds).run(show) }
        if wants("gate") { GateBench(rounds: rounds).run(show) }
        if wants("arrivals") {
            try ArrivalsBench(models: models, streams: stream, roster: roster, rounds: plays).run(show)
        }
        if wants("outbox") { try OutboxBench(marks: 500).run(show) }

        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(rows).write(to: URL(filePath: output))
        print("written to \(output)")
    }
}
