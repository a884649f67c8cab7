import ArgumentParser
import Foundation
import Server

struct MailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "Letters that did not go, or may not have arrived; and whether mail goes at all.",
        subcommands: [Problems.self, Again.self, Test.self])

    struct Problems: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the letters that were given up or interrupted, the newest first.")

        @OptionGroup var configuration: ConfigurationOption
        @Option(help: "At most so many letters (100).") var limit: Int?
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            if let limit, !(1...100_000 ~= limit) { throw ValidationError("--limit is from 1 to 100000") }
        }

        func run() throws {
            let (letters, zone) = try reporting { () throws(ServerError) in
                let zone = try configuration.load().openZone()
                let database = try configuration.openDatabase()
                defer { database.close() }
                return (try database.letterProblems(limit: limit ?? 100), zone)
            }
            if json { return try printJSON(letters.map { LetterAnswer(letter: $0, zone: zone) }) }
            printTable(
                ["ID", "KIND", "PERIOD", "STATE", "PROBLEM"],
                letters.map { letter in
                    [
                        letter.id.uuidString.lowercased(), letter.kind.rawValue, letter.period, letter.state.rawValue,
                        letter.problem ?? "",
                    ]
                })
        }
    }

    struct Again: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send such a letter once more. One that was interrupted may then come twice.")

        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The letter's id.", transform: Self.id) var letter: UUID

        func run() throws {
            try configuration.withDatabase { database throws(ServerError) in
                try database.sendLetterAgain(letter)
            }
            print("\(letter.uuidString.lowercased()): it is sent by the running server, or by `report --send`")
        }

        private static func id(_ text: String) throws -> UUID {
            guard let id = UUID(uuidString: text) else { throw ValidationError("give the letter's id, a UUID") }
            return id
        }
    }
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a letter to an address now, to see whether mail goes.")

        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "Where the letter goes, as ada@school.example.") var address: String

        func run() throws {
            let sent = try reporting(in: configuration.file) { () throws(ServerError) in
                try configuration.load().sendTestLetter(to: address)
            }
            print("\(sent.address): \(sent.host) has taken the letter")
        }
    }
}
