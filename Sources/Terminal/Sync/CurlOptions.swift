import CCurl
import Glibc

/// A libcurl easy handle that remembers the first option it refused.
struct CurlOptions {
    private let easy: UnsafeMutableRawPointer
    private(set) var failure: CURLcode = CURLE_OK

    init(_ easy: UnsafeMutableRawPointer) {
        self.easy = easy
    }

    mutating func set(_ option: CURLoption, _ value: Int) {
        note(curl_set_number(easy, option, value))
    }

    mutating func set(_ option: CURLoption, _ value: Bool) {
        note(curl_set_number(easy, option, value ? 1 : 0))
    }

    mutating func set(_ option: CURLoption, _ value: Duration) {
        note(curl_set_number(easy, option, Int(max(1, value.wholeMilliseconds))))
    }

    mutating func set(_ option: CURLoption, _ value: String?) {
        note(curl_set_text(easy, option, value))
    }

    mutating func set(_ option: CURLoption, list: UnsafeMutablePointer<curl_slist>?) {
        note(curl_set_list(easy, option, list))
    }

    mutating func set(_ option: CURLoption, offset: Int) {
        note(curl_set_offset(easy, option, curl_off_t(offset)))
    }

    mutating func set(_ option: CURLoption, memory: UnsafeMutableRawPointer?) {
        note(curl_set_memory(easy, option, memory))
    }

    mutating func set(_ option: CURLoption, receiver: @escaping curl_write_callback) {
        note(curl_set_receiver(easy, option, receiver))
    }

    private mutating func note(_ code: CURLcode) {
        if failure == CURLE_OK { failure = code }
    }
}

/// libcurl's and OpenSSL's state of the whole process.
enum CurlLibrary {
    /// OpenSSL writes to sockets that may be gone: without this a SIGPIPE would end the process.
    static let isReady: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return curl_global_init(Int(CURL_GLOBAL_SSL)) == CURLE_OK
    }()
}
