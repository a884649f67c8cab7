import ArgumentParser
import Server

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Serve terminals over HTTPS until SIGTERM. SIGHUP reads the configuration again.")

    @OptionGroup var configuration: ConfigurationOption

    func run() async throws {
        let loaded = try reporting { () throws(ServerError) in try configuration.load() }
        do {
            try await RollcallServer(loaded, configurationPath: configuration.file).run()
        } catch let error as ServerError {
            throw reported(error)
        }
    }
}

struct CheckConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Check the configuration file, and the certificate and key files that it names.")

    @OptionGroup var configuration: ConfigurationOption

    func run() throws {
        try reporting { () throws(ServerError) in
            let loaded = try configuration.load()
            try loaded.checkCertificate()
            _ = try loaded.openVault()
        }
        print("\(configuration.file): good")
    }
}

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "The key that seals templates at rest.", subcommands: [Make.self])

    struct Make: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the key, once, in the file that [keys] template_key_file names. Keep a copy elsewhere.")

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            let loaded = try reporting { () throws(ServerError) in
                let loaded = try configuration.load()
                try loaded.makeTemplateKey()
                return loaded
            }
            print("\(loaded.templateKeyFile): made; only its owner may read it")
        }
    }
}
