import Capture
import Foundation
import SyncProtocol
import Systemd
import TestSupport
import Testing

@testable import Terminal

/// Requests over real TLS against the hostile server.
struct HTTPSClientTests {
    private let fixture: SyncFixture
    private let stop: StopSwitch

    init() throws {
        fixture = try SyncFixture()
        stop = try StopSwitch()
    }

    private func client(_ link: ServerLink, _ limits: TransferLimits = TransferLimits()) throws -> HTTPSClient {
        try HTTPSClient(link: link, limits: limits, stop: stop)
    }

    /// The error of one roster request.
    private func failure(_ link: ServerLink, _ limits: TransferLimits = TransferLimits()) throws -> SyncError? {
        let server = ServerConversation(client: try client(link, limits))
        do throws(SyncError) { _ = try server.roster(after: nil) } catch { return error }
        return nil
    }

    @Test func aRequestCarriesTheTokenAndNothingThatWasNotAskedFor() throws {
        let client = try client(fixture.link("good+headers"))
        for _ in 0..<3 {
            let reply = try client.perform(HTTPSRequest(path: Endpoint.heartbeat, body: Array("{}".utf8)))
            #expect(reply.status == 200 && reply.fields.isJSON)
            #expect(reply.sent <= reply.answered && reply.answered <= BootClock.now)
        }
        let seen = try fixture.server.seen("good+headers")
        #expect(
            Set(seen.headers.keys) == [
                "host", "user-agent", "authorization", "accept", "content-type", "content-length",
            ])
        #expect(seen.headers["authorization"] == "Bearer test-token")
        #expect(seen.connections == 1, "the connection is kept")
    }

    @Test func certificatesAreRefusedEachWithItsReason() throws {
        #expect(try failure(fixture.link(listener: "self_signed")) == .certificate(.unknownIssuer))
        #expect(try failure(fixture.link(listener: "wrong_name")) == .certificate(.wrongName))
        #expect(try failure(fixture.link(host: "127.0.0.1")) == .certificate(.wrongName))
        var link = try fixture.link()
        link.authorityFile = nil
        #expect(try failure(link) == .certificate(.unknownIssuer), "the system does not know our authority")

        guard case .certificate(.expired(let clock)) = try failure(fixture.link(listener: "expired")) else {
            Issue.record("not expired")
            return
        }
        #expect(clock.hasSuffix("Z") && clock.count == 20)
        let early = try failure(fixture.link(listener: "not_yet"))
        guard case .certificate(.notYetValid) = early else {
            Issue.record("\(early as Any) is not “not yet valid”")
            return
        }
        #expect(early?.description.contains("clock is wrong") == true)
    }

    @Test func anAuthorityFileThatIsNoneIsNamed() throws {
        let empty = try fixture.folder.write("empty.pem", [UInt8]())
        for (path, reason) in [
            ("/nonexistent/ca.pem", "there is no such file"), (empty, "it holds no PEM certificate"),
        ] {
            var link = try fixture.link()
            link.authorityFile = path
            #expect(try failure(link) == .certificate(.authorityFile(path: path, reason: reason)))
        }
        let missing = AuthorityFile.refusal(of: "/nonexistent/ca.pem")
        #expect(missing.found == "the authority file /nonexistent/ca.pem: there is no such file")
    }

    @Test func oldTLSIsRefused() throws {
        guard case .noTLS = try failure(fixture.link(listener: "old_tls")) else {
            Issue.record("TLS 1.1 was accepted")
            return
        }
    }

    @Test func whatIsNoTLSIsRefused() throws {
        #expect(try failure(fixture.link(listener: "plain_http"))?.kind == "no_tls")
        #expect(try failure(fixture.link(listener: "closing"))?.kind == "not_reachable")
    }

    @Test func aSilentServerTimesOut() throws {
        let limits = TransferLimits(connect: .milliseconds(300))
        #expect(try failure(fixture.link(listener: "mute"), limits)?.kind == "timed_out")
        #expect(try failure(fixture.link("silent"), TransferLimits(total: .milliseconds(300)))?.kind == "timed_out")
    }

    @Test func nobodyThereIsNotReachable() throws {
        var link = try fixture.link()
        link.address = try ServerAddress("https://127.0.0.1:1")
        #expect(try failure(link)?.kind == "not_reachable")
    }

    @Test func aProxyIsUsedWhenConfigured() throws {
        var link = try fixture.link("good+proxy")
        link.proxy = try fixture.server.address("plain_http").replacingOccurrences(of: "https:", with: "http:")
        #expect(try failure(link)?.kind == "not_reachable", "that proxy refuses")
        #expect(try fixture.server.seen("good+proxy").requests.isEmpty)
    }

    @Test func redirectsAreNotFollowed() throws {
        #expect(
            try failure(fixture.link("redirect_http")) == .redirected(302, to: "http://localhost:1/steal"))
        #expect(try failure(fixture.link("redirect_https"))?.kind == "redirected")
        #expect(try fixture.server.seen("stolen").requests.isEmpty)
    }

    @Test func statusesAreTyped() throws {
        #expect(try failure(fixture.link("status_401")) == .unauthorised("Unknown token"))
        #expect(try failure(fixture.link("status_403")) == .forbidden("Terminal disabled"))
        #expect(try failure(fixture.link("status_404")) == .notFound(nil), "100,000 brackets are no title")
        #expect(try failure(fixture.link("status_410")) == .gone("Terminal removed"))
        #expect(try failure(fixture.link("status_413")) == .refused(413, "Too large"))
        #expect(try failure(fixture.link("status_500")) == .serverError(500, retryAfter: nil, nil))
        #expect(try failure(fixture.link("status_204")) == .badReply("status 204"))
        #expect(try failure(fixture.link("status_304"))?.kind == "bad_reply", "nobody asked whether it changed")
    }

    @Test func titlesAreOneShortLine() throws {
        guard case .serverError(500, _, let title?) = try failure(fixture.link("status_500_huge_title")) else {
            Issue.record("no title")
            return
        }
        #expect(title == String(repeating: "a", count: 120) + "…")
        #expect(try failure(fixture.link("busy"))?.description.contains("\u{1B}") == false)
    }

    @Test func retryAfterIsReadInBothForms() throws {
        #expect(try failure(fixture.link("busy"))?.retryAfter == .seconds(7))
        #expect(try failure(fixture.link("busy_date"))?.retryAfter == .seconds(30))
    }

    @Test func aBodyOfOneByteTooManyIsRefusedAndOneOfTheLimitIsNot() throws {
        let client = try client(fixture.link("too_large"))
        let size = 8 * 1024 * 1024 + 1
        #expect(throws: SyncError.tooLarge("body of more than \(size - 1) bytes")) {
            _ = try client.perform(HTTPSRequest(path: Endpoint.roster, bodyLimit: size - 1))
        }
        #expect(try client.perform(HTTPSRequest(path: Endpoint.roster, bodyLimit: size)).body.count == size)
    }

    @Test func theStopSwitchEndsARequestThatWaits() throws {
        let stop = stop
        let thread = try WorkerThread(name: "stopper") {
            _ = eventually { (try? HostileServer.shared.get().seen("silent+stop").requests.isEmpty) == false }
            stop.throwIt()
        }
        // Without the switch it would end after its total time, with another error.
        #expect(try failure(fixture.link("silent+stop")) == .cancelled)
        thread.join()
        #expect(try failure(fixture.link("good+stopped")) == .cancelled, "nothing begins after the stop")
    }

    @Test func theLastMomentBoundsARequestAfterTheStop() throws {
        let client = try client(fixture.link("silent"))
        stop.throwIt()
        client.lastMoment = BootClock.now + .milliseconds(300)
        #expect(throws: SyncError.self) { _ = try client.perform(HTTPSRequest(path: Endpoint.roster)) }

        let other = try self.client(fixture.link("good"))
        other.lastMoment = BootClock.now + .seconds(30)
        #expect(try other.perform(HTTPSRequest(path: Endpoint.roster)).status == 200)
    }
}
