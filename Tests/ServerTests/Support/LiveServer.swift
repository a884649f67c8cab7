import Attendance
import Database
import Foundation
import TestSupport

@testable import Server

/// A server over TLS on a free port of the loopback interface, and `curl` as its client.
struct LiveServer {
    let folder: TemporaryFolder
    let configuration: ServerConfiguration
    let certificate: TestCertificate
    private let postgres: TestPostgres?

    init(_ kind: DatabaseKind = .sqlite) async throws {
        folder = try TemporaryFolder()
        certificate = try await TestCertificate(in: folder)
        postgres = kind == .postgres ? try TestPostgres() : nil
        let database = postgres.map { "url = \"\($0.url)\"\nconnections = 3" } ?? "path = \"server.sqlite\""
        try folder.write("template-key", School.key)
        try folder.write(
            "server.toml",
            """
            [listen]
            address = "127.0.0.1"
            port = 0
            [tls]
            certificate = "server.pem"
            key = "server.key"
            [database]
            \(database)
            [images]
            folder = "images"
            [models]
            pack = "\(ModelFolder.path)/rollcall-models.pack"
            [keys]
            template_key_file = "template-key"
            signing_key_file = "signing-key"
            [policy]
            time_zone = "Europe/London"
            # The tests run on Saturdays too.
            school_days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
            [log]
            destination = "console"
            """)
        configuration = try ServerConfiguration.load(path: folder.file("server.toml"))
        _ = try configuration.makeSigningKey()
    }

    /// The database as a command sees it, beside the running server.
    func openDatabase() throws -> ServerDatabase {
        try ServerDatabase(configuration.database, vault: try configuration.openVault())
    }

    /// Runs the server inside this process while `body` runs.
    func whileRunning<Result: Sendable>(
        limits: RollcallServer.Limits = .init(), _ body: @Sendable (Int) async throws -> Result
    ) async throws -> Result {
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let server = RollcallServer(
            configuration, configurationPath: folder.file("server.toml"), limits: limits)
        let running = Task {
            defer { continuation.finish() }
            try await server.run { port in continuation.yield(port) }
        }
        defer { running.cancel() }
        for await port in ports { return try await body(port) }
        try await running.value
        throw FixtureError("the server ended before it listened")
    }

    /// Sends one request with curl and gives the status (0 when there was no answer) and the body.
    func curl(_ port: Int, _ path: String, token: String? = nil, post body: [UInt8]? = nil, _ more: [String] = [])
        async throws -> (status: Int, body: [UInt8])
    {
        let scratch = try TemporaryFolder()
        let answer = scratch.file("answer")
        var arguments = [
            "--silent", "--max-time", "60", "--cacert", certificate.files.certificate, "--write-out", "%{http_code}",
            "--output", answer, "https://localhost:\(port)\(path)",
        ]
        if let token { arguments += ["--header", "Authorization: Bearer \(token)"] }
        if let body {
            arguments += ["--header", "Content-Type: application/json"]
            arguments += ["--data-binary", "@\(try scratch.write("body", body))"]
        }
        let result = try await Command.run("/usr/bin/curl", arguments + more)
        let bytes = (try? Data(contentsOf: URL(filePath: answer))) ?? Data()
        return (Int(result.output) ?? 0, [UInt8](bytes))
    }
}

/// The models where `make setup` puts them, whether or not they are there.
enum ModelFolder {
    static var path: String {
        ProcessInfo.processInfo.environment["ROLLCALL_MODELS"] ?? "\(Fixtures.package)/var/models"
    }
}
