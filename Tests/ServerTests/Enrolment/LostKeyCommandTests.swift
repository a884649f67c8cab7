import Foundation
import TestSupport
import Testing

@testable import Server

/// `rollcall-server key lost` and `people consent`, as an operator runs them.
@Suite(.timeLimit(.minutes(10))) struct LostKeyCommandTests {
    private func run(_ server: LiveServer, _ arguments: String...) async throws -> Command.Result {
        try await Command.run(
            try BuiltProgram("rollcall-server").path, arguments + ["--config", server.folder.file("server.toml")])
    }

    private func enrol(_ name: String, on server: LiveServer) throws -> Person {
        let database = try server.openDatabase()
        defer { database.close() }
        let template = NewTemplate(bytes: School.randomTemplate(), quality: "")
        return try database.people.add([template], name: name, className: "7b", hasConsent: true).person
    }

    @Test(arguments: DatabaseKind.allCases) func theWayBack(kind: DatabaseKind) async throws {
        _ = try Fixtures.models
        let server = try await LiveServer(kind)
        _ = try enrol("Ada", on: server)
        #expect(try await run(server, "key", "lost").output.contains("it opens everything; nothing is deleted"))
        #expect(try await run(server, "check-config").status == 0)
        try server.folder.write("template-key", [])
        let empty = try await run(server, "people", "list")
        #expect(empty.status == 78 && empty.errors.contains("restore it from its copy. "), "\(empty.errors)")

        try server.folder.write("template-key", [UInt8](repeating: 9, count: 32))
        for words in [["run"], ["audit"], ["people", "list"]] + (kind == .sqlite ? [["check-config"]] : []) {
            let outcome = try await Command.run(
                try BuiltProgram("rollcall-server").path, words + ["--config", server.folder.file("server.toml")])
            #expect(outcome.status == 78 && outcome.output.isEmpty)
            #expect(outcome.errors.contains("restore that file from its copy"))
            #expect(outcome.errors.contains("`rollcall-server key lost`"))
        }
        let asked = try await run(server, "key", "lost")
        #expect(asked.status == 1 && asked.output.isEmpty)
        #expect(asked.errors.contains("it does not open 1 template of 1 person, the audit trail\n"))
        #expect(try await run(server, "people", "list").status == 78, "asking deletes nothing")

        let done = try await run(server, "key", "lost", "--delete-templates")
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.contains("deleted: 1 template of 1 person"))
        #expect(done.output.contains("the audit trail begins anew after entry 1\n"))
        #expect(try await run(server, "audit").output.contains("the newest is number 3\n"))
        #expect(try await run(server, "people", "list").output.contains("Ada   7b     0"))
        let process = try await ServerProcess(server)
        #expect(await process.stop().status == 0)
        #expect(try enrol("Ada", on: server).templates == 1)
    }

    @Test func consentIsRecordedAndWithdrawn() async throws {
        let server = try await LiveServer()
        let ada = try enrol("Ada", on: server)
        #expect(try await run(server, "people", "consent", "Ada").status == 64)
        #expect(try await run(server, "people", "consent", "Ada", "--given", "--withdrawn").status == 64)
        #expect(try await run(server, "people", "consent", "Cem", "--withdrawn").status == 1)
        #expect(try await run(server, "people", "consent", "Ada", "--withdrawn", "--note", "a\nb").status == 1)
        let gone = try await run(server, "people", "consent", "Ada", "--withdrawn", "--note", "letter of 3 May")
        #expect(gone.status == 0)
        #expect(gone.output.hasPrefix("Ada (7b): consent is withdrawn, and 1 template is deleted\n"))
        #expect(gone.output.contains("people removal \(ada.id.lowercased)\n"))
        let given = try await run(server, "people", "consent", ada.id.lowercased, "--given")
        #expect(given.status == 0 && given.output == "Ada (7b): consent is recorded\n")
        let database = try server.openDatabase()
        defer { database.close() }
        let entries = try database.audit.list(object: ada.id.lowercased, page: PageRequest())
        #expect(entries.map(\.action) == ["consent.give", "consent.withdraw", "consent.give"])
        #expect(entries[1].detail == ["note": "letter of 3 May", "templates": "1"] && entries[1].actor == "server")
        let account = try database.accounts.find(ada.id)
        #expect(account?.hasConsent == true && account?.templates == 0)
    }

    @Test func aNewClassIsSaid() async throws {
        let server = try await LiveServer()
        for isNew in [true, false] {
            let made = try await run(
                server, "user", "create", "--role", "student", "--email", "\(isNew)@school.example", "--name", "Ada",
                "--class", "7c")
            // Without a password nobody is made, and no class either.
            #expect(made.status == 1 && !made.errors.contains("is new"))
            let word = "a long enough password \(isNew)"
            let input = try FileHandle(forReadingFrom: URL(filePath: server.folder.write("password", "\(word)\n")))
            let outcome = try await Command(
                try BuiltProgram("rollcall-server").path,
                ["user", "create", "--role", "student", "--email", "\(isNew)@school.example", "--name", "Ada"]
                    + ["--class", "7c", "--config", server.folder.file("server.toml")], input: input
            ).result()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors == (isNew ? "the class 7c is new: there was none of that name\n" : ""))
            #expect(UUID(uuidString: outcome.output.trimmingCharacters(in: .newlines)) != nil)
        }
    }
}
