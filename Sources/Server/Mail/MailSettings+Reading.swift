import Configuration
import FoundationEssentials
import Systemd

extension MailSettings {
    /// Reads the table; nil where the file has none.
    init?(_ table: TomlTable) throws(ConfigurationError) {
        guard table.isPresent else { return nil }
        let server = try table.require("url", Self.server)
        security = server.security
        (host, port) = (server.host, server.port)
        user = try table.read("user", .text)
        passwordFile = try table.read("password_file", .path)
        from = try table.require("from", Self.address)
        fromName = try table.read("from_name", .text)
        authorityFile = try table.read("ca_file", .path)
        baseURL = try table.read("base_url", .httpsURL)
        if user == nil, passwordFile != nil {
            throw table.refusal("password_file", "give the user whose password this is, or leave it out")
        }
    }

    /// The secret that systemd hands to the service wins over the file that the configuration names.
    mutating func prefer(_ credentials: Credentials) {
        if user != nil, let path = credentials.path("mail-password") { passwordFile = path }
    }

    private struct Place {
        let security: Security
        let host: String
        let port: Int
    }

    private static var server: Accepted<Place> {
        Accepted<String>.text.parsed(
            as: "the mail server, as \"smtps://mail.school.example\" or \"smtp://mail.school.example:587\""
        ) { text in
            let parts = text.split(separator: "://", omittingEmptySubsequences: false)
            guard parts.count == 2, let security = Security(rawValue: String(parts[0])) else { return nil }
            var host = parts[1]
            var port = security == .implicit ? 465 : 587
            if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
                guard let given = Int(host[host.index(after: colon)...]), 1...65_535 ~= given else { return nil }
                port = given
                host = host[..<colon]
            }
            return isHost(host) ? Place(security: security, host: String(host), port: port) : nil
        }
    }

    /// A name, an IPv4 address, or an IPv6 address in brackets: nothing that could be a user, a path or an option.
    private static func isHost(_ text: Substring) -> Bool {
        var name = text
        let isBracketed = text.hasPrefix("[") && text.hasSuffix("]") && text.utf8.count > 2
        if isBracketed { name = text.dropFirst().dropLast() }
        return !name.isEmpty && name.utf8.count <= 253
            && name.allSatisfy { character in
                guard character.isASCII else { return false }
                return isBracketed
                    ? character.isHexDigit || ":.".contains(character)
                    : character.isLetter || character.isNumber || ".-".contains(character)
            }
    }

    private static var address: Accepted<String> {
        Accepted<String>.text.parsed(as: "an e-mail address, as \"rollcall@school.example\"") {
            EmailAddress.normalised($0)
        }
    }
}
