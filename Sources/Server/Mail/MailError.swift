/// Why a letter was not sent, each with the operator's next step. No case holds a password or a token.
enum MailError: Error, Sendable, Equatable, CustomStringConvertible {
    /// libcurl cannot be set up.
    case setup(String)
    /// No connection, or it broke before the letter was handed over.
    case notReachable(String)
    /// The server took too long.
    case timedOut(String)
    /// The server's certificate is not believed.
    case certificate(String)
    /// The server offers no TLS, or TLS failed.
    case noTLS(String)
    /// The server refuses the user or the password; its words are left out, as they may repeat either.
    case login(code: Int)
    /// The server refuses the sender.
    case sender(code: Int, String)
    /// The server refuses this letter or its recipient, with a reply code of SMTP.
    case refused(code: Int, String)
    /// The letter was handed over and nothing was heard any more: it may have been taken or not.
    case interrupted(String)
    /// This program stops.
    case cancelled
    /// The database did not take note that the letter is handed over, so it was not.
    case notRecorded

    /// Whether it says something of the server and all letters, not of this letter.
    var concernsAllLetters: Bool {
        switch self {
        case .setup, .notReachable, .timedOut, .certificate, .noTLS, .login, .sender, .cancelled: true
        case .refused(let code, _): code == 421
        case .interrupted, .notRecorded: false
        }
    }

    /// Whether both are the same trouble: libcurl's words hold times that are never the same.
    func isSameTrouble(as other: MailError?) -> Bool {
        switch (self, other) {
        case (.setup, .setup), (.notReachable, .notReachable), (.timedOut, .timedOut), (.certificate, .certificate),
            (.noTLS, .noTLS), (.login, .login), (.sender, .sender), (.refused, .refused), (.interrupted, .interrupted),
            (.cancelled, .cancelled), (.notRecorded, .notRecorded):
            true
        default: false
        }
    }

    /// Whether it would go the same way for ever (RFC 5321, section 4.2.1).
    var isPermanent: Bool {
        if case .refused(let code, _) = self { 500...599 ~= code } else { false }
    }

    /// What, and the next step, in one line.
    var description: String {
        switch self {
        case .setup(let words): "libcurl cannot send mail: \(words); check its installation"
        case .notReachable(let words): "the mail server is not reached: \(words); check mail.url and the network"
        case .timedOut(let words): "the mail server is too slow: \(words)"
        case .certificate(let words):
            "the mail server's certificate is not believed: \(words); check mail.url, and give its authority as mail.ca_file"
        case .noTLS(let words): "the mail server speaks no TLS: \(words); check the scheme and port of mail.url"
        case .login(let code):
            "the mail server refuses the login (\(code)); check mail.user and the file mail.password_file names"
        case .sender(let code, let words): "the mail server refuses the sender (\(code) \(words)); check mail.from"
        case .refused(let code, let words): "the mail server refuses the letter (\(code) \(words))"
        case .interrupted(let words):
            "the letter was handed over, and the mail server did not say whether it took it: \(words); ask the recipient"
        case .cancelled: "the server stopped before the letter was handed over"
        case .notRecorded: "the letter was given to another process, or the database did not answer"
        }
    }
}

extension MailError {
    /// A mail server's words made fit for one line of a log: printable ASCII, and not much of it.
    static func clean(_ text: some StringProtocol) -> String {
        let words = text.unicodeScalars.map { 0x20..<0x7F ~= $0.value ? Character($0) : " " }
        return String(words.prefix(160)).split(separator: " ").joined(separator: " ")
    }
}
