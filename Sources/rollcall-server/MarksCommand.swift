import ArgumentParser
import Attendance
import Server

struct MarksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "marks", abstract: "What the terminals have sent.", subcommands: [List.self],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "List the newest marks, oldest first. One mark decides each person's session; others are for audit.")

        @OptionGroup var configuration: ConfigurationOption
        @Option(help: "Only the session of this day, as 2026-09-01.", transform: Self.date) var date: LocalDate?
        @Option(help: "At most so many marks (1000).") var limit: Int?
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            if let limit, !(1...1_000_000 ~= limit) { throw ValidationError("--limit is from 1 to 1000000") }
        }

        func run() throws {
            let marks = try configuration.withDatabase { database throws(ServerError) in
                try database.marks.list(date: date, limit: limit ?? 1000)
            }
            if json { return try printJSON(marks) }
            printTable(
                ["SESSION", "SEEN AT (UTC)", "STATUS", "NAME", "CLASS", "TERMINAL"],
                marks.map { mark in
                    let status = mark.status?.rawValue ?? "to review"
                    return [
                        "\(mark.session)", "\(mark.at)", mark.decides ? status : "(\(status))", mark.name,
                        mark.className, mark.terminal ?? mark.source,
                    ]
                })
        }

        private static func date(_ text: String) throws -> LocalDate {
            do { return try LocalDate(text) } catch { throw ValidationError(error.description) }
        }
    }
}
