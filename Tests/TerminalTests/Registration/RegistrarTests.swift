import Configuration
import Foundation
import SyncProtocol
import TestSupport
import Testing

@testable import Terminal

/// Registration over real TLS.
struct RegistrarTests {
    private let folder: TemporaryFolder
    private let server: HostileServer

    init() throws {
        folder = try TemporaryFolder()
        server = try HostileServer.shared.get()
    }

    private func registrar(_ name: String, tokenFile: String? = nil, trusts: Bool = true) throws -> Registrar {
        let text = """
            [server]
            url = "https://localhost"
            \(trusts ? "ca_file = \"\(server.authority)\"" : "")
            token_file = "\(tokenFile ?? folder.file("token"))"
            """
        var configuration = try TerminalConfiguration(TomlDocument(bytes: Array(text.utf8), file: "terminal.toml"))
        // The names of the hostile server's cases are no addresses that a configuration may have.
        configuration.server.url = "\(try server.address())/\(name)"
        return Registrar(configuration)
    }

    private func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder.file(name))[.posixPermissions] as? Int
    }

    private var left: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] }

    @Test func aCodeBecomesATokenFile() throws {
        #expect(try registrar("registering+once").register(code: "rcg_right-code") == "north door")
        #expect(try String(contentsOfFile: folder.file("token"), encoding: .utf8) == "rct_token-of-this-terminal\n")
        #expect(try mode("token") == 0o600)
        #expect(left == ["token"], "no draft is left")
        let seen = try server.seen("registering+once")
        #expect(seen.requests == ["register": 1] && seen.headers["authorization"] == nil)
        #expect(throws: RegistrationError.codeRefused) {
            try registrar("registering+once").register(code: "rcg_right-code")
        }
        #expect(try String(contentsOfFile: folder.file("token"), encoding: .utf8) == "rct_token-of-this-terminal\n")
    }

    @Test func anOldTokenIsReplaced() throws {
        try folder.write("token", "an old token, open to everybody")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.file("token"))
        _ = try registrar("registering+replace").register(code: "rcg_right-code")
        #expect(try String(contentsOfFile: folder.file("token"), encoding: .utf8) == "rct_token-of-this-terminal\n")
        #expect(try mode("token") == 0o600)
    }

    @Test func aWrongCodeChangesNothing() throws {
        let error = #expect(throws: RegistrationError.codeRefused) {
            try registrar("registering+wrong").register(code: "rcg_wrong")
        }
        #expect(error?.description.contains("terminal renew NAME --code") == true)
        #expect(left.isEmpty)
    }

    @Test(arguments: ["", "two words", "a\r\nX-Evil: 1", String(repeating: "x", count: 201)])
    func whatCannotBeACodeIsNotSent(code: String) throws {
        #expect(throws: RegistrationError.badCode) { try registrar("registering+bad").register(code: code) }
        #expect(try server.seen("registering+bad").requests.isEmpty)
    }

    @Test func theCodeIsNotUsedWhereTheTokenHasNoPlace() throws {
        try FileManager.default.createDirectory(atPath: folder.file("folder"), withIntermediateDirectories: true)
        for path in [folder.file("nowhere/token"), folder.file("folder")] {
            let error = #expect(throws: RegistrationError.self) {
                try registrar("registering+place", tokenFile: path).register(code: "rcg_right-code")
            }
            #expect(error?.description.contains(path) == true && error?.description.contains("still good") == true)
        }
        #expect(try server.seen("registering+place").requests.isEmpty)
    }

    @Test(arguments: ["registering_badly", "status_500", "garbage", "endless_body", "redirect_https"])
    func aServerThatAnswersWrongGivesNoToken(behaviour: String) throws {
        #expect(throws: RegistrationError.self) {
            try registrar("\(behaviour)+registrar").register(code: "rcg_right-code")
        }
        #expect(left.isEmpty)
    }

    @Test func aServerThatIsNotTrustedSeesNoCode() throws {
        let error = #expect(throws: RegistrationError.self) {
            try registrar("registering+trust", trusts: false).register(code: "rcg_right-code")
        }
        #expect(error == .notGranted(.certificate(.unknownIssuer)))
        #expect(try server.seen("registering+trust").requests.isEmpty)
    }
}
