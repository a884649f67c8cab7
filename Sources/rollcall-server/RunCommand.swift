import ArgumentParser
import Foundation
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
            The certificate with its private key, the template key, the signing key and the face models. The template key \
            is tried on the database where that is a SQLite file; no PostgreSQL database is asked. It listens nowhere and \
            changes nothing.
            """)

    @OptionGroup var configuration: ConfigurationOption

    func run() throws {
        try reporting(in: configuration.file) { () throws(ServerError) in
            try configuration.load().checkFiles()
        }
        let isThere = FileManager.default.fileExists(atPath: configuration.file)
        print(isThere ? "\(configuration.file): good" : "the environment, without \(configuration.file): good")
    }
}

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "The keys that seal templates at rest and sign logins.",
        subcommands: [Make.self, Rotate.self, LostKeyCommand.self])

    struct Make: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the keys that are missing, once, in the files that [keys] names.",
            discussion: """
                Keep a copy of the template key elsewhere: without it everybody must be enrolled again (key lost).
                """)

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            let (loaded, made) = try reporting { () throws(ServerError) in
                let loaded = try configuration.load()
                return (loaded, [try loaded.makeTemplateKey(), try loaded.makeSigningKey()])
            }
            for (file, isNew) in zip([loaded.templateKeyFile, loaded.signingKeyFile], made) {
                print(
                    isNew
                        ? "\(file): made; only its owner may read it" : "\(file): it exists already and stays as it is")
            }
        }
    }

    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign logins with a new key from the next start on.",
            discussion: """
                The key before it is still believed, the one before that no longer. Restart the server afterwards. Twice \
                in a row ends every access token that there is.
                """)

        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            let loaded = try reporting { () throws(ServerError) in
                let loaded = try configuration.load()
                try loaded.rotateSigningKey()
                return loaded
            }
            print("\(loaded.signingKeyFile): it has a new key; restart the server")
        }
    }
}
