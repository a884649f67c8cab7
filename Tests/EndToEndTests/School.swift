import Foundation
import TestSupport
import Testing

/// A server and a terminal on this machine, as real processes over real TLS, in a temporary folder.
final class School {
    let folder: TemporaryFolder
    let server: BuiltProgram
    let terminal: BuiltProgram
    private let serverPort: Int
    let statusPort: Int

    init() throws {
        server = try BuiltProgram("rollcall-server")
        terminal = try BuiltProgram("rollcalld")
        folder = try TemporaryFolder()
        serverPort = try freePort()
        statusPort = try freePort()
        try makeCertificate()
        try folder.write("server.toml", try serverConfiguration)
        _ = try check(server.run(["key", "make", "--config", config]))
        let token = try check(server.run(["terminal", "add", "door", "--config", config])).output
        try folder.write("token", token)
    }

    var config: String { folder.file("server.toml") }
    var serverAddress: String { "https://localhost:\(serverPort)" }
    /// The certificate of the authority that stands behind the server's.
    var authority: String { folder.file("tls/ca.pem") }

    /// Runs a command of the server that must succeed; returns what it printed.
    @discardableResult
    func command(_ arguments: String...) throws -> String {
        try check(server.run(arguments + ["--config", config])).output
    }

    func startServer() throws -> RunningProgram {
        let running = try RunningProgram(server.path, ["run", "--config", config])
        try running.wait("the server to listen") { (try? get("\(serverAddress)/healthz").status) == 200 }
        return running
    }

    /// The terminal's configuration for a stream; `-` is standard input.
    func configureTerminal(stream: String, pace: String = "full_speed") throws -> String {
        let models = try Fixtures.models
        return try folder.write(
            "terminal.toml",
            """
            [camera]
            source = "y4m"
            path = "\(stream)"
            pace = "\(pace)"
            [models]
            pack = "\(models)/rollcall-models.pack"
            [state]
            directory = "\(folder.file("state"))"
            [server]
            url = "\(serverAddress)"
            ca_file = "\(authority)"
            token_file = "\(folder.file("token"))"
            sync_interval = 0.2
            roster_interval = 1
            [keys]
            template_key_file = "\(folder.file("terminal-key"))"
            [status]
            port = \(statusPort)
            show_names = true
            [log]
            destination = "console"
            """)
    }

    /// The server's list of marks.
    func marks() throws -> [[String: Any]] {
        let json = try command("marks", "list", "--json", "--limit", "1000000")
        return try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    }

    /// Names on the server's list of marks, sorted.
    func markedNames() throws -> [String] { try marks().compactMap { $0["name"] as? String }.sorted() }

    func status() throws -> [String: Any] {
        let answer = try get("http://127.0.0.1:\(statusPort)/status")
        return try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
    }

    func get(_ url: String, method: String = "GET") throws -> (status: Int, body: String) {
        let output = try run(
            "/usr/bin/curl",
            [
                "-sS", "-X", method, "--max-time", "5", "--cacert", authority, "-w", "\n%{http_code}",
                url,
            ])
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
        return (Int(lines.last ?? "") ?? 0, lines.dropLast().joined(separator: "\n"))
    }

    private var serverConfiguration: String {
        get throws {
            let models = try Fixtures.models
            return """
                [listen]
                address = "127.0.0.1"
                port = \(serverPort)
                [tls]
                certificate = "\(folder.file("tls/server.pem"))"
                key = "\(folder.file("tls/server.key"))"
                [database]
                path = "\(folder.file("rollcall.sqlite"))"
                [models]
                pack = "\(models)/rollcall-models.pack"
                [keys]
                template_key_file = "\(folder.file("server-template-key"))"
                signing_key_file = "\(folder.file("server-signing-key"))"
                [policy]
                time_zone = "Europe/London"
                school_days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
                """
        }
    }

    private func makeCertificate() throws {
        _ = try run(Fixtures.package + "/tools/make-certificates", [folder.file("tls")])
    }
}

private func check(_ outcome: BuiltProgram.Outcome) throws -> BuiltProgram.Outcome {
    guard outcome.status == 0 else { throw FixtureError("exit status \(outcome.status): \(outcome.errors)") }
    return outcome
}

/// Runs a program of the system that must succeed; returns its standard output.
func run(_ path: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw FixtureError("\(path) ended with \(process.terminationStatus)") }
    return String(decoding: bytes, as: UTF8.self)
}

/// A TCP port of the loopback that nobody has now.
func freePort() throws -> Int {
    let port = try run(
        "/usr/bin/python3",
        ["-c", "import socket; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1])"])
    return try #require(Int(port.trimmingCharacters(in: .whitespacesAndNewlines)))
}
