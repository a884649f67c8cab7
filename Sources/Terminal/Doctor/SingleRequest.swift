import CCurl

/// One GET over a connection of its own: no token, no redirect, nothing kept. For the daemon's own endpoint, and to look
/// at the server's certificate.
struct SingleRequest {
    /// Who has to vouch for the other side.
    enum Trust: Equatable {
        /// Plain HTTP, which only the daemon's own endpoint speaks.
        case plain
        /// The authorities of the system, or those of one PEM file alone.
        case authorities(file: String?)
        /// Nobody: only to read a certificate that is refused.
        case anybody
    }

    var url: String
    var trust: Trust
    var bodyLimit: Int
    var connectTime: Duration
    var totalTime: Duration

    struct Outcome {
        /// CURLE_OK for a whole reply, whatever its status.
        var code: CURLcode
        /// libcurl's words for any other code.
        var words: String
        /// OpenSSL's verdict on the certificate.
        var verification: Int
        var status: Int
        var body: [UInt8]
        /// The other side's address; empty without a connection.
        var address: String
        /// What the other side showed, its own certificate first.
        var certificates: [ServerCertificate]
    }

    /// Makes the request and waits for its end.
    func perform() -> Outcome {
        guard CurlLibrary.isReady, let easy = curl_easy_init() else {
            return Outcome(
                code: CURLE_FAILED_INIT, words: "libcurl does not start", verification: 0, status: 0, body: [],
                address: "", certificates: [])
        }
        defer { curl_easy_cleanup(easy) }
        let receiver = Receiver(limit: bodyLimit)
        let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.pointee = 0
        defer { errorText.deallocate() }

        var options = options(for: easy)
        options.set(CURLOPT_ERRORBUFFER, memory: errorText)
        options.set(CURLOPT_WRITEDATA, memory: Unmanaged.passUnretained(receiver).toOpaque())
        options.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, receiver in
            guard let receiver else { return 0 }
            let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Unmanaged<Receiver>.fromOpaque(receiver).takeUnretainedValue().take(piece) ? size * count : 0
        }
        let code = options.failure == CURLE_OK ? curl_easy_perform(easy) : options.failure
        let words = errorText.pointee == 0 ? curl_easy_strerror(code) : UnsafePointer(errorText)

        var status = 0
        var verification = 0
        var address: UnsafeMutablePointer<CChar>?
        curl_get_number(easy, CURLINFO_RESPONSE_CODE, &status)
        curl_get_number(easy, CURLINFO_SSL_VERIFYRESULT, &verification)
        curl_get_text(easy, CURLINFO_PRIMARY_IP, &address)
        return Outcome(
            code: code, words: ForeignText.clean(words.map { String(cString: $0) } ?? "", limit: 160),
            verification: verification, status: status, body: receiver.body,
            address: address.map { String(cString: $0) } ?? "", certificates: ServerCertificate.all(of: easy))
    }

    private func options(for easy: UnsafeMutableRawPointer) -> CurlOptions {
        var options = CurlOptions(easy)
        options.set(CURLOPT_URL, url)
        options.set(CURLOPT_PROTOCOLS_STR, trust == .plain ? "http" : "https")
        options.set(CURLOPT_FOLLOWLOCATION, false)
        // As the daemon connects: directly, whatever the environment says of proxies.
        options.set(CURLOPT_PROXY, "")
        options.set(CURLOPT_NOPROXY, "")
        options.set(CURLOPT_NOSIGNAL, true)
        options.set(CURLOPT_USERAGENT, "rollcallctl/\(terminalVersion)")
        options.set(CURLOPT_CONNECTTIMEOUT_MS, connectTime)
        options.set(CURLOPT_TIMEOUT_MS, totalTime)
        options.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        options.set(CURLOPT_CERTINFO, true)
        options.set(CURLOPT_SSL_VERIFYPEER, trust != .anybody)
        options.set(CURLOPT_SSL_VERIFYHOST, trust == .anybody ? 0 : 2)
        if case .authorities(let file?) = trust {
            options.set(CURLOPT_CAINFO, file)
            options.set(CURLOPT_CAPATH, nil)
        }
        return options
    }
}

/// The body so far. libcurl calls it on the thread of `perform`.
private final class Receiver {
    private let limit: Int
    private(set) var body: [UInt8] = []

    init(limit: Int) { self.limit = limit }

    func take(_ piece: UnsafeRawBufferPointer) -> Bool {
        guard body.count + piece.count <= limit else { return false }
        body.append(contentsOf: piece)
        return true
    }
}
