import ArgumentParser
import Configuration
import Systemd
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

    @Flag(help: "Check the configuration and the files it names as the start does, open nothing, and exit.")
    var check = false

    func run() throws {
        let configuration: TerminalConfiguration
        do {
            configuration = try TerminalConfiguration.load(config)
        } catch {
            // The log's destination is in the configuration, so this one line goes to standard error as it is.
            StandardError.say("rollcalld: \(error); correct it, then: systemctl restart rollcalld", level: .critical)
            throw ExitCode(TerminalError.configurationStatus)
        }
        let terminal = Terminal(path: config, configuration: configuration)
        if check { return try check(terminal) }
        do {
            try terminal.run()
        } catch {
            // The log has the line already.
            throw ExitCode(error.exitStatus)
        }
    }

    private func check(_ terminal: Terminal) throws {
        do {
            for warning in try terminal.check() { StandardError.say("rollcalld: warning: \(warning)", level: .warning) }
        } catch {
            StandardError.say("rollcalld: \(error)", level: .critical)
            throw ExitCode(error.exitStatus)
        }
        print("\(config): good")
    }
}
