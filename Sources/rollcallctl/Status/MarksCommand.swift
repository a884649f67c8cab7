import ArgumentParser
import Terminal

/// `rollcallctl marks`
struct MarksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "marks",
        abstract: "Show the last marks since the daemon started, the newest first.",
        discussion: """
            Times are in this machine's time zone. Whom a mark is for is shown only where the configuration has \
            status.show_names = true.

            Exit status: 0 the daemon answered, 64 wrong usage, 69 the daemon does not answer, 78 the configuration \
            is refused.
            """)

    @OptionGroup var configuration: ConfigurationOption

    @Flag(help: "Print a JSON array.")
    var json = false

    func run() throws {
        let status = try configuration.askDaemon().status
        let marks = status.lastMarks
        if json {
            print(try rollcallctl.json(marks))
        } else if marks.isEmpty {
            print("no mark since the daemon started")
        } else {
            for mark in marks { print(MarkText(mark, zone: MachineZone.rules).text) }
        }
        if !json {
            for mark in status.rejectedMarks { print("rejected  \(mark.id)  \(mark.reason)") }
        }
    }
}
