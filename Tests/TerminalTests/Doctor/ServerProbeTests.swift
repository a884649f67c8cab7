import Attendance
import Configuration
import FoundationEssentials
import TestSupport
import Testing

@testable import Terminal

/// The doctor's connection to a real server over real TLS, and what it must not do there.
@Suite struct ServerProbeTests {
    private let folder: TemporaryFolder
    private let server: HostileServer

    init() throws {
        folder = try TemporaryFolder()
        server = try HostileServer.shared.get()
    }

    private func probe(
        _ name: String, listener: String = "good", trustsAuthority: Bool = true,
        token: String? = "test-token-of-16-letters"
    ) throws -> ServerProbe {
        if let token { try folder.write("token", token) }
        let text = """
            [server]
            url = "https://localhost"
            \(trustsAuthority ? "ca_file = \"\(server.authority)\"" : "")
            token_file = "\(folder.file("token"))"
            connect_timeout = 1
            """
        var configuration = try TerminalConfiguration(TomlDocument(bytes: Array(text.utf8), file: "terminal.toml"))
        // The names of the hostile server's cases are no addresses that a configuration may have.
        configuration.server.url = "\(try server.address(listener))/\(name)"
        return ServerProbe(configuration, cursor: nil)
    }

    @Test func aGoodServerIsFineInEveryRow() throws {
        let probe = try probe("good+doctor")
        #expect(probe.answer == .replied(status: 200, address: "127.0.0.1"))
        #expect(probe.chain.first?.subject.contains("localhost") == true)
        #expect(CertificateCheck(chain: probe.chain, now: ClockReading.now.wall).finding.verdict == .ok)
        #expect(probe.token == .accepted)
        // Both clocks are this machine's.
        #expect(abs(try #require(probe.serverAhead)) < 5000)
    }

    @Test func nothingIsChangedOnTheServer() throws {
        _ = try probe("good+doctor-reads")
        #expect(Set(try server.seen("good+doctor-reads").requests.keys) == ["healthz", "roster"])
    }

    @Test(arguments: ["status_401", "status_403", "status_410", "status_500", "garbage", "not_json", "endless_body"])
    func aRefusalOfTheTokenIsNoFaultOfTheConnection(behaviour: String) throws {
        let probe = try probe("\(behaviour)@roster+doctor")
        #expect(probe.answer == .replied(status: 200, address: "127.0.0.1"))
        guard case .refused = probe.token else {
            Issue.record("\(probe.token)")
            return
        }
        #expect(TokenCheck(answer: probe.token, daemon: nil).finding.verdict == .failed)
        #expect(probe.serverAhead == nil)
    }

    @Test(arguments: ["expired", "not_yet", "wrong_name", "self_signed"])
    func aCertificateThatIsRefusedIsStillShownAndSeesNoToken(listener: String) throws {
        let name = "good+doctor-\(listener)"
        let probe = try probe(name, listener: listener)
        guard case .refusedCertificate = probe.answer else {
            Issue.record("\(probe.answer)")
            return
        }
        #expect(probe.token == .notAsked)
        #expect(probe.chain.count >= 1)
        #expect(try server.seen(name).headers["authorization"] == nil)
        if listener == "expired" || listener == "not_yet" {
            #expect(CertificateCheck(chain: probe.chain, now: ClockReading.now.wall).finding.verdict == .failed)
        }
    }

    @Test func withoutTheOwnAuthorityTheIssuerIsUnknown() throws {
        #expect(try probe("good+doctor-ca", trustsAuthority: false).answer == .refusedCertificate(.unknownIssuer))
    }

    @Test(arguments: ["plain_http", "closing", "old_tls"])
    func whatIsNotTLSIsNotTrusted(listener: String) throws {
        let probe = try probe("good", listener: listener)
        #expect(ServerCheck(url: "", answer: probe.answer).finding.verdict == .failed)
        #expect(!ServerCheck(url: "", answer: probe.answer).isTrusted)
        #expect(probe.token == .notAsked)
    }

    @Test func aServerThatSaysNothingTimesOut() throws {
        guard case .timedOut = try probe("good", listener: "mute").answer else {
            Issue.record("no time-out")
            return
        }
    }

    @Test func aMissingTokenIsSaidAndTheConnectionIsStillTried() throws {
        let probe = try probe("good+doctor-no-token", token: nil)
        #expect(probe.answer == .replied(status: 200, address: "127.0.0.1"))
        guard case .unreadable = probe.token else {
            Issue.record("\(probe.token)")
            return
        }
    }
}
