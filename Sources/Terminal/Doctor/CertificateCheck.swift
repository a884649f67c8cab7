import Attendance

/// How long is the server's certificate good for?
struct CertificateCheck {
    /// What the server showed, its own certificate first; empty when it showed nothing.
    var chain: [ServerCertificate]
    var now: Instant

    /// Days before the end from which on somebody has to act.
    static let notice = 30

    var finding: Finding {
        let name = "certificate"
        // A chain is good for as long as its weakest part.
        guard let certificate = chain.min(by: { $0.validUntil < $1.validUntil }) else {
            return .warning(name, "the server showed none", next: "see the row of the server")
        }
        let until = TimeZoneRules.utc.local(of: certificate.validUntil).date
        let owner = certificate.subject.isEmpty ? "the server's" : certificate.subject
        let renew = "renew it on the server, and restart rollcall-server"
        guard certificate.validUntil >= now.seconds else {
            return .failed(name, "\(owner) has expired on \(until) by this machine's clock", next: renew)
        }
        if let early = chain.first(where: { $0.validFrom > now.seconds }) {
            let from = TimeZoneRules.utc.local(of: early.validFrom).date
            return .failed(
                name, "\(early.subject) begins on \(from) only, by this machine's clock",
                next: "see the row of the clock: it is probably in the past")
        }
        let days = (certificate.validUntil - now.seconds) / 86_400
        let found = "\(owner), until \(until): \(days) days left"
        return days < Int64(Self.notice) ? .warning(name, found, next: renew) : .ok(name, found)
    }
}
