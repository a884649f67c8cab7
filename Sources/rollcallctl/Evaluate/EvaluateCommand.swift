import ArgumentParser

/// `rollcallctl evaluate`: what the recognition reaches on people and streams that are given.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measure the recognition on folders of people or on a stream.",
        subcommands: [EvaluateIdentifyCommand.self, EvaluateArrivalsCommand.self, EvaluateLivenessCommand.self])
}
