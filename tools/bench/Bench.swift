import ArgumentParser

/// `make bench`: how long each stage takes here, beside dlib called directly in the same run.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollcall-bench",
        abstract: "Time the terminal's stages on one thread, beside dlib where it does the same.",
        subcommands: [TableCommand.self, ReadyCommand.self, DetectorsCommand.self],
        defaultSubcommand: TableCommand.self)
}
