import ArgumentParser
import Terminal

/// `rollcallctl`: looks into a terminal, and at what its recognition does.
@main
struct Rollcallctl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollcallctl",
        abstract: "Look into a Rollcall terminal and find out what is wrong.",
        discussion: """
            Exit status: 0 all is well, 1 something is wrong (each command says what), 64 wrong usage, \
            69 the daemon does not answer, 78 the configuration is refused.
            """,
        version: terminalVersion,
        subcommands: [
            RegisterCommand.self, StatusCommand.self, MarksCommand.self, DoctorCommand.self, CameraCommand.self,
            InspectCommand.self,
            EvaluateCommand.self,
        ])
}
