import ArgumentParser
import Terminal

/// `rollcallctl register`
struct RegisterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Register this terminal at the central server with a one-time code.",
        discussion: """
            The code comes from the server (`rollcall-server terminal add NAME --code`, or POST /terminals) and is good \
            once, for a day. The server's address and authority are those of the configuration. The token that the server \
            answers goes into server.token_file (mode 0600).

            Exit status: 0 registered, 1 refused or failed, 64 wrong usage, 78 the configuration is refused.
            """)

    @OptionGroup var configuration: ConfigurationOption

    @Option(help: "The registration code.")
    var code: String

    func run() throws {
        let registrar = Registrar(try configuration.load())
        let name: String
        do throws(RegistrationError) {
            name = try registrar.register(code: code)
        } catch {
            complain(error.description)
            throw ExitStatus.wrong
        }
        print("registered as \(name); the token is in \(registrar.tokenFile)")
        print("next: sudo systemctl restart rollcalld && sudo rollcallctl doctor")
    }
}
