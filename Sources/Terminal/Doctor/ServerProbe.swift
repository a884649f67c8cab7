import Attendance
import Capture
import Configuration
import FoundationEssentials
import SyncProtocol

/// Speaks to the central server as the daemon would, and gathers what the checks need.
struct ServerProbe {
    var answer: ServerCheck.Answer
    var chain: [ServerCertificate]
    var token: TokenCheck.Answer
    /// Milliseconds by which the server's clock is ahead; nil when it told no time.
    var serverAhead: Int64?

    private static let healthPath = "/healthz"
    private static let bodyLimit = 64 << 10

    /// - Parameter cursor: of the roster that the daemon has, so that the server has nothing to send.
    init(_ configuration: TerminalConfiguration, cursor: String?) {
        let server = configuration.server
        var request = SingleRequest(
            url: server.url + Self.healthPath, trust: .authorities(file: server.certificateAuthorityFile),
            bodyLimit: Self.bodyLimit, connectTime: server.connectTimeout,
            totalTime: server.connectTimeout + .seconds(10))
        let outcome = request.perform()
        answer = ServerCheck.Answer(outcome, authorityFile: server.certificateAuthorityFile)
        chain = outcome.certificates
        if case .refusedCertificate = answer {
            // Without a token nothing is at stake, and why it is refused can be told.
            request.trust = .anybody
            chain = request.perform().certificates
        }
        token = .notAsked
        if case .replied = answer { (token, serverAhead) = Self.introduce(configuration, cursor: cursor) }
    }

    /// Asks for the roster with the terminal's token: the one request that changes nothing on the server.
    private static func introduce(
        _ configuration: TerminalConfiguration, cursor: String?
    ) -> (TokenCheck.Answer, serverAhead: Int64?) {
        let link: ServerLink
        do {
            link = ServerLink(
                address: try ServerAddress(configuration.server.url), token: try configuration.tokenInUse(),
                authorityFile: configuration.server.certificateAuthorityFile,
                userAgent: "rollcallctl/\(terminalVersion)")
        } catch {
            return (.unreadable("\(error)"), nil)
        }
        do {
            let limits = TransferLimits(connect: configuration.server.connectTimeout, total: .seconds(20))
            let client = try HTTPSClient(link: link, limits: limits, stop: StopSwitch())
            let roster = try ServerConversation(client: client).roster(after: cursor)
            // The server read its clock about half way between the request and the answer.
            let age = BootClock.now - (roster.sent + (roster.answered - roster.sent) / 2)
            let ahead = roster.message.serverTime.advanced(byMilliseconds: age.wholeMilliseconds).milliseconds
            return (.accepted, ahead - ClockReading.now.wall.milliseconds)
        } catch let error as SyncError {
            return (.refused(error), nil)
        } catch {
            return (.unreadable("\(error)"), nil)
        }
    }
}
