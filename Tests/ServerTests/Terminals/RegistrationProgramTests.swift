import Attendance
import Foundation
import SyncProtocol
import TestSupport
import Testing

@testable import Server

/// The programs of both sides, over real TLS.
@Suite(.timeLimit(.minutes(10))) struct RegistrationProgramTests {
    let server: LiveServer
    let folder: TemporaryFolder

    init() async throws {
        server = try await LiveServer()
        folder = try TemporaryFolder()
    }

    private func run(_ arguments: String...) async throws -> Command.Result {
        try await Command.run(
            try BuiltProgram("rollcall-server").path, arguments + ["--config", server.folder.file("server.toml")])
    }

    private func register(_ code: String, port: Int) async throws -> Command.Result {
        try folder.write(
            "terminal.toml",
            """
            [server]
            url = "https://localhost:\(port)"
            ca_file = "\(server.certificate.files.certificate)"
            token_file = "token"
            """)
        return try await Command.run(
            try BuiltProgram("rollcallctl").path,
            ["register", "--code", code, "--config", folder.file("terminal.toml")])
    }

    @Test func aTechnicianRegistersATerminal() async throws {
        let process = try await ServerProcess(server)
        let added = try await run("terminal", "add", "--code", "north door")
        let code = added.output.trimmingCharacters(in: .newlines)
        #expect(added.status == 0 && SecretToken(code, .registration) != nil, "only the code is on standard output")
        #expect(added.errors.contains("rollcallctl register") && !added.errors.contains(code))
        #expect(try await run("terminal", "list").output.contains("north door  not yet  never"))

        let registered = try await register(code, port: process.port)
        #expect(registered.status == 0, "\(registered.errors)")
        #expect(registered.output.contains("registered as north door"))
        #expect(registered.output.contains("next: sudo systemctl restart rollcalld"))
        let token = try String(contentsOfFile: folder.file("token"), encoding: .utf8).trimmingCharacters(in: .newlines)
        #expect(!registered.output.contains(token))
        #expect(try await server.curl(process.port, Endpoint.roster, token: token).status == 200)
        #expect(try await run("terminal", "list").output.contains("north door  good   never"))

        let again = try await register(code, port: process.port)
        #expect(again.status == 1 && again.errors.contains("does not take this code"))
        #expect(try await server.curl(process.port, Endpoint.roster, token: token).status == 200)

        let second = try await run("terminal", "renew", "--code", "north door").output.trimmingCharacters(in: .newlines)
        #expect(try await register(second, port: process.port).status == 0)
        #expect(try await server.curl(process.port, Endpoint.roster, token: token).status == 401)
        let log = await process.stop().errors
        for secret in [code, second, token] { #expect(!log.contains(secret)) }
    }

    @Test func aDeletionIsShownByACommand() async throws {
        let database = try server.openDatabase()
        let terminal = try database.terminals.add(name: "door").terminal.id
        let person = try database.people.add(
            [NewTemplate(bytes: School.randomTemplate(), quality: "")], name: "Ada", className: "7b",
            hasConsent: true
        ).person.id.uuidString
        let policy = try School.policy()
        _ = try database.roster.delta(
            from: database.roster.position(of: terminal, cursor: nil), policy: policy, now: Clock.now)
        #expect(try await run("people", "removal", person).status == 1)
        #expect(try await run("people", "remove", person).status == 0)
        let waiting = try await run("people", "removal", person)
        #expect(waiting.status == 1 && waiting.output.contains("door      waiting  never"))
        #expect(try await run("people", "removal", UUID().uuidString).errors.contains("people list"))
        let cursor = try database.roster.delta(
            from: database.roster.position(of: terminal, cursor: nil), policy: policy, now: Clock.now
        ).cursor
        let heartbeat = Heartbeat(
            version: "0.1.0", bootID: UUID(), uptimeSeconds: 1, camera: "running", rosterCursor: cursor,
            rosterPeople: 0, outboxDepth: 0, outboxOldestSeconds: nil, clock: .server, memoryBytes: 1)
        let json = String(decoding: try heartbeat.json(), as: UTF8.self)
        try database.terminals.recordHeartbeat(of: terminal, heartbeat, health: json, at: Clock.now)
        let done = try await run("people", "removal", person, "--json")
        #expect(done.status == 0 && done.output.contains("\"complete\" : true"))
    }
}
