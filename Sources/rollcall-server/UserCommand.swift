import ArgumentParser
import Foundation
import Server

struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Accounts: who may log in.",
        subcommands: [Create.self, List.self, Password.self, Remove.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an account; the first admin is made this way.",
            discussion: "The password is asked for, or read as one line from standard input.")

        @OptionGroup var configuration: ConfigurationOption
        @Option(help: "admin, teacher or student.") var role: Role
        @Option(help: "The e-mail address to log in with.") var email: String
        @Option(help: "The name.") var name: String
        @Option(name: .customLong("class"), help: "A student's class.") var className: String?
        @Option(help: "The age.") var age: Int?

        func run() throws {
            let password = try PasswordPrompt.read()
            let (id, isNewClass) = try configuration.withDatabase { database throws(ServerError) in
                let isNewClass = if let className { try !database.hasClass(className) } else { false }
                let id = try database.makeUser(
                    name: name, role: role, email: email, age: age, className: className, password: password)
                return (id, isNewClass)
            }
            if let className, isNewClass { printError("the class \(className) is new: there was none of that name") }
            print(id.uuidString.lowercased())
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the accounts.")

        @OptionGroup var configuration: ConfigurationOption
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let (users, zone) = try reporting { () throws(ServerError) in
                let zone = try configuration.load().openZone()
                let database = try configuration.openDatabase()
                defer { database.close() }
                return (try database.listUsers(), zone)
            }
            if json { return try printJSON(users.map { AccountAnswer(account: $0, zone: zone) }) }
            printTable(
                ["NAME", "ROLE", "CLASS", "E-MAIL", "ID"],
                users.map {
                    [
                        $0.name, $0.role.rawValue, $0.className ?? "", $0.email ?? "", $0.id.uuidString.lowercased(),
                    ]
                })
        }
    }

    struct Password: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set somebody's password. Every login of theirs ends.",
            discussion: "The password is asked for, or read as one line from standard input.")

        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The e-mail address.") var email: String

        func run() throws {
            let password = try PasswordPrompt.read()
            try configuration.withDatabase { database throws(ServerError) in
                try database.setPassword(password, ofEmail: email)
            }
            print("\(email): the password is set")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove somebody: login, password, e-mail address and templates. Attendance that was taken stays."
        )

        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "The e-mail address or the id.") var user: String

        func run() throws {
            let name = try configuration.withDatabase { database throws(ServerError) in
                try database.removeUser(user)
            }
            print("\(name): removed")
        }
    }
}

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Check that nobody has changed the trail of what people did.",
        discussion: """
            Exit status: 0 it is whole; 1 an entry was changed or is missing. Note the number of the newest entry now and \
            then: it only ever grows, and a database that was set back to an old copy does not show otherwise.
            """)

    @OptionGroup var configuration: ConfigurationOption
    @Flag(
        help: "Begin anew: what is there stays and is never checked again. For after the template key was lost.")
    var renew = false

    func run() throws {
        let (check, unchecked) = try configuration.withDatabase { database throws(ServerError) in
            let unchecked = try renew ? database.renewAudit() : nil
            return (try database.verifyAudit(), unchecked)
        }
        if let unchecked { print("the audit trail begins anew after entry \(unchecked)") }
        if let fault = check.fault {
            printError("rollcall-server: \(fault)")
            throw ExitCode(1)
        }
        print("\(check.entries) entries, all as they were written; the newest is number \(check.newest)")
        guard let since = check.since else { return }
        if check.checkedFrom > 1 {
            print("nobody can check those up to \(check.checkedFrom - 1): the trail was begun anew at \(since)")
        }
        if check.keyedFrom > check.checkedFrom {
            print("those up to \(check.keyedFrom - 1) are from before \(since), when the trail got its key")
        }
    }
}

extension Role: ExpressibleByArgument {}

/// A password from whoever runs the command.
enum PasswordPrompt {
    /// Asks for it twice without showing it, or reads one line where standard input is no terminal.
    static func read() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else { return readLine() ?? "" }
        let first = ask("Password: ")
        guard first == ask("Once more: ") else { throw ValidationError("the two differ") }
        return first
    }

    private static func ask(_ question: String) -> String {
        FileHandle.standardError.write(Data(question.utf8))
        var old = termios()
        tcgetattr(STDIN_FILENO, &old)
        var silent = old
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSANOW, &old)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        return readLine() ?? ""
    }
}
