import ArgumentParser
import Configuration
import Glibc
import Terminal

/// The terminal's daemon.
@main
struct Rollcalld: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollcalld",
        abstract: "Recognises enrolled students at a door and records one mark each.",
        discussion: """
            Exit status: 0 after an orderly stop or at the end of a finite source; 1 when it cannot go on; \
            78 when the configuration or a file it names must be mended; 64 for wrong arguments.
            """,
        version: terminalVersion)

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config = TerminalConfiguration.standardPath

    @Flag(help: "Check the configuration and exit.")
    var check = false

    func run() throws {
        let configuration: TerminalConfiguration
        do {
            configuration = try TerminalConfiguration.load(config)
        } catch {
            // The log's destination is in the configuration, so this one line goes to standard error as it is.
            let line = Array("rollcalld: \(error)\n".utf8)
            _ = write(STDERR_FILENO, line, line.count)
            throw ExitCode(TerminalError.configurationStatus)
        }
        if check { return }
        do {
            try Terminal(path: config, configuration: configuration).run()
        } catch {
            // The log has the line already.
            throw ExitCode(error.exitStatus)
        }
    }
}
