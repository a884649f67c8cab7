import Configuration
import Systemd

extension TerminalConfiguration {
    /// The terminal's token: the credential `token` where systemd hands it over, otherwise `server.token_file`. Blanks
    /// around it do not count.
    public func token(credentials: Credentials = Credentials()) throws(ConfigurationError) -> Redacted<String> {
        let path = credentials.path("token") ?? server.tokenFile
        let file: Redacted<[UInt8]>?
        do {
            file = try SecretFile.read(path, limit: 1024)
        } catch {
            throw .unreadable(file: path, reason: error.reason)
        }
        guard let file else {
            throw .unreadable(
                file: path,
                reason: "there is no such file; \"rollcallctl register --code CODE\" makes it, with the code that"
                    + " \"rollcall-server terminal add NAME --code\" prints on the server")
        }
        let words = String(decoding: file.reveal(), as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 1, let token = words.first, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .unreadable(
                file: path, reason: "expected one token, as \"rollcallctl register --code CODE\" stores it")
        }
        return Redacted(String(token))
    }

    /// The file with the key that seals templates: the credential `template-key` where systemd hands it over, otherwise
    /// `keys.template_key_file`. `groupReadable` where it is a credential: systemd shows an access list as permissions
    /// of the group.
    public func templateKey(credentials: Credentials = Credentials()) -> (path: String, groupReadable: Bool) {
        if let path = credentials.path("template-key") { return (path, true) }
        return (keys.templateKeyFile, false)
    }
}
