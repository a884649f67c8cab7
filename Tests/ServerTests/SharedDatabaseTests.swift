import Attendance
import Foundation
import SyncProtocol
import TestSupport
import Testing

@testable import Server

/// Server processes and commands that share one PostgreSQL database.
@Suite(.timeLimit(.minutes(10))) struct SharedDatabaseTests {
    let server: LiveServer

    init() async throws { server = try await LiveServer(.postgres) }

    private func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> Command.Result {
        try await Command.run(
            try BuiltProgram("rollcall-server").path, arguments + ["--config", server.folder.file("server.toml")],
            environment: environment)
    }

    private func roster(_ process: ServerProcess, _ token: String, _ cursor: String? = nil) async throws -> RosterDelta
    {
        let path = Endpoint.roster + (cursor.map { "?cursor=\($0)" } ?? "")
        return try RosterDelta(json: try await server.curl(process.port, path, token: token).body)
    }

    @Test func twoServersServeOneRosterAndTheOperatorRenewsIt() async throws {
        let first = try await ServerProcess(server)
        let token = try await run("terminal", "add", "door").output.trimmingCharacters(in: .newlines)
        let cursor = try await roster(first, token).cursor
        let second = try await ServerProcess(server)
        #expect(try await !roster(second, token, cursor).reset, "a start leaves the epoch alone")
        let database = try server.openDatabase()
        let template = NewTemplate(bytes: School.randomTemplate(), quality: "")
        let person = try database.people.add([template], name: "Ada", className: "7b", hasConsent: true).person
        for process in [first, second] {
            #expect(try await roster(process, token, cursor).people.map(\.id) == [person.id])
        }
        let renewed = try await run("roster", "renew")
        #expect(renewed.status == 0, "\(renewed.errors)")
        #expect(try await roster(first, token, cursor).reset)
        let audit = try await run("audit")
        #expect(audit.status == 0 && audit.output.contains("all as they were written"), "\(audit.errors)")
        for process in [first, second] { #expect(await process.stop().status == 0) }
    }

    @Test func anAddressThatNobodyAnswersIsNamedWithoutItsPassword() async throws {
        let url = "postgres://ann:s3cret@127.0.0.1:1/school"
        let outcome = try await run("terminal", "list", environment: ["ROLLCALL_DATABASE_URL": url])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("postgres://ann@127.0.0.1:1/school: connecting failed"))
        #expect(outcome.errors.contains("check the address") && !outcome.errors.contains("s3cret"))
        let wrong = try await run(
            "terminal", "list", environment: ["ROLLCALL_DATABASE_URL": "mysql://ann:s3cret@h/school"])
        #expect(wrong.status == 78)
        #expect(wrong.errors.contains("environment: ROLLCALL_DATABASE_URL: expected the address of a database"))
        #expect(!wrong.errors.contains("s3cret"))
    }
}
