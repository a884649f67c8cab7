import CCurl

/// Why the daemon's status could not be had.
public enum StatusClientError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Nobody listens there.
    case notRunning(url: String)
    /// Somebody listens and does not answer in time (libcurl's words).
    case noAnswer(url: String, reason: String)
    /// Somebody answers, and it is not rollcalld's status.
    case notOurs(url: String, reason: String)

    /// One line: what, where, and the next step.
    public var description: String { "\(found); \(nextStep)" }

    /// What is wrong, without the next step.
    public var found: String {
        switch self {
        case .notRunning(let url): "the daemon does not run: nobody listens at \(url)"
        case .noAnswer(let url, let reason): "the daemon does not answer at \(url): \(reason)"
        case .notOurs(let url, let reason): "what answers at \(url) is not rollcalld: \(reason)"
        }
    }

    /// What the operator does next.
    public var nextStep: String {
        switch self {
        case .notRunning: "see: systemctl status rollcalld; journalctl -u rollcalld -n 50"
        case .noAnswer: "see: journalctl -u rollcalld -n 50; then: systemctl restart rollcalld"
        case .notOurs: "compare status.address and status.port of both configurations; see: ss -ltnp"
        }
    }
}

/// Asks the daemon how it is, over its own status endpoint.
public struct StatusClient: Sendable {
    /// The endpoint's `/status`.
    public let url: String

    /// An endless or slow answer costs no more than this.
    static let bodyLimit = 1 << 20
    static let time = Duration.seconds(3)

    /// A client of the endpoint that the configuration names.
    public init(_ endpoint: TerminalConfiguration.Status) {
        // An endpoint on all interfaces is asked where it is nearest.
        let host =
            switch endpoint.address {
            case "0.0.0.0": "127.0.0.1"
            case "::": "::1"
            default: endpoint.address
            }
        url = "http://\(host.contains(":") ? "[\(host)]" : host):\(endpoint.port)/status"
    }

    /// The status, and the JSON as it came.
    public func ask() throws(StatusClientError) -> (status: StatusSnapshot, json: [UInt8]) {
        let outcome = SingleRequest(
            url: url, trust: .plain, bodyLimit: Self.bodyLimit, connectTime: Self.time, totalTime: Self.time
        ).perform()
        switch outcome.code {
        case CURLE_OK: break
        case CURLE_COULDNT_CONNECT: throw .notRunning(url: url)
        case CURLE_WRITE_ERROR: throw .notOurs(url: url, reason: "it answers more than \(Self.bodyLimit) bytes")
        default: throw .noAnswer(url: url, reason: outcome.words)
        }
        guard outcome.status == 200 else { throw .notOurs(url: url, reason: "it answers \(outcome.status)") }
        guard let status = StatusSnapshot.read(json: outcome.body) else {
            throw .notOurs(url: url, reason: "it answers something else than a status of this version")
        }
        return (status, outcome.body)
    }
}
