import ArgumentParser
import Identification
import Terminal

/// The rule and bounds to evaluate with: the defaults, or those of a terminal's configuration.
struct RuleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A terminal's configuration whose [recognition] is evaluated; without it, the defaults.", valueName: "file")
    )
    var config: String?

    func recognition() throws(ExitCode) -> RecognitionOptions {
        guard let config else { return RecognitionOptions() }
        return try ConfigurationOption.load(config).recognition.options
    }
}
