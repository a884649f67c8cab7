import CCurl
import Glibc
import Systemd

/// Sends letters to one mail server over TLS, one at a time over a connection that is kept for a while. It belongs to one
/// thread, and blocks it.
final class SMTPClient {
    /// How long things may take.
    struct Limits: Sendable {
        /// Until the connection stands, TLS included.
        var connect = Duration.seconds(20)
        /// For each reply.
        var reply = Duration.seconds(60)
        /// For one letter, the connection included. A letter's claim has to last longer.
        var total = Duration.seconds(180)
    }

    private let settings: MailSettings
    private let password: Redacted<String>?
    private let limits: Limits
    private let isStopped: @Sendable () -> Bool
    private let easy: UnsafeMutableRawPointer
    /// libcurl's words on what went wrong.
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    /// - Parameter isStopped: asked about once a second; true ends what is not handed over yet.
    init(
        _ settings: MailSettings, password: Redacted<String>?, limits: Limits = Limits(),
        isStopped: @escaping @Sendable () -> Bool = { false }
    ) throws(MailError) {
        guard Self.isLibraryReady, let easy = curl_easy_init() else { throw .setup("it does not start") }
        self.settings = settings
        self.password = password
        self.limits = limits
        self.isStopped = isStopped
        self.easy = easy
    }

    deinit {
        curl_easy_cleanup(easy)
        errorText.deallocate()
    }

    /// OpenSSL writes to sockets that may be gone: without this a SIGPIPE would end the process.
    private static let isLibraryReady: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return curl_global_init(Int(CURL_GLOBAL_SSL)) == CURLE_OK
    }()

    /// Sends one letter and waits until the server has taken it.
    /// - Parameters:
    ///   - recipient: an address that `EmailAddress` has checked.
    ///   - handOver: called once, right before the letter's end is given away; false keeps the letter back.
    /// - Throws: `.interrupted` where nobody knows whether the letter was taken. After every other error it was not.
    func send(_ message: [UInt8], to recipient: String, handOver: @escaping () -> Bool) throws(MailError) {
        let transmission = SMTPTransmission(message, isStopped: isStopped, handOver: handOver)
        let recipients = curl_slist_append(nil, "<\(recipient)>")
        defer { curl_slist_free_all(recipients) }
        try prepare(message.count, recipients, transmission)
        let code = curl_easy_perform(easy)
        guard code != CURLE_OK else { return }
        throw withExtendedLifetime(transmission) { failure(of: code, transmission) }
    }

    private func prepare(
        _ size: Int, _ recipients: UnsafeMutablePointer<curl_slist>?, _ transmission: SMTPTransmission
    ) throws(MailError) {
        curl_easy_reset(easy)
        errorText.pointee = 0
        let receiver = Unmanaged.passUnretained(transmission).toOpaque()
        var codes = [
            curl_set_text(easy, CURLOPT_URL, settings.url),
            curl_set_text(easy, CURLOPT_PROTOCOLS_STR, settings.security.rawValue),
            curl_set_text(easy, CURLOPT_MAIL_FROM, "<\(settings.from)>"),
            curl_set_list(easy, CURLOPT_MAIL_RCPT, recipients),
            curl_set_number(easy, CURLOPT_UPLOAD, 1),
            curl_set_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(size)),
            // An empty proxy and an empty exception list keep libcurl from reading the environment.
            curl_set_text(easy, CURLOPT_PROXY, ""),
            curl_set_text(easy, CURLOPT_NOPROXY, ""),
            curl_set_number(easy, CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue)),

            // Without TLS nothing is sent, whatever the server says.
            curl_set_number(easy, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)),
            curl_set_number(easy, CURLOPT_SSL_VERIFYPEER, 1),
            curl_set_number(easy, CURLOPT_SSL_VERIFYHOST, 2),
            curl_set_number(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),

            curl_set_number(easy, CURLOPT_NOSIGNAL, 1),
            curl_set_number(easy, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(limits.connect)),
            curl_set_number(
                easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, Int(limits.reply.components.seconds))),
            curl_set_number(easy, CURLOPT_TIMEOUT_MS, Self.milliseconds(limits.total)),
            // Mail servers hang up on who says nothing for a while.
            curl_set_number(easy, CURLOPT_MAXAGE_CONN, 20),
            curl_set_memory(easy, CURLOPT_ERRORBUFFER, errorText),

            curl_set_memory(easy, CURLOPT_READDATA, receiver),
            curl_set_memory(easy, CURLOPT_HEADERDATA, receiver),
            curl_set_memory(easy, CURLOPT_WRITEDATA, receiver),
            curl_set_memory(easy, CURLOPT_XFERINFODATA, receiver),
            curl_set_number(easy, CURLOPT_NOPROGRESS, 0),
        ]
        if let user = settings.user {
            codes.append(curl_set_text(easy, CURLOPT_USERNAME, user))
            codes.append(curl_set_text(easy, CURLOPT_PASSWORD, password?.reveal() ?? ""))
        }
        if let file = settings.authorityFile {
            codes.append(curl_set_text(easy, CURLOPT_CAINFO, file))
            // Or the system's authorities would be trusted beside the own one.
            codes.append(curl_set_text(easy, CURLOPT_CAPATH, nil))
        }
        codes += setCallbacks()
        guard let failed = codes.first(where: { $0 != CURLE_OK }) else { return }
        throw .setup("it refuses an option: \(String(cString: curl_easy_strerror(failed)))")
    }

    private func setCallbacks() -> [CURLcode] {
        [
            curl_set_supplier(easy, CURLOPT_READFUNCTION) { bytes, size, count, receiver in
                guard let receiver else { return Int(CURL_READFUNC_ABORT) }
                let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
                return Unmanaged<SMTPTransmission>.fromOpaque(receiver).takeUnretainedValue().give(into: buffer)
            },
            curl_set_receiver(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, receiver in
                guard let receiver else { return 0 }
                Unmanaged<SMTPTransmission>.fromOpaque(receiver).takeUnretainedValue()
                    .take(line: UnsafeRawBufferPointer(start: bytes, count: size * count))
                return size * count
            },
            // Nothing but replies comes back.
            curl_set_receiver(easy, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count },
            curl_set_watcher(easy, CURLOPT_XFERINFOFUNCTION) { receiver, _, _, _, _ in
                guard let receiver else { return 1 }
                return Unmanaged<SMTPTransmission>.fromOpaque(receiver).takeUnretainedValue().isCancelled ? 1 : 0
            },
        ]
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        Int(duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000)
    }

    /// libcurl's result in the words of mail.
    private func failure(of code: CURLcode, _ transmission: SMTPTransmission) -> MailError {
        let said = String(cString: errorText.pointee == 0 ? curl_easy_strerror(code) : UnsafePointer(errorText))
        let detail = MailError.clean(said)
        let reply = transmission.reply
        if transmission.isHandedOver {
            guard transmission.isAnswered, let reply, reply.code >= 400 else { return .interrupted(detail) }
            return .refused(code: reply.code, reply.words)
        }
        switch code {
        case CURLE_ABORTED_BY_CALLBACK: return transmission.wasHeldBack ? .notRecorded : .cancelled
        case CURLE_LOGIN_DENIED: return .login(code: reply?.code ?? 0)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CACERT_BADFILE:
            return .certificate(detail)
        case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR: return .noTLS(detail)
        case CURLE_OPERATION_TIMEDOUT: return .timedOut(detail)
        case CURLE_SEND_ERROR where said.hasPrefix("MAIL failed"):
            return .sender(code: reply?.code ?? 0, reply?.words ?? detail)
        case CURLE_SEND_ERROR where said.hasPrefix("RCPT failed") || said.hasPrefix("DATA failed"):
            return .refused(code: reply?.code ?? 0, reply?.words ?? detail)
        default: return .notReachable(detail)
        }
    }
}
