import CCurl
import Capture

/// HTTPS requests to the central server, one at a time over one connection that is kept. It belongs to one thread.
final class HTTPSClient {
    private let link: ServerLink
    private let limits: TransferLimits
    private let stop: StopSwitch
    private let onProgress: () -> Void
    private let easy: UnsafeMutableRawPointer
    private let multi: UnsafeMutableRawPointer
    /// libcurl's words on what went wrong.
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    /// Goes with every request.
    var token: BearerToken?

    /// When set, the stop switch no longer counts and no request lasts longer than until then, on the boot clock.
    var lastMoment: Duration?

    /// - Parameter onProgress: called at least once a second while a request is under way.
    /// - Throws: `SyncError.notReachable` when libcurl cannot be set up.
    init(
        link: ServerLink, limits: TransferLimits, stop: StopSwitch, onProgress: @escaping () -> Void = {}
    ) throws(SyncError) {
        guard CurlLibrary.isReady, let easy = curl_easy_init() else {
            throw .notReachable("libcurl does not start; check its installation")
        }
        guard let multi = curl_multi_init() else {
            curl_easy_cleanup(easy)
            throw .notReachable("libcurl does not start; check its installation")
        }
        self.link = link
        token = link.token
        self.limits = limits
        self.stop = stop
        self.onProgress = onProgress
        self.easy = easy
        self.multi = multi
        curl_keep_connections(multi, 1)
    }

    deinit {
        curl_multi_cleanup(multi)
        curl_easy_cleanup(easy)
        errorText.deallocate()
    }

    /// Sends one request and waits for its whole reply, whatever its status. Nothing is followed and nothing repeated.
    func perform(_ request: HTTPSRequest) throws(SyncError) -> HTTPSReply {
        let reception = Reception(
            limits: limits, bodyLimit: request.bodyLimit, isCancelled: { [unowned self] in isCancelled })
        let headers = requestHeaders(of: request)
        defer { curl_slist_free_all(headers) }
        try prepare(request, headers: headers, reception: reception)

        let start = BootClock.now
        curl_multi_add_handle(multi, easy)
        // Aborts the transfer where it is still under way.
        defer { curl_multi_remove_handle(multi, easy) }
        let code = try drive()

        var status = 0
        curl_get_number(easy, CURLINFO_RESPONSE_CODE, &status)
        if code != CURLE_OK {
            let failure = reception.failure ?? failure(of: code, bodyLimit: request.bodyLimit)
            // A refusal is one, however long the page that explains it.
            guard case .tooLarge = failure, (300...599).contains(status) else { throw failure }
        }
        var sent: curl_off_t = 0
        var answered: curl_off_t = 0
        curl_get_offset(easy, CURLINFO_PRETRANSFER_TIME_T, &sent)
        curl_get_offset(easy, CURLINFO_STARTTRANSFER_TIME_T, &answered)
        return HTTPSReply(
            status: status, fields: reception.fields, body: reception.finish(),
            sent: start + .microseconds(sent), answered: start + .microseconds(answered))
    }

    /// True when the request under way has to end now.
    private var isCancelled: Bool {
        if let lastMoment { BootClock.now >= lastMoment } else { stop.isThrown }
    }

    private func requestHeaders(of request: HTTPSRequest) -> UnsafeMutablePointer<curl_slist>? {
        var list = curl_slist_append(nil, "Accept: application/json")
        if let token { list = curl_slist_append(list, "Authorization: Bearer \(token.value.reveal())") }
        if let tag = request.unless { list = curl_slist_append(list, "If-None-Match: \(tag.text)") }
        if request.body != nil {
            list = curl_slist_append(list, "Content-Type: application/json")
            // No second round trip to ask whether the body is welcome.
            list = curl_slist_append(list, "Expect:")
        }
        return list
    }

    private func prepare(
        _ request: HTTPSRequest, headers: UnsafeMutablePointer<curl_slist>?, reception: Reception
    ) throws(SyncError) {
        curl_easy_reset(easy)
        errorText.pointee = 0
        var options = CurlOptions(easy)
        options.set(CURLOPT_URL, link.address.text + request.path)
        options.set(CURLOPT_PROTOCOLS_STR, "https")
        options.set(CURLOPT_FOLLOWLOCATION, false)
        options.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        options.set(CURLOPT_USERAGENT, link.userAgent)
        options.set(CURLOPT_HTTPHEADER, list: headers)
        if let body = request.body {
            options.set(CURLOPT_POST, true)
            options.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
            body.withUnsafeBytes {
                options.set(CURLOPT_COPYPOSTFIELDS, memory: UnsafeMutableRawPointer(mutating: $0.baseAddress))
            }
        }
        // An empty proxy and an empty exception list keep libcurl from reading the environment.
        options.set(CURLOPT_PROXY, link.proxy ?? "")
        options.set(CURLOPT_NOPROXY, "")

        options.set(CURLOPT_SSL_VERIFYPEER, true)
        options.set(CURLOPT_SSL_VERIFYHOST, 2)
        options.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let file = link.authorityFile {
            options.set(CURLOPT_CAINFO, file)
            // Or the system's authorities would be trusted beside the own one.
            options.set(CURLOPT_CAPATH, nil)
        }

        options.set(CURLOPT_NOSIGNAL, true)
        // A name server that does not answer must not hold up the end of a request.
        options.set(CURLOPT_QUICK_EXIT, true)
        options.set(CURLOPT_TCP_KEEPALIVE, true)
        options.set(CURLOPT_CONNECTTIMEOUT_MS, limits.connect)
        options.set(CURLOPT_TIMEOUT_MS, lastMoment.map { min(limits.total, $0 - BootClock.now) } ?? limits.total)
        options.set(CURLOPT_LOW_SPEED_LIMIT, limits.stallRate)
        options.set(CURLOPT_LOW_SPEED_TIME, max(1, Int(limits.stallTime.components.seconds)))
        options.set(CURLOPT_MAXFILESIZE_LARGE, offset: request.bodyLimit)
        options.set(CURLOPT_ERRORBUFFER, memory: errorText)

        let receiver = Unmanaged.passUnretained(reception).toOpaque()
        options.set(CURLOPT_WRITEDATA, memory: receiver)
        options.set(CURLOPT_HEADERDATA, memory: receiver)
        options.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, receiver in
            HTTPSClient.hand(bytes, size * count, to: receiver, Reception.takeBody)
        }
        options.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, receiver in
            HTTPSClient.hand(bytes, size * count, to: receiver, Reception.takeHeader)
        }
        guard options.failure == CURLE_OK else {
            throw .notReachable("libcurl refuses an option: \(String(cString: curl_easy_strerror(options.failure)))")
        }
    }

    /// What a callback has to return: the number of bytes taken, or fewer to end the transfer.
    private static func hand(
        _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, to receiver: UnsafeMutableRawPointer?,
        _ take: (Reception) -> (UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let receiver else { return 0 }
        let reception = Unmanaged<Reception>.fromOpaque(receiver).takeUnretainedValue()
        return take(reception)(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : -1
    }

    /// Moves the transfer on until it ends by itself or is cancelled.
    private func drive() throws(SyncError) -> CURLcode {
        var running: Int32 = 0
        while true {
            let code = curl_multi_perform(multi, &running)
            guard code == CURLM_OK else { throw .notReachable(String(cString: curl_multi_strerror(code))) }
            onProgress()
            guard running > 0 else { break }
            guard !isCancelled else { throw .cancelled }
            // Once cancelling no longer counts, its signal, never taken, would end every wait.
            var extra = curl_waitfd(fd: stop.signal.descriptor, events: Int16(CURL_WAIT_POLLIN), revents: 0)
            curl_multi_poll(multi, &extra, lastMoment == nil ? 1 : 0, 1000, nil)
        }
        let code = curl_ended(multi)
        return code >= 0 ? CURLcode(UInt32(code)) : CURLE_RECV_ERROR
    }

    /// libcurl's result in the terminal's words.
    private func failure(of code: CURLcode, bodyLimit: Int) -> SyncError {
        let words = String(cString: errorText.pointee == 0 ? curl_easy_strerror(code) : UnsafePointer(errorText))
        let detail = ForeignText.clean(words, limit: 160)
        switch code {
        case CURLE_OPERATION_TIMEDOUT:
            return .timedOut(detail)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR:
            var verdict = 0
            curl_get_number(easy, CURLINFO_SSL_VERIFYRESULT, &verdict)
            return .certificate(CertificateProblem(verdict: verdict, detail: detail))
        case CURLE_SSL_CACERT_BADFILE:
            return .certificate(AuthorityFile.refusal(of: link.authorityFile))
        case CURLE_SSL_CONNECT_ERROR:
            // OpenSSL names a broken connection a system call's failure.
            return detail.contains("SYSCALL") || detail.contains("reset") ? .notReachable(detail) : .noTLS(detail)
        case CURLE_FILESIZE_EXCEEDED:
            return .tooLarge("body of more than \(bodyLimit) bytes")
        // libcurl's answer to one header line of more than 100 KB, which is never a lack of memory here.
        case CURLE_OUT_OF_MEMORY:
            return .tooLarge("headers of more than \(limits.headerBytes) bytes or \(limits.headerLines) lines")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_SEND_ERROR,
            CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_INTERFACE_FAILED, CURLE_PROXY:
            return .notReachable(detail)
        default:
            return .badReply(detail)
        }
    }
}
