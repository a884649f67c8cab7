import FoundationEssentials

/// What is wrong with the server's certificate, each with the operator's next step.
public enum CertificateProblem: Sendable, Equatable, CustomStringConvertible {
    /// Its time is over, or the terminal's clock is ahead (what the clock shows).
    case expired(clock: String)
    /// Its time has not begun: nearly always the terminal's clock is in the past (what the clock shows).
    case notYetValid(clock: String)
    /// Nobody whom the terminal trusts has signed it.
    case unknownIssuer
    /// It was issued for another name.
    case wrongName
    /// The file of the own authority cannot be read, or holds no certificate.
    case authorityFile(path: String, reason: String)
    /// Anything else that OpenSSL refuses (its words).
    case other(String)

    /// Reads OpenSSL's verdict, X509_V_ERR_… of x509_vfy.h, after libcurl has refused a certificate.
    /// - Parameters:
    ///   - verdict: CURLINFO_SSL_VERIFYRESULT.
    ///   - detail: libcurl's words.
    init(verdict: Int, detail: String) {
        switch verdict {
        case 9: self = .notYetValid(clock: Self.clock)
        case 10: self = .expired(clock: Self.clock)
        case 2, 18, 19, 20, 21: self = .unknownIssuer
        // libcurl itself compares the name, after OpenSSL has found nothing wrong.
        case 0, 1, 62, 64: self = .wrongName
        default: self = .other(ForeignText.clean(detail))
        }
    }

    /// What is wrong and the next step, to follow “server's certificate: ”.
    public var description: String { "\(found); \(nextStep)" }

    /// What is wrong, without the next step.
    var found: String {
        switch self {
        case .expired(let clock): "it has expired (this terminal's clock shows \(clock))"
        case .notYetValid(let clock):
            "it is not valid yet, because this terminal's clock is wrong (it shows \(clock)) or it is made for later"
        case .unknownIssuer: "its issuer is unknown"
        case .wrongName: "it is for another name"
        case .authorityFile(let path, let reason): "the authority file \(path): \(reason)"
        case .other(let detail): "it is refused (\(detail))"
        }
    }

    /// What the operator does next.
    var nextStep: String {
        switch self {
        case .expired: "if the clock is right, renew it on the server"
        case .notYetValid: "set the clock, or let NTP set it (timedatectl)"
        case .unknownIssuer: "name the school's authority in server.ca_file, or let the server send its whole chain"
        case .wrongName: "write the name that it is for into server.url, or renew it with this one"
        case .authorityFile: "correct server.ca_file"
        case .other: "renew it on the server with a current key and signature"
        }
    }

    private static var clock: String {
        Date.now.formatted(.iso8601)
    }
}
