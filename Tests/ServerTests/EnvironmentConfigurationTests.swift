import Foundation
import Systemd
import TestSupport
import Testing

@testable import Server

@Suite struct EnvironmentConfigurationTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let shipped = "\(Fixtures.package)/etc/rollcall/server.toml"

    private func load(_ path: String, _ environment: [String: String]) throws -> ServerConfiguration {
        try ServerConfiguration.load(
            path: path, credentials: Credentials(environment: Environment([:])), environment: environment)
    }

    private func refusal(_ path: String, _ environment: [String: String]) -> String {
        do {
            _ = try load(path, environment)
            return "accepted"
        } catch {
            return "\(error)"
        }
    }

    @Test func variablesWinOverTheFile() throws {
        let configuration = try load(
            Self.shipped,
            [
                "ROLLCALL_LISTEN_PORT": "9000", "ROLLCALL_POLICY_TIME_ZONE": "Asia/Tokyo",
                "ROLLCALL_POLICY_SCHOOL_DAYS": "monday,tuesday", "ROLLCALL_LOG_LEVEL": "debug",
                "ROLLCALL_DATABASE_URL": "postgres://ann@db.example/school", "ROLLCALL_DATABASE_CONNECTIONS": "3",
            ])
        #expect(configuration.port == 9000 && configuration.logLevel == .debug)
        #expect(
            configuration.policy.timeZone == "Asia/Tokyo" && configuration.policy.schoolDays == [.monday, .tuesday])
        guard case .server(let address, connections: 3) = configuration.database else {
            Issue.record("an address of the environment wins over the path of the file")
            return
        }
        #expect(address.place == "postgres://ann@db.example/school")
    }

    @Test func pathAndAddressAreNotBothTaken() throws {
        let text = try String(contentsOfFile: Self.shipped, encoding: .utf8)
        let both = text.replacing("# url = \"postgres", with: "url = \"postgres")
        let path = try folder.write("server.toml", both)
        #expect(refusal(path, [:]).contains("database.url: path is set too"))
        #expect(try load(path, ["ROLLCALL_DATABASE_PATH": "/x.sqlite"]).database == .file("/x.sqlite"))
        let environment = ["ROLLCALL_DATABASE_PATH": "/x.sqlite", "ROLLCALL_DATABASE_URL": "postgres://a/b"]
        #expect(refusal(path, environment).hasPrefix("environment: ROLLCALL_DATABASE_URL: path is set too"))
        try folder.write("server.toml", text.replacing("path = \"/var/lib/rollcall-server", with: "#path = \"/"))
        #expect(refusal(path, [:]).contains("database.path: must be set: the path of a SQLite file (or set url"))
    }

    @Test func theEnvFileBesideTheConfigurationCounts() throws {
        let path = try folder.write("server.toml", try String(contentsOfFile: Self.shipped, encoding: .utf8))
        try folder.write(
            ".env", "ROLLCALL_LISTEN_PORT=9001\nROLLCALL_DATABASE_PATH=data/x.sqlite\nOTHER=1\n", mode: 0o644)
        let configuration = try load(path, [:])
        #expect(configuration.port == 9001 && configuration.database == .file(folder.file("data/x.sqlite")))
        #expect(refusal(path, ["ROLLCALL_LISTEN_PROT": "1"]).contains("did you mean ROLLCALL_LISTEN_PORT?"))
        try folder.write(".env", "ROLLCALL_DATABASE_URL=postgres://ann:s3cret@db/school\n", mode: 0o644)
        let message = refusal(path, [:])
        #expect(message.contains("every user may read it") && !message.contains("s3cret"))
    }

    /// An error of a file that is named outside the configuration file is not to be mended in it.
    @Test func theVariableThatNamesAFileIsThePlace() async throws {
        let path = folder.file("server.toml")
        func place(_ setting: String, _ environment: [String: String] = [:]) -> String {
            ServerConfiguration.place(of: setting, path: path, environment: environment)
        }
        #expect(place("tls.key") == path)
        #expect(place("tls.key", ["ROLLCALL_TLS_KEY": "x"]) == "environment: ROLLCALL_TLS_KEY")
        try folder.write(".env", "# of the school\nROLLCALL_IMAGES_CLOUDINARY_API_SECRET_FILE=x\n")
        let variable = "ROLLCALL_IMAGES_CLOUDINARY_API_SECRET_FILE"
        #expect(place("images.cloudinary.api_secret_file") == "\(folder.file(".env")):2: \(variable)")

        let server = try await LiveServer()
        let outcome = try await Command.run(
            try BuiltProgram("rollcall-server").path, ["check-config", "--config", server.folder.file("server.toml")],
            environment: ["ROLLCALL_TLS_KEY": "/none"])
        #expect(outcome.status == 78)
        #expect(outcome.errors.hasPrefix("rollcall-server: environment: ROLLCALL_TLS_KEY: tls.key: /none: there is no"))
    }

    @Test func aFileThatIsNamedMustBeThere() throws {
        #expect(refusal(folder.file("none.toml"), ["ROLLCALL_LISTEN_PORT": "1"]).contains("none.toml: no such file"))
    }

    /// Every key of the shipped file has its variable.
    @Test func everyKeyHasAVariable() throws {
        let text = try String(contentsOfFile: Self.shipped, encoding: .utf8)
        var table = ""
        var keys: [String] = []
        for line in text.split(separator: "\n") {
            let line = line.hasPrefix("#") ? line.dropFirst() : line
            if line.hasPrefix("["), line.hasSuffix("]") { table = String(line.dropFirst().dropLast()) }
            guard let equals = line.firstRange(of: " = "), !line.hasPrefix(" "), !table.hasPrefix("classes") else {
                continue
            }
            keys.append("ROLLCALL_\(table)_\(line[..<equals.lowerBound])".uppercased())
        }
        #expect(keys.count >= 15)
        for variable in keys {
            let message = refusal(Self.shipped, [variable: ""])
            #expect(message.hasPrefix("environment: \(variable): expected"), "\(message)")
        }
    }
}
