import ArgumentParser
import Server

@main
struct RollcallServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollcall-server",
        abstract: "The central server of Rollcall: who is enrolled, which terminals there are, who was there.",
        discussion: """
            The commands work on the same database as the running server, which notices what they change.

            Exit status: 0 done; 1 refused or failed; 2 a photograph was refused, 3 somebody has none that was \
            accepted (enrol); 64 wrong usage; 75 letters wait (report --send); 78 the configuration, a key, the \
            certificate or the face models are refused.
            """,
        version: serverVersion,
        subcommands: [
            RunCommand.self, CheckConfigCommand.self, KeyCommand.self, TerminalCommand.self, EnrolCommand.self,
            PeopleCommand.self, MarksCommand.self, WalkBysCommand.self, UserCommand.self, AuditCommand.self,
            RosterCommand.self, ReportCommand.self, MailCommand.self,
        ],
        defaultSubcommand: RunCommand.self)
}
