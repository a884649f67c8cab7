import ArgumentParser
import Server

struct TerminalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "terminal", abstract: "The terminals that may talk to the server.",
        subcommands: [Add.self, Renew.self, List.self, Revoke.self, Remove.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register a terminal and print its token, which cannot be shown again.",
            discussion: """
                With --code it prints a code instead, good once and for a day, with which the terminal gets the token \
                itself: sudo rollcallctl register --code CODE.
                """)

        @OptionGroup var configuration: ConfigurationOption
        @Flag(help: "Print a registration code instead of a token.") var code = false
        @Argument(help: "A name of its own, as \"north door\".") var name: String

        func run() throws {
            guard !code else {
                let code = try configuration.withDatabase { database throws(ServerError) in
                    try database.terminals.add(registering: name).code
                }
                return TerminalCommand.printCode(code, of: name)
            }
            let token = try configuration.withDatabase { database throws(ServerError) in
                try database.terminals.add(name: name).token
            }
            TerminalCommand.printToken(token, of: name)
        }
    }

    struct Renew: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Make a new token for a terminal and print it. The old one is void at once, a revoked terminal good again.",
            discussion: """
                The terminal keeps its name and its marks. Put the token into its token file, then there: \
                systemctl restart rollcalld. With --code it prints a registration code instead, and the old token is good \
                until the code is used: sudo rollcallctl register --code CODE.
                """)

        @OptionGroup var configuration: ConfigurationOption
        @Flag(help: "Print a registration code instead of a token.") var code = false
        @Argument(help: "The terminal's name.") var name: String

        func run() throws {
            guard !code else {
                let code = try configuration.withDatabase { database throws(ServerError) in
                    try database.terminals.renew(registering: name)
                }
                return TerminalCommand.printCode(code, of: name)
            }
            let token = try configuration.withDatabase { database throws(ServerError) in
                try database.terminals.renew(name: name)
            }
            TerminalCommand.printToken(token, of: name)
        }
    }

    /// Standard output is the token and nothing else.
    private static func printToken(_ token: SecretToken, of name: String) {
        printError("The token of \(name) follows. Put it into the terminal's token file now: only its hash is kept.")
        print(token.text)
    }

    /// Standard output is the code and nothing else.
    private static func printCode(_ code: RegistrationCode, of name: String) {
        printError(
            "The registration code of \(name) follows, good once and until \(code.expires). On the terminal: "
                + "sudo rollcallctl register --code CODE")
        print(code.code.text)
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the terminals, the revoked ones included.")

        @OptionGroup var configuration: ConfigurationOption
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let terminals = try configuration.withDatabase { database throws(ServerError) in
                try database.terminals.list()
            }
            if json { return try printJSON(terminals) }
            printTable(
                ["NAME", "TOKEN", "LAST SEEN (UTC)"],
                terminals.map { terminal in
                    [
                        terminal.name,
                        terminal.revoked != nil ? "revoked" : terminal.registered == nil ? "not yet" : "good",
                        terminal.lastSeen?.description ?? "never",
                    ]
                })
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a terminal's token worthless at once. Its marks stay.")

        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The terminal's name.") var name: String

        func run() throws {
            try configuration.withDatabase { database throws(ServerError) in
                try database.terminals.revoke(name: name)
            }
            print("\(name): revoked")
        }
    }
    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a terminal that was made by mistake and was never in touch with the server.")

        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The terminal's name.") var name: String

        func run() throws {
            try configuration.withDatabase { database throws(ServerError) in
                try database.terminals.remove(name: name)
            }
            print("\(name): removed")
        }
    }
}
