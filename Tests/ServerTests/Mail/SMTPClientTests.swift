import Foundation
import Synchronization
import Systemd
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(10))) struct SMTPClientTests {
    let server: MailServer

    init() async throws { server = try await MailServer() }

    private static let message = Array("Subject: test\r\n\r\n.a dot\r\n..\r\n.\r\nthe end\r\n".utf8)

    /// What became of a letter, and whether it was handed over.
    private struct Outcome: Sendable {
        var error: MailError?
        var isHandedOver = false
    }

    private func send(
        _ settings: MailSettings, to recipients: [String] = ["ada@school.example"],
        password: Redacted<String>? = MailServer.password, limits: SMTPClient.Limits = .init(),
        mayHandOver: Bool = true,
        isStopped: @escaping @Sendable () -> Bool = { false }
    ) async throws -> [Outcome] {
        try await blocking {
            let client = try SMTPClient(settings, password: password, limits: limits, isStopped: isStopped)
            return recipients.map { recipient in
                let handed = Mutex(false)
                var outcome = Outcome()
                do throws(MailError) {
                    try client.send(Self.message, to: recipient) {
                        handed.withLock { $0 = true }
                        return mayHandOver
                    }
                } catch {
                    outcome.error = error
                }
                outcome.isHandedOver = handed.withLock { $0 }
                return outcome
            }
        }
    }

    @Test(arguments: ["starttls", "implicit"]) func lettersGoOverTLSAfterALogin(port: String) async throws {
        let outcomes = try await send(try server.settings(port), to: ["ada@school.example", "bob@school.example"])
        #expect(outcomes.allSatisfy { $0.error == nil && $0.isHandedOver })
        let text = try String(contentsOfFile: server.folder.file("0001.eml"), encoding: .utf8)
        #expect(text.hasSuffix(String(decoding: Self.message, as: UTF8.self)), "lines of dots come through")
        #expect(text.hasPrefix("X-From: rollcall@school.example\r\nX-To: ada@school.example\r\n"))
        #expect(server.count == 2)
        #expect(server.log.filter { $0 == "connection" }.count == 1, "the connection is kept")
    }

    @Test(arguments: ["wrong_starttls", "wrong_implicit"])
    func aCertificateThatIsNotBelievedGetsNothing(port: String) async throws {
        let outcome = try await send(try server.settings(port))[0]
        guard case .certificate = outcome.error else { throw Unexpected(outcome.error) }
        #expect(!outcome.isHandedOver && server.count == 0)
        #expect(!server.log.contains { $0.hasPrefix("login") }, "the password was not shown")
    }

    @Test func theSystemsAuthoritiesDoNotKnowTheTestsOne() async throws {
        var settings = try server.settings()
        settings.authorityFile = nil
        guard case .certificate = try await send(settings)[0].error else { throw Unexpected(nil) }
    }

    @Test func anotherNameThanTheCertificatesIsRefused() async throws {
        var settings = try server.settings()
        // libcurl knows every name under localhost as this machine; the certificate does not.
        settings.host = "other.localhost"
        let outcome = try await send(settings)[0]
        guard case .certificate = outcome.error, !outcome.isHandedOver else { throw Unexpected(outcome.error) }
    }

    @Test func withoutTLSNothingIsSent() async throws {
        let outcome = try await send(try server.settings("plain"))[0]
        guard case .noTLS = outcome.error else { throw Unexpected(outcome.error) }
        #expect(server.count == 0 && !outcome.isHandedOver)
    }

    @Test func aWrongPasswordIsNamedAndNotShown() async throws {
        let error = try await send(try server.settings(), password: Redacted("geheim"))[0].error
        #expect(error == .login(code: 535))
        #expect(error?.description.contains("geheim") == false && error?.concernsAllLetters == true)
        #expect(server.log.contains { $0.hasSuffix("bad") })
        var settings = try server.settings()
        settings.user = nil
        let without = try await send(settings)[0].error
        guard case .sender(530, _) = without else { throw Unexpected(without) }
    }

    @Test func refusalsTellForNowFromForEver() async throws {
        let outcomes = try await send(
            try server.settings(),
            to: ["unknown@a.example", "busy@a.example", "busy@a.example", "spam@a.example", "full@a.example"])
        #expect(outcomes[0].error == .refused(code: 550, "5.1.1 Nobody of that name"))
        #expect(outcomes[0].error?.isPermanent == true && !outcomes[0].isHandedOver)
        #expect(outcomes[1].error == .refused(code: 451, "4.7.1 Greylisted, come again"))
        #expect(outcomes[1].error?.isPermanent == false && outcomes[1].error?.concernsAllLetters == false)
        #expect(outcomes[2].error == nil)
        #expect(outcomes[3].error == .refused(code: 554, "5.7.1 Not wanted") && outcomes[3].isHandedOver)
        #expect(outcomes[4].error == .refused(code: 452, "4.3.1 No space") && outcomes[4].isHandedOver)
        #expect(server.count == 1)
    }

    @Test func aServerThatClosesIsNotTheLettersFault() async throws {
        let outcomes = try await send(try server.settings(), to: ["closing@a.example", "closing@a.example"])
        #expect(outcomes[0].error?.concernsAllLetters == true)
        #expect(outcomes[1].error == nil)
    }

    @Test func aServerThatIsGoneOrSilentIsSaidSo() async throws {
        var gone = try server.settings()
        gone.port = 1
        let outcome = try await send(gone)[0]
        guard case .notReachable = outcome.error, !outcome.isHandedOver else { throw Unexpected(outcome.error) }
        var limits = SMTPClient.Limits()
        limits.connect = .milliseconds(700)
        let slow = try await send(try server.settings("slow"), limits: limits)[0]
        guard case .timedOut = slow.error, !slow.isHandedOver else { throw Unexpected(slow.error) }
    }

    @Test func noReplyAfterTheEndIsAnInterruption() async throws {
        var limits = SMTPClient.Limits()
        limits.reply = .seconds(2)
        limits.total = .seconds(4)
        for recipient in ["drop@a.example", "silent@a.example"] {
            let outcome = try await send(try server.settings(), to: [recipient], limits: limits)[0]
            guard case .interrupted = outcome.error, outcome.isHandedOver else { throw Unexpected(outcome.error) }
        }
        #expect(server.count == 2, "it had taken both")
    }

    @Test func aLetterThatIsKeptBackNeverArrives() async throws {
        let outcomes = try await send(
            try server.settings(), to: ["ada@a.example", "bob@a.example"], mayHandOver: false)
        #expect(outcomes.map(\.error) == [.notRecorded, .notRecorded])
        #expect(server.count == 0)
    }

    @Test func stoppingEndsWhatIsNotHandedOver() async throws {
        let start = ContinuousClock.now
        let stopped = try await send(
            try server.settings("slow"), isStopped: { ContinuousClock.now - start > .seconds(1) })
        #expect(stopped[0].error == .cancelled)
        #expect(ContinuousClock.now - start < .seconds(10))
        // A reply that is on its way is waited for.
        let isHanded = Mutex(false)
        let settings = try server.settings()
        let error = try await blocking { () -> MailError? in
            let client = try SMTPClient(
                settings, password: MailServer.password, isStopped: { isHanded.withLock { $0 } })
            do throws(MailError) {
                try client.send(Self.message, to: "lazy@a.example") {
                    isHanded.withLock { $0 = true }
                    return true
                }
            } catch {
                return error
            }
            return nil
        }
        #expect(error == nil && server.count == 1)
    }
}

/// Another outcome than the test wants.
struct Unexpected: Error {
    let what: String

    init(_ what: (any Error)?) { self.what = what.map { "\($0)" } ?? "nothing" }
}
