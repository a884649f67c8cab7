import Foundation
import TestSupport
import Testing

@testable import Terminal

/// The files that a configuration names, checked by `rollcalld --check` and by the start.
@Suite struct NamedFilesTests {
    private let folder: TemporaryFolder
    private let program: BuiltProgram

    init() throws {
        folder = try TemporaryFolder()
        program = try BuiltProgram("rollcalld")
        try folder.write("token", "rct_0123456789abcdef\n")
        try folder.write("ca.pem", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")
    }

    private func run(_ arguments: String..., zone: String = "Europe/London", pack: String? = nil) throws
        -> BuiltProgram.Outcome
    {
        let models = try Fixtures.models
        let path = try folder.write(
            "terminal.toml",
            """
            [models]
            pack = "\(pack ?? "\(models)/rollcall-models.pack")"
            [attendance]
            time_zone = "\(zone)"
            [state]
            directory = "state"
            [server]
            url = "https://localhost:1"
            ca_file = "ca.pem"
            token_file = "token"
            [keys]
            template_key_file = "key"
            [status]
            port = \(Int.random(in: 20_000...30_000))
            [log]
            destination = "console"
            """)
        return try program.run(arguments + ["--config", path])
    }

    private var config: String { folder.file("terminal.toml") }

    @Test func whatIsGoodIsSaidAndNothingIsMade() throws {
        let outcome = try run("--check")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output == "\(config): good\n" && outcome.errors.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: folder.file("state")))
        #expect(!FileManager.default.fileExists(atPath: folder.file("key")))
    }

    @Test(arguments: [["--check"], []])
    func anAuthorityFileThatCannotBeUsedRefusesCheckAndStart(arguments: [String]) throws {
        try folder.write("ca.pem", "not a certificate")
        let damaged = try arguments.isEmpty ? run() : run("--check")
        #expect(damaged.status == 78)
        let place = "\(config): server.ca_file: \(folder.file("ca.pem")): "
        #expect(damaged.errors.contains("\(place)it holds no PEM certificate; "))
        try FileManager.default.removeItem(atPath: folder.file("ca.pem"))
        let missing = try arguments.isEmpty ? run() : run("--check")
        #expect(missing.status == 78)
        #expect(missing.errors.contains("\(place)there is no such file; "))
    }

    @Test func theCheckFindsWhatTheStartWouldRefuse() throws {
        let zone = try run("--check", zone: "Europe/Nowhere")
        #expect(zone.status == 78)
        #expect(zone.errors.hasSuffix("install the package tzdata or correct the name\n"))
        let model = try run("--check", pack: folder.file("none.pack"))
        #expect(model.status == 78)
        #expect(model.errors.contains("\(config): models.pack: ") && model.errors.contains("rollcalld-models"))
        try folder.write("key", "short")
        let key = try run("--check")
        #expect(key.status == 78)
        #expect(key.errors.contains("\(config): keys.template_key_file: \(folder.file("key")): "))
        try FileManager.default.removeItem(atPath: folder.file("key"))
        try folder.write("token", "rct_one\nrct_two\n")
        let token = try run("--check")
        #expect(token.status == 78)
        #expect(token.errors.contains("\(config): server.token_file: \(folder.file("token")): expected one token"))
    }
}
