import CCurl

/// What the doctor wants to know of a certificate.
struct ServerCertificate: Equatable {
    var subject: String
    var issuer: String
    /// Seconds since 1970.
    var validFrom: Int64
    /// Seconds since 1970.
    var validUntil: Int64

    init(subject: String, issuer: String, validFrom: Int64, validUntil: Int64) {
        self.subject = subject
        self.issuer = issuer
        self.validFrom = validFrom
        self.validUntil = validUntil
    }

    /// Reads the lines `Name:value` that libcurl makes of a certificate; nil when the dates are not among them.
    init?(lines: [String]) {
        func value(_ name: String) -> String? {
            lines.first { $0.hasPrefix(name + ":") }.map { String($0.dropFirst(name.count + 1)) }
        }
        guard let start = value("Start date"), let end = value("Expire date") else { return nil }
        let from = curl_getdate(start, nil)
        let until = curl_getdate(end, nil)
        guard from >= 0, until >= 0 else { return nil }
        self.init(
            subject: ForeignText.clean(value("Subject") ?? ""), issuer: ForeignText.clean(value("Issuer") ?? ""),
            validFrom: Int64(from), validUntil: Int64(until))
    }

    /// The chain that the other side of the last transfer showed, its own certificate first.
    static func all(of easy: UnsafeMutableRawPointer) -> [ServerCertificate] {
        var chain: UnsafeMutablePointer<curl_certinfo>?
        guard curl_get_certificates(easy, &chain) == CURLE_OK, let chain else { return [] }
        return (0..<Int(chain.pointee.num_of_certs)).compactMap { index in
            var lines: [String] = []
            var entry = chain.pointee.certinfo[index]
            while let node = entry {
                if let data = node.pointee.data { lines.append(String(cString: data)) }
                entry = node.pointee.next
            }
            return ServerCertificate(lines: lines)
        }
    }
}
