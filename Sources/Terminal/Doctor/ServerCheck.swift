import CCurl

/// Can the central server be reached, and is it who it says it is?
struct ServerCheck {
    /// What came of a connection.
    enum Answer: Equatable {
        /// An HTTP reply from this address.
        case replied(status: Int, address: String)
        /// No address belongs to the name.
        case unknownName
        /// Libcurl's words.
        case notConnected(String)
        case timedOut(String)
        case refusedCertificate(CertificateProblem)
        case noTLS(String)
        case other(String)

        init(_ outcome: SingleRequest.Outcome, authorityFile: String?) {
            switch outcome.code {
            case CURLE_OK, CURLE_WRITE_ERROR: self = .replied(status: outcome.status, address: outcome.address)
            case CURLE_COULDNT_RESOLVE_HOST: self = .unknownName
            case CURLE_COULDNT_CONNECT: self = .notConnected(outcome.words)
            case CURLE_OPERATION_TIMEDOUT: self = .timedOut(outcome.words)
            case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR:
                self = .refusedCertificate(
                    CertificateProblem(verdict: outcome.verification, detail: outcome.words))
            case CURLE_SSL_CACERT_BADFILE:
                self = .refusedCertificate(AuthorityFile.refusal(of: authorityFile))
            case CURLE_SSL_CONNECT_ERROR: self = .noTLS(outcome.words)
            default: self = .other(outcome.words)
            }
        }
    }

    var url: String
    var answer: Answer

    /// Whether the server may be told the token.
    var isTrusted: Bool {
        if case .replied = answer { true } else { false }
    }

    var finding: Finding {
        let name = "server"
        switch answer {
        case .replied(200, let address):
            return .ok(name, "\(url) answers from \(address), and its certificate is trusted")
        case .replied(let status, let address) where status >= 500:
            return .warning(
                name, "\(url) (\(address)) says that it is not well (\(status))",
                next: "on the server: journalctl -u rollcall-server -n 50")
        case .replied(let status, let address):
            return .failed(
                name, "\(url) (\(address)) is not a rollcall-server: it answers \(status)", next: "correct server.url")
        case .unknownName:
            return .failed(
                name, "no address belongs to the name in \(url)",
                next: "correct server.url, or the name service: resolvectl status; cat /etc/resolv.conf")
        case .notConnected(let words):
            return .failed(
                name, "no connection to \(url): \(words)",
                next: "check the network (ip addr, ping), the port, and that rollcall-server runs there")
        case .timedOut(let words):
            return .failed(
                name, "\(url) does not answer: \(words)", next: "check the network, a firewall, and the server's load")
        case .refusedCertificate(let problem):
            return .failed(name, "\(url) is not trusted, its certificate: \(problem.found)", next: problem.nextStep)
        case .noTLS(let words):
            return .failed(name, "no TLS with \(url): \(words)", next: "correct the port in server.url")
        case .other(let words):
            return .failed(
                name, "\(url): \(words)", next: "correct server.url; on the server: journalctl -u rollcall-server -n 50"
            )
        }
    }
}
