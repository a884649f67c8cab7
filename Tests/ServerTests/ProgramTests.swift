import Attendance
import Foundation
import SyncProtocol
import TestSupport
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(10))) struct ProgramTests {
    let server: LiveServer

    init() async throws { server = try await LiveServer() }

    private func run(_ arguments: String...) async throws -> Command.Result {
        try await Command.run(
            try BuiltProgram("rollcall-server").path, arguments + ["--config", server.folder.file("server.toml")])
    }

    @Test func aTerminalIsAddedListedAndRevoked() async throws {
        let added = try await run("terminal", "add", "north door")
        #expect(added.status == 0)
        let token = added.output.trimmingCharacters(in: .newlines)
        #expect(SecretToken(token, .terminal) != nil, "standard output is the token and nothing else")
        #expect(!added.errors.contains(token))
        #expect(try await run("terminal", "add", "north door").status == 1)
        #expect(try await run("terminal", "list").output.contains("north door  good   never"))
        #expect(try await run("terminal", "list", "--json").output.contains("\"name\" : \"north door\""))
        #expect(try await run("terminal", "revoke", "north door").status == 0)
        #expect(try await run("terminal", "revoke", "north door").status == 1)
        #expect(try await run("terminal", "list").output.contains("north door  revoked  never"))
        #expect(try await run("terminal", "remove", "north door").output == "north door: removed\n")
        let gone = try await run("terminal", "remove", "north door")
        #expect(gone.status == 1 && gone.errors.contains("there is no terminal named north door"))
        for word in ["list", "add"] { #expect(try await !run("terminal", word, "--json").output.contains(token)) }
    }

    @Test func aRenewedTokenCountsAtOnceWhileTheServerRuns() async throws {
        func token(_ word: String) async throws -> String {
            try await run("terminal", word, "door").output.trimmingCharacters(in: .newlines)
        }
        let process = try await ServerProcess(server)
        let old = try await token("add")
        #expect(try await server.curl(process.port, Endpoint.roster, token: old).status == 200)
        let new = try await token("renew")
        #expect(SecretToken(new, .terminal) != nil && new != old, "standard output is the token and nothing else")
        #expect(try await server.curl(process.port, Endpoint.roster, token: old).status == 401)
        #expect(try await server.curl(process.port, Endpoint.roster, token: new).status == 200)
        #expect(try await run("terminal", "revoke", "door").status == 0)
        #expect(try await server.curl(process.port, Endpoint.roster, token: new).status == 401)
        let newest = try await token("renew")
        #expect(try await server.curl(process.port, Endpoint.roster, token: newest).status == 200)
        let refused = try await run("terminal", "renew", "gate")
        #expect(refused.status == 1 && refused.output.isEmpty)
        #expect(refused.errors.contains("no terminal named gate"))
        #expect(await process.stop().status == 0)
    }

    @Test func anEnrolmentThatIsInterruptedStillSaysWhoLooksAlike() async throws {
        let portrait = try Data(contentsOf: URL(filePath: "\(try Fixtures.portraits)/grace_hopper.jpg"))
        for number in 100..<200 {
            let person = server.folder.file("photographs/\(number)")
            try FileManager.default.createDirectory(atPath: person, withIntermediateDirectories: true)
            try portrait.write(to: URL(filePath: "\(person)/1.jpg"))
        }
        let config = server.folder.file("server.toml")
        let database = try server.openDatabase()
        defer { database.close() }
        let enrolment = try Command(
            try BuiltProgram("rollcall-server").path,
            ["enrol", "--consent", "--folder", server.folder.file("photographs"), "--config", config])
        while try database.people.list().count < 2 { try await Task.sleep(for: .milliseconds(20)) }
        enrolment.send(SIGINT)
        let outcome = await enrolment.result()
        #expect(outcome.status == 130)
        let people = try database.people.list().map(\.name)
        let told = outcome.output.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(people.count < 100 && told == people, "\(outcome.errors)")
        for name in people.dropFirst() {
            #expect(outcome.errors.contains("warning: \(name) (photographs) looks like "))
        }
    }

    @Test func theVersionIsTheOneOfTheChangelog() async throws {
        let version = try await Command.run(try BuiltProgram("rollcall-server").path, ["--version"])
        #expect(version.status == 0)
        let changelog = try String(contentsOfFile: "\(Fixtures.package)/tools/deb/changelog", encoding: .utf8)
        #expect(changelog.hasPrefix("rollcall (\(version.output.trimmingCharacters(in: .newlines))) "))
    }

    @Test func whatIsMissingIsNamedWithFileAndKey() async throws {
        let config = server.folder.file("server.toml")
        try FileManager.default.removeItem(atPath: server.folder.file("server.key"))
        for word in ["check-config", "run"] {
            let outcome = try await run(word)
            #expect(outcome.status == 78)
            let place = "rollcall-server: \(config): tls.key: \(server.folder.file("server.key"))"
            #expect(outcome.errors.hasPrefix("\(place): there is no such file; "), "\(outcome.errors)")
        }
    }

    @Test func aMissingModelIsFoundByTheCheckAndTheRunGoesOn() async throws {
        let path = server.folder.file("server.toml")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try server.folder.write("server.toml", text.replacing("pack = \"", with: "pack = \"/none"))
        let outcome = try await run("check-config")
        #expect(outcome.status == 78)
        let place = "rollcall-server: \(path): models.pack: the models /none"
        #expect(outcome.errors.hasPrefix(place), "\(outcome.errors)")
        #expect(outcome.errors.contains("sudo rollcall-server-models"))
        let process = try await ServerProcess(server)
        let ended = await process.stop()
        #expect(ended.status == 0)
        #expect(ended.errors.contains("Photographs cannot be looked at"), "\(ended.errors)")
        #expect(ended.errors.contains("sudo rollcall-server-models"), "\(ended.errors)")
    }

    @Test func badConfigurationsAndKeysExitWith78() async throws {
        _ = try Fixtures.models
        let good = try await run("check-config")
        #expect(good.status == 0)
        #expect(good.output == "\(server.folder.file("server.toml")): good\n")
        let missing = try await Command.run(
            try BuiltProgram("rollcall-server").path, ["run", "--config", server.folder.file("none.toml")])
        #expect(missing.status == 78)
        #expect(missing.errors.contains("none.toml"))
        let again = try await run("key", "make")
        #expect(again.status == 0 && again.output.contains("it exists already and stays as it is"))
        try FileManager.default.removeItem(atPath: server.folder.file("template-key"))
        let keyless = try await run("run")
        #expect(keyless.status == 78)
        #expect(keyless.errors.contains("rollcall-server key make"))
        #expect(try await run("key", "make").status == 0)
        #expect(try await run("check-config").status == 0)
        try server.folder.write("server.key", "no key")
        #expect(try await run("check-config").status == 78)
        #expect(try await run("run").status == 78)
        #expect(try await run("nonsense").status == 64)
        #expect(try await run("enrol", "Ada").status == 64)
    }

    /// Commands and the server may meet a file that none of them has made yet.
    @Test func manyCommandsMeetANewFile() async throws {
        let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
            for index in 0..<8 { group.addTask { try await run("terminal", "add", "door \(index)").status } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 0, count: 8))
        #expect(try server.openDatabase().terminals.list().count == 8)
    }

    @Test func aPortInUseEndsWithAReason() async throws {
        let process = try await ServerProcess(server)
        let path = server.folder.file("server.toml")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try server.folder.write("server.toml", text.replacing("port = 0", with: "port = \(process.port)"))
        let second = try await run("run")
        #expect(second.status == 1)
        let place = "listening on 127.0.0.1, port \(process.port)"
        #expect(
            second.errors.contains("\(place): in use by another program; stop that one, or set another listen.port"),
            "\(second.errors)")
        #expect(await process.stop().status == 0)
    }

    @Test(arguments: [SIGTERM, SIGINT]) func stopsInOrder(signal: Int32) async throws {
        let process = try await ServerProcess(server)
        let result = await process.stop(signal)
        #expect(result.status == 0)
        #expect(result.errors.contains("Stopping"))
    }

    @Test func everythingIsThereAfterARestart() async throws {
        let token = try await run("terminal", "add", "door").output.trimmingCharacters(in: .newlines)
        let person = try server.openDatabase().people.add(
            [NewTemplate(bytes: School.randomTemplate(), quality: "")], name: "Ada", className: "7b", hasConsent: true
        ).person
        let body = try MarkBatch(marks: [Self.mark(of: person.id)]).json()
        let first = try await ServerProcess(server)
        let roster = try await server.curl(first.port, Endpoint.roster, token: token)
        let cursor = try RosterDelta(json: roster.body).cursor
        let receipt = try await server.curl(first.port, Endpoint.marks, token: token, post: body)
        #expect(try MarkReceipt(json: receipt.body).results.map(\.result) == [.accepted])
        #expect(await first.stop().status == 0)

        let second = try await ServerProcess(server)
        let again = try await server.curl(second.port, Endpoint.marks, token: token, post: body)
        #expect(try MarkReceipt(json: again.body).results.map(\.result) == [.duplicate])
        let delta = try await server.curl(second.port, "\(Endpoint.roster)?cursor=\(cursor)", token: token)
        // A server that starts may have got a backup: the roster is sent anew.
        let whole = try RosterDelta(json: delta.body)
        #expect(whole.reset && whole.people.map(\.id) == [person.id])
        #expect(try await run("marks", "list").output.contains("Ada"))
        #expect(try await run("marks", "list", "--date", "2001-01-01").output.contains("Ada") == false)
        #expect(await second.stop().status == 0)
    }

    /// Two terminals send the same people's marks at once while commands write to the same file, and the server is
    /// killed again and again. What was acknowledged is there, and nothing is there twice.
    @Test func nothingIsLostOrDoubledWhenTheServerIsKilled() async throws {
        let database = try server.openDatabase()
        let people = try (0..<20).map { index in
            try database.people.add(
                [NewTemplate(bytes: School.randomTemplate(), quality: "")], name: "Person \(index)", className: "7b",
                hasConsent: true
            ).person.id
        }
        let tokens = try ["door", "gate"].map { try database.terminals.add(name: $0).token.text }
        let batches = tokens.map { _ in
            (0..<30).map { _ in MarkBatch(marks: (0..<20).map { Self.mark(of: people[$0 % people.count]) }) }
        }
        var left = batches
        var acknowledged: Set<UUID> = []
        for round in 0... {
            let process = try await ServerProcess(server)
            let killing = Task { [command = process.command] in
                guard round < 5 else { return }
                try await Task.sleep(for: .milliseconds(Int.random(in: 50...400)))
                command.send(SIGKILL)
            }
            async let writer = Self.enrolMore(database, round)
            let (door, gate) = (left[0], left[1])
            async let first = send(door, token: tokens[0], port: process.port)
            async let second = send(gate, token: tokens[1], port: process.port)
            let sent = try await [first, second]
            _ = try await writer
            killing.cancel()
            for (index, sent) in sent.enumerated() {
                acknowledged.formUnion(sent.acknowledged)
                left[index] = sent.left
            }
            _ = await process.stop(SIGKILL)
            if left.allSatisfy(\.isEmpty) { break }
        }
        let wanted = Set(batches.joined().flatMap(\.marks).map(\.id))
        #expect(acknowledged == wanted)
        let stored = try database.marks.list(limit: 5000)
        #expect(stored.count == wanted.count && Set(stored.map(\.id)) == wanted)
        #expect(stored.filter(\.decides).count == people.count)
        let earliest = Dictionary(grouping: batches.joined().flatMap(\.marks), by: \.person).values.compactMap {
            marks in
            marks.min { ($0.at, $0.id.uuidString) < ($1.at, $1.id.uuidString) }?.id
        }
        #expect(Set(stored.filter(\.decides).map(\.id)) == Set(earliest))
    }

    private static func enrolMore(_ database: ServerDatabase, _ round: Int) async throws {
        for index in 0..<5 {
            _ = try database.people.add(
                [NewTemplate(bytes: School.randomTemplate(), quality: "")], name: "Late \(round) \(index)",
                className: "8a", hasConsent: true)
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Sends batches until one is not answered; what is not acknowledged is left for the next time.
    private func send(
        _ batches: [MarkBatch], token: String, port: Int
    ) async throws -> (acknowledged: Set<UUID>, left: [MarkBatch]) {
        var acknowledged: Set<UUID> = []
        for (index, batch) in batches.enumerated() {
            let answer = try await server.curl(port, Endpoint.marks, token: token, post: try batch.json())
            guard answer.status == 200 else { return (acknowledged, Array(batches[index...])) }
            let receipt = try MarkReceipt(json: answer.body)
            #expect(receipt.results.map(\.id) == batch.marks.map(\.id))
            #expect(receipt.results.allSatisfy { $0.result != .rejected })
            acknowledged.formUnion(receipt.results.map(\.id))
        }
        return (acknowledged, [])
    }

    private static func mark(of person: UUID) -> Mark {
        let at = Clock.now.advanced(byMilliseconds: -Int64.random(in: 0...60_000))
        return School.mark(of: person, at: at, session: LocalDate(daysSince1970: Int(Clock.now.seconds / 86_400)))
    }
}
