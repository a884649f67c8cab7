import ArgumentParser
import Attendance
import Server
import Systemd

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Who was there: a day or a week, as a table, as CSV or by mail.",
        subcommands: [Daily.self, Weekly.self])

    struct Daily: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The attendance of one day.")

        @OptionGroup var configuration: ConfigurationOption
        @OptionGroup var options: ReportOptions

        func run() throws {
            try options.run(configuration) { today in .day(options.date ?? today) }
        }
    }

    struct Weekly: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The attendance of the week that a day is in; without --date, of the week before this one.")

        @OptionGroup var configuration: ConfigurationOption
        @OptionGroup var options: ReportOptions

        func run() throws {
            try options.run(configuration) { today in
                .week(of: options.date ?? LocalDate(daysSince1970: today.daysSince1970 - 7))
            }
        }
    }
}

/// What both reports can be asked for.
struct ReportOptions: ParsableArguments {
    @Option(help: "The day, as 2026-09-01.", transform: Self.date) var date: LocalDate?
    @Option(name: .customLong("class"), help: "Only this class.") var className: String?
    @Flag(help: "Print comma-separated values (RFC 4180).") var csv = false
    @Flag(help: "Send the report by mail to everybody who did not get it before, instead of printing it.") var send =
        false

    func validate() throws {
        if csv, send { throw ValidationError("give --csv or --send, not both") }
    }

    func run(_ option: ConfigurationOption, _ period: (_ today: LocalDate) -> ReportPeriod) throws {
        let loaded = try reporting { () throws(ServerError) in try option.load() }
        let waiting = try reporting(in: option.file) { () throws(ServerError) -> Int in
            let database = try ServerDatabase(loaded.database, vault: try loaded.openVault())
            defer { database.close() }
            let zone = try loaded.openZone()
            let period = period(SchoolDay.today(in: zone))
            if send { return try sendAll(period, loaded, database, zone) }
            show(try database.report(period, className: className, zone: zone), period)
            return 0
        }
        if waiting > 0 { throw ExitCode(Self.lettersWait) }
    }

    /// EX_TEMPFAIL of sysexits.h: letters wait and are tried again.
    private static let lettersWait: Int32 = 75

    private func show(_ report: ReportTable, _ period: ReportPeriod) {
        if csv { return print(report.csv, terminator: "") }
        if report.rows.isEmpty { return printError("There is no attendance on \(period.title).") }
        // The ids are for programs.
        printTable(
            ReportTable.header.dropLast().map { $0.uppercased() }, report.rows.map { Array($0.dropLast()) })
    }

    private func sendAll(
        _ period: ReportPeriod, _ loaded: ServerConfiguration, _ database: ServerDatabase, _ zone: TimeZoneRules
    ) throws(ServerError) -> Int {
        guard let mail = loaded.mail else { throw .refused("the configuration has no [mail]; letters need it") }
        let logs = Logs(identifier: "rollcall-server", level: loaded.logLevel, destination: .console)
        let outcome = try database.sendReports(
            period, className: className, zone: zone, mail: mail, password: try loaded.openMailPassword(), logs: logs)
        print("\(outcome.queued) new letters about \(period.title); \(outcome.sent) letters sent")
        if outcome.waiting > 0 {
            printError("\(outcome.waiting) letters wait; the running server tries them again by itself")
        }
        return outcome.waiting
    }

    private static func date(_ text: String) throws -> LocalDate {
        do { return try LocalDate(text) } catch { throw ValidationError(error.description) }
    }
}
