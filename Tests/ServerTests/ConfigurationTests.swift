import Attendance
import Foundation
import Logging
import Systemd
import TestSupport
import Testing

@testable import Server

@Suite struct ServerConfigurationTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let least = """
        [tls]
        certificate = "server.pem"
        key = "server.key"
        [database]
        path = "/srv/rollcall.sqlite"
        [models]
        pack = "m.pack"
        [keys]
        template_key_file = "key"
        signing_key_file = "signing-key"
        [policy]
        time_zone = "Europe/London"

        """

    private func load(
        _ text: String, credentials: Credentials = Credentials(environment: Environment([:])),
        environment: [String: String] = [:]
    ) throws -> ServerConfiguration {
        try ServerConfiguration.load(
            path: try folder.write("server.toml", text), credentials: credentials, environment: environment)
    }

    @Test func theShippedFileIsGood() throws {
        let path = "\(Fixtures.package)/etc/rollcall/server.toml"
        let configuration = try ServerConfiguration.load(path: path)
        #expect(configuration.port == 8443)
    }

    /// What the file says of a key that is commented out is what the program does.
    @Test func theShippedFileTellsTheDefaults() throws {
        let path = "\(Fixtures.package)/etc/rollcall/server.toml"
        let shipped = try String(contentsOfFile: path, encoding: .utf8)
        let lines = shipped.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            // Settings, but neither explanations nor the examples of classes and days off.
            line.hasPrefix("#") && line.contains(" = ") && !line.hasPrefix("# ") && !line.hasPrefix("#days_off")
                ? line.dropFirst() : line
        }
        let withoutClasses = lines.joined(separator: "\n").replacing("present_until = \"08:30:00\"", with: "")
            .replacing("absent_after = \"11:00:00\"", with: "")
        #expect(lines.contains("port = 8443"))
        #expect(try load(withoutClasses) == load(shipped))
    }

    @Test func walkBysAreKeptForAsLongAsItSays() throws {
        let standard = try load(Self.least)
        #expect(standard.walkByDays == 30)
        let week = try load(Self.least + "[retention]\nwalk_by_days = 7\n")
        #expect(week.walkByDays == 7)
        #expect(week.partsThatNeedRestart(after: standard) == ["[retention]"])
        for days in ["0", "367", "\"7\""] {
            #expect(throws: ServerError.self) { try load(Self.least + "[retention]\nwalk_by_days = \(days)\n") }
        }
        #expect(throws: ServerError.self) { try load(Self.least + "[retention]\nmark_days = 7\n") }
    }

    @Test func readsEverything() throws {
        let configuration = try load(
            """
            [listen]
            address = "::1"
            port = 0
            \(Self.least)
            present_until = "08:00:00"
            absent_after = "10:00:00"
            school_days = ["saturday"]
            days_off = ["2026-12-26", 2026-12-19]
            [classes."7b"]
            present_until = "08:15"
            [log]
            level = "debug"
            destination = "console"
            """)
        #expect(configuration.address == "::1" && configuration.port == 0)
        #expect(configuration.tls.certificate == folder.file("server.pem"))
        #expect(configuration.database == .file("/srv/rollcall.sqlite"))
        let policy = configuration.policy
        #expect(
            policy.times(for: "8a")
                == (try ClassTimes(presentUntil: TimeOfDay("08:00"), absentAfter: TimeOfDay("10:00"))))
        #expect(
            policy.times(for: "7b")
                == (try ClassTimes(presentUntil: TimeOfDay("08:15"), absentAfter: TimeOfDay("10:00"))))
        #expect(policy.schoolDays == [.saturday] && policy.daysOff.count == 2)
        #expect(configuration.logLevel == .debug && configuration.logDestination == .console)
    }

    @Test func credentialsWin() throws {
        try folder.write("tls-key", "x")
        try folder.write("template-key", "x")
        let credentials = Credentials(environment: Environment(["CREDENTIALS_DIRECTORY": folder.path]))
        let configuration = try load(Self.least, credentials: credentials)
        #expect(configuration.tls.key == folder.file("tls-key"))
        #expect(configuration.templateKeyFile == folder.file("template-key"))
        #expect(configuration.tls.certificate == folder.file("server.pem"), "there is no such credential")
    }

    static let refused: [(text: String, place: String)] = [
        ("", "tls.certificate"), ("[listen\n", ":1:"), ("[listen]\nport = 65536\n" + least, ":2: listen.port"),
        ("[listen]\naddress = \"300.1.1.1\"\n" + least, ":2: listen.address: expected an IPv4 or IPv6 address"),
        ("[listen]\naddress = \"localhost\"\n" + least, ":2: listen.address"),
        ("[listen]\nport = \"8443\"\n" + least, ":2: listen.port"), ("[listen]\nprot = 1\n" + least, ":2: listen.prot"),
        (least + "time_zone = 3\n", ":13:"), (least + "present_until = \"12:00\"\n", "policy.present_until"),
        (least + "present_until = \"25:00\"\n", ":13: policy.present_until"),
        (least + "school_days = []\n", "policy.school_days"),
        (least + "school_days = [\"someday\"]\n", "policy.school_days"),
        (least + "days_off = [\"2026-02-30\"]\n", "policy.days_off"),
        (least + "[classes.a]\npresent_until = \"11:30:01\"\n", "classes.a.present_until"),
        (least + "[classes.a]\nuntil = 1\n", "classes.a.until"), (least + "[log]\nlevel = \"loud\"\n", "log.level"),
        (least + "[log]\ndestination = \"mars\"\n", "log.destination"), (least + "[extra]\n", "extra"),
        (least.replacing("Europe/London", with: "Europe/Nowhere"), "policy.time_zone"),
        (least.replacing("Europe/London", with: "../../etc/passwd"), "policy.time_zone"),
        (least.replacing("pack = ", with: "descriptor = "), ":7: models.descriptor: no longer read: delete landmarks"),
        (least.replacing("template_key_file = \"key\"\n", with: ""), "keys.template_key_file"),
        (least.replacing("signing_key_file = \"signing-key\"\n", with: ""), "keys.signing_key_file"),
    ]

    @Test(arguments: refused) func refusesWithThePlace(text: String, place: String) throws {
        let error = #expect(throws: ServerError.self) { try load(text) }
        #expect(error?.exitStatus == 78)
        #expect(error?.description.contains(place) == true, "\(error?.description ?? "accepted")")
        #expect(error?.description.contains("\n") == false)
    }

    @Test func aPasswordIsNotForEverybody() throws {
        let url = "url = \"postgres://ann:s3cret@db.example/school\""
        let text = Self.least.replacing("path = \"/srv/rollcall.sqlite\"", with: url)
        let path = try folder.write("server.toml", text, mode: 0o644)
        func load(_ environment: [String: String] = [:]) throws -> ServerConfiguration {
            try ServerConfiguration.load(
                path: path, credentials: Credentials(environment: Environment([:])), environment: environment)
        }
        let error = #expect(throws: ServerError.self) { try load() }
        let words = error?.description ?? ""
        let place = "\(path):5: database.url: every user may read the password in this file"
        #expect(words.hasPrefix("\(place); run: chmod o= \(path)"), "\(words)")
        #expect(error?.exitStatus == 78 && !words.contains("s3cret"))
        _ = try load(["ROLLCALL_DATABASE_URL": "postgres://ann:s3cret@db.example/other"])
        #expect(chmod(path, 0o640) == 0)
        _ = try load()
        try folder.write("server.toml", text.replacing(":s3cret", with: ""), mode: 0o644)
        _ = try load()
    }

    @Test func aPasswordFileIsNamedOnceAndAsAPassword() throws {
        let mail = """
            [mail]
            url = "smtps://mail.example"
            user = "u"
            password_file = "pw"
            from = "a@b.example"
            """
        let path = try folder.write("pw", "secret", mode: 0o644)
        let error = #expect(throws: ServerError.self) { try load(Self.least + mail).openMailPassword() }
        #expect(
            error?.description
                == "mail.password_file: \(path): others than its owner may read the password; run: chmod 600 \(path)")
        try folder.write("key", "short", mode: 0o600)
        let key = #expect(throws: ServerError.self) { try load(Self.least).openVault() }
        let place = "keys.template_key_file: \(folder.file("key")): a key has 32 bytes"
        #expect(key?.description.hasPrefix(place) == true)
    }

    @Test func aKeyIsMadeOnceAndOnlyForItsOwner() throws {
        var configuration = try load(Self.least)
        configuration.templateKeyFile = folder.file("made")
        #expect(throws: ServerError.self) { try configuration.openVault() }
        #expect(try configuration.makeTemplateKey())
        _ = try configuration.openVault()
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("made"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let made = try Data(contentsOf: URL(filePath: folder.file("made")))
        #expect(try !configuration.makeTemplateKey(), "one that is there stays")
        #expect(try Data(contentsOf: URL(filePath: folder.file("made"))) == made)
        #expect(chmod(folder.file("made"), 0o644) == 0)
        #expect(throws: ServerError.self) { try configuration.openVault() }
    }

    @Test func certificateAndKeyMustBelongTogether() async throws {
        let first = try await TestCertificate(in: folder, name: "first").files
        let second = try await TestCertificate(in: folder, name: "second").files
        _ = try TLSMaterial(first)
        let mixed = ServerConfiguration.TLSFiles(certificate: first.certificate, key: second.key)
        let error = #expect(throws: ServerError.self) { try TLSMaterial(mixed) }
        #expect(error?.description.contains("not the key of") == true)
        let swapped = ServerConfiguration.TLSFiles(certificate: first.key, key: first.certificate)
        #expect(throws: ServerError.self) { try TLSMaterial(swapped) }
        #expect(chmod(first.key, 0o644) == 0)
        let open = #expect(throws: ServerError.self) { try TLSMaterial(first) }
        #expect(open?.description.contains("chmod o= \(first.key)") == true && open?.exitStatus == 78)
        #expect(chmod(first.key, 0o640) == 0)
        _ = try TLSMaterial(first)
        let missing = ServerConfiguration.TLSFiles(certificate: folder.file("none"), key: first.key)
        #expect(throws: ServerError.self) { try TLSMaterial(missing) }
    }
}
