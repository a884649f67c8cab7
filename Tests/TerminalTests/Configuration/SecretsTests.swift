import Configuration
import Foundation
import Systemd
import Testing

@testable import Terminal

@Suite("Secrets of a terminal")
struct SecretsTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rollcall-\(UUID().uuidString)")
        .path

    /// Runs `body` in a folder with a configuration whose token and key are `token` and `key` beside it.
    private func inFolder(_ body: (TerminalConfiguration) throws -> Void) throws {
        try FileManager.default.createDirectory(atPath: folder + "/credentials", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let text = "[server]\nurl = \"https://a\"\ntoken_file = \"token\"\n[keys]\ntemplate_key_file = \"key\""
        let document = try TomlDocument(bytes: Array(text.utf8), file: folder + "/terminal.toml")
        try body(TerminalConfiguration(document))
    }

    private func write(_ text: String, _ name: String, mode: Int = 0o600) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder + "/" + name)
    }

    private var credentials: Credentials {
        Credentials(environment: Environment(["CREDENTIALS_DIRECTORY": folder + "/credentials"]))
    }
    private let none = Credentials(environment: Environment([:]))

    @Test func theTokenComesFromItsFile() throws {
        try inFolder { configuration in
            try write("rct_0123456789abcdef\n", "token")
            #expect(try configuration.token(credentials: none).reveal() == "rct_0123456789abcdef")
            #expect("\(try configuration.token(credentials: none))" == "(secret)")
        }
    }

    @Test func theCredentialWins() throws {
        try inFolder { configuration in
            try write("from-the-file", "token")
            try write("from-systemd", "credentials/token", mode: 0o440)
            try write(String(repeating: "k", count: 32), "credentials/template-key", mode: 0o440)
            #expect(try configuration.token(credentials: credentials).reveal() == "from-systemd")
            #expect(configuration.templateKey(credentials: credentials).path == folder + "/credentials/template-key")
            #expect(configuration.templateKey(credentials: credentials).groupReadable)
            #expect(configuration.templateKey(credentials: none).path == folder + "/key")
            #expect(!configuration.templateKey(credentials: none).groupReadable)
        }
    }

    @Test(arguments: ["", " \n", "two words", "caf\u{e9}", "a\u{0}b", String(repeating: "x", count: 1025)])
    func whatIsNoTokenIsRefusedWithoutShowingIt(_ text: String) throws {
        try inFolder { configuration in
            try write(text, "token")
            let error = #expect(throws: ConfigurationError.self) { _ = try configuration.token(credentials: none) }
            let message = try #require(error).description
            #expect(message.hasPrefix(folder + "/token: "))
            #expect(!message.contains("two words") && !message.contains("xxx"))
        }
    }

    @Test func aTokenThatEveryUserMayReadIsRefused() throws {
        try inFolder { configuration in
            try write("rct_0123456789abcdef", "token", mode: 0o644)
            #expect(throws: ConfigurationError.self) { _ = try configuration.token(credentials: none) }
        }
    }

    @Test func aMissingTokenNamesTheNextStep() throws {
        try inFolder { configuration in
            let error = #expect(throws: ConfigurationError.self) { _ = try configuration.token(credentials: none) }
            let message = try #require(error).description
            #expect(message.contains("rollcall-server terminal add"))
        }
    }
}
