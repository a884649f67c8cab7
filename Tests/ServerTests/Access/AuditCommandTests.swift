import Database
import Foundation
import TestSupport
import Testing

@testable import Server

/// `rollcall-server audit`, as an operator runs it.
@Suite(.timeLimit(.minutes(10))) struct AuditCommandTests {
    let server: LiveServer

    init() async throws { server = try await LiveServer() }

    private func run(_ arguments: String...) async throws -> Command.Result {
        try await Command.run(
            try BuiltProgram("rollcall-server").path, arguments + ["--config", server.folder.file("server.toml")])
    }

    @Test func itSaysWhatIsWrongAndBeginsAnewWhenTold() async throws {
        for name in ["north door", "south door"] { #expect(try await run("terminal", "add", name).status == 0) }
        let whole = try await run("audit")
        #expect(whole.status == 0)
        #expect(whole.output == "2 entries, all as they were written; the newest is number 2\n")

        let connection = try SQLiteConnection(path: server.folder.file("server.sqlite"), use: .shared())
        defer { connection.close() }
        try connection.execute("DELETE FROM audit WHERE number = 2")
        let cut = try await run("audit")
        #expect(cut.status == 1 && cut.output.isEmpty)
        #expect(cut.errors == "rollcall-server: the audit trail ends with entry 1, but entry 2 was written\n")

        let renewed = try await run("audit", "--renew")
        #expect(renewed.status == 0, "\(renewed.errors)")
        #expect(renewed.output.hasPrefix("the audit trail begins anew after entry 2\n"))
        let after = try await run("audit")
        #expect(after.status == 0)
        #expect(after.output.hasPrefix("1 entries, all as they were written; the newest is number 3\n"))
        #expect(after.output.contains("nobody can check those up to 2: the trail was begun anew at 20"))
    }

    @Test func anotherTemplateKeyIsNotTakenForTheTrailsOwn() async throws {
        #expect(try await run("terminal", "add", "door").status == 0)
        try server.folder.write("template-key", [UInt8](repeating: 9, count: 32))
        let other = try await run("audit")
        #expect(other.status == 1 && other.errors.contains("[keys] template_key_file had another key then"))
        let process = try await ServerProcess(server)
        try await process.waitFor("The audit trail is not as it was written")
        #expect(await process.stop().status == 0, "it is no reason not to start")
    }
}
