import SyncProtocol

/// Why the terminal and the central server did not agree. No mark is lost by any of them.
public enum SyncError: Error, CustomStringConvertible, Sendable, Equatable {
    /// The configured address is not one (the address or its host, why).
    case badAddress(String, String)
    /// The configured token cannot be a token.
    case badToken
    /// No connection, or it broke (libcurl's words).
    case notReachable(String)
    /// The server was too slow to connect, answer, or finish (libcurl's words).
    case timedOut(String)
    /// The server's certificate is refused.
    case certificate(CertificateProblem)
    /// Server and terminal found no TLS in common (libcurl's words).
    case noTLS(String)
    /// 401 (title of the problem document).
    case unauthorised(String?)
    /// 403 (title).
    case forbidden(String?)
    /// 404 (title).
    case notFound(String?)
    /// 410 (title).
    case gone(String?)
    /// Any other 4xx (status, title).
    case refused(Int, String?)
    /// 429 (how long the server wants to be left alone, title).
    case tooManyRequests(retryAfter: Duration?, String?)
    /// 5xx (status, how long the server wants to be left alone, title).
    case serverError(Int, retryAfter: Duration?, String?)
    /// 3xx (status, where to). Never followed: it would take the token elsewhere.
    case redirected(Int, to: String?)
    /// The reply is larger than it may be (of what, and how large that may be).
    case tooLarge(String)
    /// The reply is not HTTP as it is agreed (what is wrong).
    case badReply(String)
    /// A message cannot be sent or read.
    case badMessage(SyncProtocolError)
    /// The terminal's own outbox or roster failed (its error).
    case storage(String)
    /// The terminal stops.
    case cancelled

    /// What, where and the next step, in one line.
    public var description: String {
        switch self {
        case .badAddress(let address, let reason):
            "server address \(address): \(reason); write server.url as https://host[:port]"
        case .badToken:
            "the terminal's token is empty or damaged; write what `rollcall-server terminal renew` prints to server.token_file"
        case .notReachable(let detail):
            "server not reachable: \(detail); check the network, server.url and that rollcall-server runs"
        case .timedOut(let detail):
            "server too slow: \(detail); check the network and the server's load"
        case .certificate(let problem):
            "server's certificate: \(problem)"
        case .noTLS(let detail):
            "no TLS 1.2 or newer with the server: \(detail); check the port in server.url and the server's TLS settings"
        case .unauthorised(let title):
            "token refused (401)\(Self.quote(title)); make a new one with `rollcall-server terminal renew`"
        case .forbidden(let title):
            "not allowed (403)\(Self.quote(title)); check this terminal's state on the server"
        case .notFound(let title):
            "no such service (404)\(Self.quote(title)); check server.url and the server's version"
        case .gone(let title):
            "terminal removed from the server (410)\(Self.quote(title)); register it again or switch it off"
        case .refused(let status, let title):
            "request refused (\(status))\(Self.quote(title)); check that server and terminal have matching versions"
        case .tooManyRequests(_, let title):
            "server asks for patience (429)\(Self.quote(title)); it is tried again, check the server's load if it stays"
        case .serverError(let status, _, let title):
            "server error (\(status))\(Self.quote(title)); look into the server's journal"
        case .redirected(let status, let target):
            "server redirects (\(status))\(Self.quote(target)); write the final https address into server.url"
        case .tooLarge(let what):
            "reply too large: \(what); check that server.url is a rollcall-server"
        case .badReply(let reason):
            "reply not understood: \(reason); check that server.url is a rollcall-server of a matching version"
        case .badMessage(let error):
            "\(error)"
        case .storage(let reason):
            "sync stopped by the terminal's own storage: \(reason)"
        case .cancelled:
            "sync cancelled because the terminal stops; marks wait in the outbox"
        }
    }

    /// One word for logs and metrics; the same for every instance of a case.
    public var kind: String {
        switch self {
        case .badAddress: "bad_address"
        case .badToken: "bad_token"
        case .notReachable: "not_reachable"
        case .timedOut: "timed_out"
        case .certificate: "certificate"
        case .noTLS: "no_tls"
        case .unauthorised: "unauthorised"
        case .forbidden: "forbidden"
        case .notFound: "not_found"
        case .gone: "gone"
        case .refused: "refused"
        case .tooManyRequests: "too_many_requests"
        case .serverError: "server_error"
        case .redirected: "redirected"
        case .tooLarge: "too_large"
        case .badReply: "bad_reply"
        case .badMessage: "bad_message"
        case .storage: "storage"
        case .cancelled: "cancelled"
        }
    }

    /// How long the server asked to be left alone.
    var retryAfter: Duration? {
        switch self {
        case .tooManyRequests(let wait, _), .serverError(_, let wait, _): wait
        default: nil
        }
    }

    private static func quote(_ text: String?) -> String {
        text.map { ": “\($0)”" } ?? ""
    }
}

extension SyncError {
    /// A failure of the terminal's own storage in the words of the sync.
    static func storing<R, Failure: Error & CustomStringConvertible>(
        _ body: () throws(Failure) -> R
    ) throws(SyncError) -> R {
        do throws(Failure) { return try body() } catch { throw .storage("\(error)") }
    }
}
