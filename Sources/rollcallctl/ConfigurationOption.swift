import ArgumentParser
import Configuration
import Terminal

/// Which configuration a command looks at.
struct ConfigurationOption: ParsableArguments {
    @Option(name: .customLong("config"), help: "The terminal's configuration file.", completion: .file())
    var path = TerminalConfiguration.standardPath

    /// Reads the file. On failure the reason is said and the program ends with exit status 78.
    func load() throws(ExitCode) -> TerminalConfiguration { try Self.load(path) }

    /// Reads a file. On failure the reason is said and the program ends with exit status 78.
    static func load(_ path: String) throws(ExitCode) -> TerminalConfiguration {
        do {
            return try TerminalConfiguration.load(path)
        } catch {
            complain(error.description)
            throw ExitStatus.configuration
        }
    }
}
