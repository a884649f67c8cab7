import CCurl
import Glibc

/// One request over HTTPS by libcurl, and its whole reply. It blocks, at most for half a minute, and belongs to one thread.
final class HTTPSTransfer {
    struct Reply {
        let status: Int
        let body: [UInt8]
    }

    /// Bytes of a reply at most.
    static let largestReply = 8 << 20

    private let easy: UnsafeMutableRawPointer
    private let authorityFile: String?
    private var failure: CURLcode = CURLE_OK
    private var received: [UInt8] = []

    /// OpenSSL writes to sockets that may be gone: without this a SIGPIPE would end the process.
    private static let isReady: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return curl_global_init(Int(CURL_GLOBAL_SSL)) == CURLE_OK
    }()

    /// - Parameter authorityFile: the only authorities to trust; nil trusts the system's.
    init(authorityFile: String?) throws(ImageError) {
        guard Self.isReady, let easy = curl_easy_init() else { throw .unavailable("libcurl does not start") }
        self.easy = easy
        self.authorityFile = authorityFile
    }

    deinit { curl_easy_cleanup(easy) }

    func get(_ address: String) throws(ImageError) -> Reply {
        prepare(address)
        return try perform()
    }

    func post(_ address: String, _ body: [UInt8], type: String) throws(ImageError) -> Reply {
        prepare(address)
        var headers = curl_slist_append(nil, "Content-Type: \(type)")
        headers = curl_slist_append(headers, "Expect:")
        defer { curl_slist_free_all(headers) }
        note(curl_set_list(easy, CURLOPT_HTTPHEADER, headers))
        note(curl_set_number(easy, CURLOPT_POST, 1))
        note(curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
        body.withUnsafeBytes {
            note(curl_set_memory(easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: $0.baseAddress)))
        }
        return try perform()
    }

    private func prepare(_ address: String) {
        note(curl_set_text(easy, CURLOPT_URL, address))
        note(curl_set_text(easy, CURLOPT_PROTOCOLS_STR, "https"))
        note(curl_set_number(easy, CURLOPT_FOLLOWLOCATION, 0))
        note(curl_set_text(easy, CURLOPT_USERAGENT, "rollcall-server/\(serverVersion)"))
        note(curl_set_number(easy, CURLOPT_SSL_VERIFYPEER, 1))
        note(curl_set_number(easy, CURLOPT_SSL_VERIFYHOST, 2))
        note(curl_set_number(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)))
        if let authorityFile {
            note(curl_set_text(easy, CURLOPT_CAINFO, authorityFile))
            // Or the system's authorities would be trusted beside these.
            note(curl_set_text(easy, CURLOPT_CAPATH, nil))
        }
        note(curl_set_number(easy, CURLOPT_NOSIGNAL, 1))
        note(curl_set_number(easy, CURLOPT_CONNECTTIMEOUT_MS, 10_000))
        note(curl_set_number(easy, CURLOPT_TIMEOUT_MS, 30_000))
        note(curl_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(Self.largestReply)))
        note(curl_set_memory(easy, CURLOPT_WRITEDATA, Unmanaged.passUnretained(self).toOpaque()))
        note(
            curl_set_receiver(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, receiver in
                guard let receiver else { return 0 }
                let transfer = Unmanaged<HTTPSTransfer>.fromOpaque(receiver).takeUnretainedValue()
                return transfer.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
            })
    }

    private func perform() throws(ImageError) -> Reply {
        guard failure == CURLE_OK else { throw unavailable(failure) }
        let code = curl_easy_perform(easy)
        guard code == CURLE_OK else { throw unavailable(code) }
        var status = 0
        curl_get_number(easy, CURLINFO_RESPONSE_CODE, &status)
        return Reply(status: status, body: received)
    }

    /// How many bytes were taken; fewer than there are end the transfer.
    private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard received.count + bytes.count <= Self.largestReply else { return 0 }
        received.append(contentsOf: bytes)
        return bytes.count
    }

    private func note(_ code: CURLcode) {
        if failure == CURLE_OK { failure = code }
    }

    private func unavailable(_ code: CURLcode) -> ImageError {
        .unavailable(String(cString: curl_easy_strerror(code)))
    }
}
