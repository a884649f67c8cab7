import Foundation
import Logging
import Testing

@testable import Systemd

@Suite("Secrets")
struct SecretsTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rollcall-\(UUID().uuidString)")
        .path

    private func inFolder(_ body: (Credentials) throws -> Void) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(Credentials(environment: Environment(["CREDENTIALS_DIRECTORY": folder])))
    }

    private func write(_ bytes: [UInt8], _ name: String, mode: Int = 0o400) throws {
        #expect(
            FileManager.default.createFile(
                atPath: folder + "/" + name, contents: Data(bytes), attributes: [.posixPermissions: mode]))
    }

    @Test func aCredentialIsReadWhole() throws {
        try inFolder { credentials in
            let bytes = (0..<4096).map { UInt8(truncatingIfNeeded: $0) }
            try write(bytes, "template-key")
            #expect(try credentials.read("template-key")?.reveal() == bytes)
            #expect(credentials.path("template-key") == folder + "/template-key")
            #expect(try credentials.read("absent") == nil)
            #expect(credentials.path("absent") == nil)
        }
    }

    @Test func withoutSystemdThereAreNone() throws {
        let none = Credentials(environment: Environment([:]))
        #expect(none.directory == nil)
        #expect(try none.read("token") == nil)
    }

    @Test(arguments: [
        "", ".", "..", "../token", "a/b", "/etc/passwd", "a\u{0}", "tökén", ".hidden",
        String(repeating: "a", count: 256),
    ])
    func aNameCannotLeadOutOfTheFolder(_ name: String) throws {
        try inFolder { credentials in
            #expect(throws: SystemdError.credentialName(name)) { try credentials.read(name) }
            #expect(credentials.path(name) == nil)
        }
    }

    @Test func whatIsLargeOrNoFileOrForAllEyesIsRefused() throws {
        try inFolder { credentials in
            try write([UInt8](repeating: 1, count: 4097), "large")
            try write([1], "open", mode: 0o404)
            try FileManager.default.createDirectory(atPath: folder + "/folder", withIntermediateDirectories: false)
            #expect(mkfifo(folder + "/pipe", 0o600) == 0)
            for name in ["large", "open", "folder", "pipe"] {
                let error = #expect(throws: SystemdError.self) { try credentials.read(name) }
                guard case .secretRefused(let path, _)? = error else {
                    Issue.record("\(name): \(String(describing: error))")
                    continue
                }
                #expect(path == folder + "/" + name)
            }
        }
    }

    @Test func aSecretIsNotShown() {
        let secret = Redacted("hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        let logged = Logger.Metadata(dictionaryLiteral: ("token", "\(secret)"))
        for text in [
            "\(secret)", String(reflecting: secret), dumped, "\([secret])", "\(logged)", "\(Optional(secret) as Any)",
        ] {
            #expect(!text.contains("hunter2"))
        }
        #expect(secret.description == "(secret)")
        #expect(secret.reveal() == "hunter2")
    }
}
