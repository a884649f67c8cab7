import ArgumentParser
import Progress
import Server

struct PeopleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Who is enrolled.",
        subcommands: [List.self, Consent.self, Remove.self, Removal.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List everybody who is enrolled.")

        @OptionGroup var configuration: ConfigurationOption
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let people = try configuration.withDatabase { database throws(ServerError) in
                try database.people.list()
            }
            if json { return try printJSON(people) }
            printTable(
                ["NAME", "CLASS", "TEMPLATES", "ID"],
                people.map { [$0.name, $0.className, "\($0.templates)", $0.id.uuidString.lowercased()] })
        }
    }

    struct Consent: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record that a person has consented to templates, or has withdrawn it.",
            usage: "rollcall-server people consent (--given | --withdrawn) [--note NOTE] PERSON",
            discussion: """
                Withdrawing deletes the person's templates for good, here at once and on every terminal with its next sync. \
                The account and attendance that was taken stay. It is an entry of the audit trail.
                """)

        enum Word: String, EnumerableFlag {
            case given, withdrawn

            static func help(for value: Word) -> ArgumentHelp? {
                value == .given ? "You have the consent on record." : "There is no consent any more."
            }
        }

        @OptionGroup var configuration: ConfigurationOption
        @Flag var consent: Word
        @Option(help: "Where it is on record, for the audit trail: one line.") var note: String?
        @Argument(help: "The person's id, or the name where only one has it.") var person: String

        func run() throws {
            let found = try configuration.withDatabase { database throws(ServerError) in
                try database.people.recordConsent(consent == .given, note: note, of: person)
            }
            let who = "\(found.name) (\(found.className))"
            guard consent == .withdrawn else { return print("\(who): consent is recorded") }
            let deleted = counted(found.templates, "template is", "templates are")
            print("\(who): consent is withdrawn, and \(deleted) deleted")
            guard found.templates > 0 else { return }
            let id = found.id.uuidString.lowercased()
            print("which terminals have deleted theirs: rollcall-server people removal \(id)")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a person: templates, login and e-mail address, here and on every terminal.",
            discussion: """
                It cannot be taken back. Attendance that was taken stays, with the name. To delete only the templates: \
                rollcall-server people consent PERSON --withdrawn
                """)

        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The person's id, or the name where only one has it.") var person: String

        func run() throws {
            let removed = try configuration.withDatabase { database throws(ServerError) in
                try database.people.remove(person)
            }
            print("\(removed.name) (\(removed.className)): removed with \(counted(removed.templates, "template"))")
        }
    }

    struct Removal: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show which terminals have deleted a person who was removed, or whose templates were.",
            discussion: "Exit status 0 when no terminal can have the person any more, 1 while one can.")

        @OptionGroup var configuration: ConfigurationOption
        @Flag(help: "Print JSON.") var json = false
        @Argument(help: "The person's id.") var person: String

        func run() throws {
            let (deletion, zone) = try reporting { () throws(ServerError) in
                let zone = try configuration.load().openZone()
                let database = try configuration.openDatabase()
                defer { database.close() }
                return (try database.deletion(ofPerson: person), zone)
            }
            if json {
                try printJSON(DeletionAnswer(deletion: deletion, zone: zone))
            } else {
                printTable(
                    ["TERMINAL", "STATE", "LAST SEEN (UTC)", "NEXT STEP"],
                    deletion.terminals.map {
                        [$0.name, $0.state.rawValue, $0.lastSeen?.description ?? "never", $0.nextStep ?? ""]
                    })
            }
            if !deletion.isComplete { throw ExitCode(1) }
        }
    }
}
