import ArgumentParser
import Attendance
import Server

struct WalkBysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walk-bys", abstract: "What the terminals could not decide.", subcommands: [List.self],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the newest walk-bys that may have been somebody, oldest first.",
            discussion: """
                An open one is to be decided: POST /walk-bys/ID/decision. One is settled where everybody whom it may have \
                been was seen or corrected on that day all the same.
                """)

        @OptionGroup var configuration: ConfigurationOption
        @Option(help: "Only the session of this day, as 2026-09-01.", transform: Self.date) var date: LocalDate?
        @Option(help: "Only those that are open, settled or decided.") var state: WalkByStore.State?
        @Option(help: "At most so many walk-bys (1000).") var limit: Int?
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            if let limit, !(1...1_000_000 ~= limit) { throw ValidationError("--limit is from 1 to 1000000") }
        }

        func run() throws {
            let walkBys = try configuration.withDatabase { database throws(ServerError) in
                try database.walkBys.list(date: date, state: state, limit: limit ?? 1000)
            }
            if json { return try printJSON(walkBys) }
            printTable(
                ["SESSION", "SEEN AT (UTC)", "TERMINAL", "PERHAPS", "REASON", "DECISION"],
                walkBys.map { walkBy in
                    [
                        "\(walkBy.session)", walkBy.clock.isKnown ? "\(walkBy.at)" : "unknown", walkBy.terminal,
                        walkBy.people.map { "\($0.name) (\($0.className))" }.joined(separator: " or "),
                        walkBy.reason.rawValue, walkBy.decision?.choice.rawValue ?? "none",
                    ]
                })
        }

        private static func date(_ text: String) throws -> LocalDate {
            do { return try LocalDate(text) } catch { throw ValidationError(error.description) }
        }
    }
}

extension WalkByStore.State: ExpressibleByArgument {}
