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
            throw reported(error, in: configuration.file)
        }
    }
}

struct CheckConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Check the configuration file, and that the files it names can be used.",
        discussion: """
            The certificate with its private key, the template key and the face models. It opens no database, listens \
            nowhere and changes nothing.
            """)

    @OptionGroup var configuration: ConfigurationOption

    func run() throws {
        try reporting(in: configuration.file) { () throws(ServerError) in
            try configuration.load().checkFiles()
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
