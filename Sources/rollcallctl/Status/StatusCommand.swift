import ArgumentParser
import Terminal

/// `rollcallctl status`
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Ask the daemon how it is; what is wrong comes first.",
        discussion: """
            Exit status: 0 nothing is wrong, 1 something is wrong (the lines that begin with WRONG), 64 wrong usage, \
            69 the daemon does not answer, 78 the configuration is refused.
            """)

    @OptionGroup var configuration: ConfigurationOption

    @Flag(help: "Print the daemon's JSON as it came.")
    var json = false

    func run() throws {
        let (status, bytes) = try configuration.askDaemon()
        print(json ? String(decoding: bytes, as: UTF8.self) : StatusText(status).text, terminator: json ? "" : "\n")
        if !status.problems.isEmpty { throw ExitStatus.wrong }
    }
}

extension ConfigurationOption {
    /// Asks the daemon of this configuration. On failure the reason is said and the program ends.
    func askDaemon() throws(ExitCode) -> (status: StatusSnapshot, json: [UInt8]) {
        let client = StatusClient(try load().status)
        do {
            return try client.ask()
        } catch {
            complain(error.description)
            throw ExitStatus.noAnswer
        }
    }
}
