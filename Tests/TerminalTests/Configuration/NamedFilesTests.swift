import Foundation
import Glibc
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

    private func run(
        _ arguments: String..., zone: String = "Europe/London", pack: String? = nil, state: String = "state",
        camera: String = ""
    ) throws -> BuiltProgram.Outcome {
        let models = try Fixtures.models
        let path = try folder.write(
            "terminal.toml",
            """
            \(camera.isEmpty ? "" : "[camera]\nsource = \"y4m\"\npath = \"\(camera)\"")
            [models]
            pack = "\(pack ?? "\(models)/rollcall-models.pack")"
            [attendance]
            time_zone = "\(zone)"
            [state]
            directory = "\(state)"
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

    @Test(arguments: ["--check", nil])
    func aStateFolderThatCannotBeUsedRefusesCheckAndStart(argument: String?) throws {
        func errors(state: String) throws -> String {
            let outcome = try argument.map { try run($0, state: state) } ?? run(state: state)
            #expect(outcome.status == 78)
            return outcome.errors
        }
        let place = "\(config): state.directory: "
        let file = try folder.write("file", "")
        let words = "is not a folder; correct it, or remove what is there"
        #expect(try errors(state: "file").contains("\(place)\(file) \(words)"))
        let deep = folder.file("none/state")
        #expect(
            try errors(state: "none/state").contains("\(place)\(deep) cannot be made: there is no folder "))
        #expect(try errors(state: "file/state").contains("\(place)\(folder.file("file/state")) "))
    }

    @Test func aStreamThatCannotBePlayedIsFoundInTheWordsOfTheStart() throws {
        for (name, words) in [
            ("none.y4m", "there is no such file; check its name"), ("other.y4m", "it is not a Y4M stream"),
        ] {
            try folder.write("other.y4m", "a letter\n")
            let (check, start) = (try run("--check", camera: name), try run(camera: name))
            #expect(check.status == 78 && start.status == 78)
            let line = try #require(check.errors.split(separator: ": camera.path: ").last)
            #expect(line.contains(words))
            #expect(start.errors.contains(line.trimmingCharacters(in: .newlines)), "\(start.errors)")
        }
        // A picture that breaks off shows while it is played: the service manager is to try again.
        try folder.write("short.y4m", "YUV4MPEG2 W64 H64 F15:1 C420jpeg\nFRAME\nshort")
        #expect(try run("--check", camera: "short.y4m").status == 0)
        let short = try run(camera: "short.y4m")
        #expect(short.status == 1 && short.errors.contains("short.y4m"), "\(short.status) \(short.errors)")
        mkfifo(folder.file("pipe"), 0o600)
        let pipe = try run("--check", camera: "pipe")
        #expect(pipe.status == 0, "\(pipe.errors)")
        #expect(try run("--check", camera: "-").status == 0)
    }
}

/// What only another user or another file system sees.
@Suite struct StateFolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func problem(_ name: String, _ refused: [String: Int32]) -> StateFolder.Problem? {
        var state = StateFolder(folder.file(name))
        state.user = "door"
        let paths = Dictionary(uniqueKeysWithValues: refused.map { (folder.file($0), $1) })
        state.access = { path, _ in paths[path] ?? 0 }
        return state.problem
    }

    @Test func whoseItIsAndWhatToDoIsSaid() throws {
        try FileManager.default.createDirectory(
            atPath: folder.file("state"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o750])
        #expect(problem("state", [:]) == nil)
        let path = folder.file("state")
        let closed = try #require(problem("state", ["state": EACCES]))
        #expect(closed.isLasting)
        #expect(closed.text.hasPrefix("\(path), of \(PathFacts.thisUser), mode 0750: door may not write into it (Perm"))
        #expect(closed.text.hasSuffix("; run: chown -R USER \(path), USER being the daemon's"))
        try folder.write("state/outbox.db", "")
        let file = try #require(problem("state", ["state/outbox.db": EACCES]))
        #expect(file.text.hasPrefix("\(path)/outbox.db, of "))
        #expect(file.text.hasSuffix("; run: chown -R USER \(path), USER being the daemon's"))
    }

    @Test func whatCannotBeMadeIsSaid() throws {
        #expect(problem("state", [:]) == nil)
        let closed = try #require(parentProblem(EACCES))
        #expect(closed.isLasting && closed.text.contains(": door may not make \(folder.file("state")) there ("))
        #expect(closed.text.contains("; make it: install -d -m 0700 -o USER \(folder.file("state")), "))
        let readOnly = try #require(parentProblem(EROFS))
        #expect(!readOnly.isLasting, "the daemon tries again")
    }

    private func parentProblem(_ code: Int32) -> StateFolder.Problem? {
        var state = StateFolder(folder.file("state"))
        state.user = "door"
        state.access = { _, _ in code }
        return state.problem
    }
}
