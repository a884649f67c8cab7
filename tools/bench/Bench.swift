import ArgumentParser
import Faces
import FoundationEssentials
import TestSupport

/// `make bench`: how long each stage takes here, beside dlib called directly in the same run.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollcall-bench",
        abstract: "Time the terminal's stages on one thread, beside dlib where it does the same.")

    @Option(help: "Where the JSON goes.")
    var output = "bench.json"

    @Option(help: "Rounds of the vision stages; each round runs ours and the reference.")
    var rounds = 60

    func run() throws {
        let models = ModelPack(folder: try Fixtures.models)
        var rows: [Row] = []
        func show(_ row: Row) {
            rows.append(row)
            print(row.text)
        }
        print(Row.header)
        try VisionBench(models: models, rounds: rounds).run(show)
        try MatchBench(rounds: rounds).run(show)
        try OutboxBench(marks: 500).run(show)

        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(rows).write(to: URL(filePath: output))
        print("written to \(output)")
    }
}
