/// How letters are sent: the tables `[mail]` of the configuration.
public struct MailSettings: Sendable, Equatable {
    /// When the connection to the mail server becomes secret. Without TLS nothing is ever sent.
    public enum Security: String, Sendable, Equatable {
        /// From the first byte, as on port 465 (RFC 8314).
        case implicit = "smtps"
        /// By STARTTLS, as on port 587 (RFC 3207). A server that does not offer it gets no letter.
        case startTLS = "smtp"
    }

    /// How the connection is made secret.
    public var security: Security
    /// The mail server's name or address.
    public var host: String
    /// Its port.
    public var port: Int
    /// Who logs in there; nil for a server that takes letters from this machine without a login.
    public var user: String?
    /// The file with the user's password.
    public var passwordFile: String?
    /// The address that letters come from.
    public var from: String
    /// The name beside that address.
    public var fromName: String?
    /// A PEM file with the authorities that are believed instead of the system's.
    public var authorityFile: String?
    /// The page on which people set a password; it gets the token behind `#token=`. nil where there is none.
    public var baseURL: String?

    /// What libcurl calls the server.
    var url: String { "\(security.rawValue)://\(host):\(port)" }

    /// What stands behind the `@` of the sender, and so of the letters' ids.
    var domain: String { from.split(separator: "@").last.map(String.init) ?? "localhost" }
}
