import ArgumentParser
import Server

struct RosterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roster", abstract: "The roster as terminals have it.", subcommands: [Renew.self])

    struct Renew: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have every terminal pull the whole roster once more.",
            discussion: """
                Run it after a backup of a PostgreSQL database was restored, before the servers start: terminals may have \
                seen changes that the backup does not hold, and would miss those that take their place. With a SQLite \
                file this happens at each start of the server.
                """)

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            try configuration.withDatabase { database throws(ServerError) in
                try database.renewRoster()
            }
            print("every terminal pulls the whole roster with its next request")
        }
    }
}
