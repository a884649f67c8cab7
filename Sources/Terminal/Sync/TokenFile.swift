import Attendance
import Database
import FoundationEssentials
import Systemd

/// A token as it lies in the state folder: which one the operator has put there, what follows it, and since when.
struct StoredToken: Sendable {
    /// As the operator has put it; when another is there, this record is of no use any more.
    var source: BearerToken
    var token: BearerToken
    /// The one before.
    var previous: BearerToken?
    /// Since when, by the server's clock.
    var since: Instant?
}

/// The file of the token that follows the operator's. Systemd hands that one over read-only, so what follows it is in the
/// state folder, sealed with the key of the templates.
public struct TokenFile: Sendable {
    private let path: String
    private let vault: TemplateVault

    /// The file in a state folder.
    public init(folder: String, vault: TemplateVault) {
        path = "\(folder)/token"
        self.vault = vault
    }

    private struct Record: Codable {
        let source: String
        let token: String
        let previous: String?
        let since: Instant?
    }

    /// What a seal is bound to in the place of a person and a model.
    private static let owner = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    private static let kind = "terminal-token"

    /// The token that follows `source`; nil where none does, and for a file that cannot be read: the operator's counts then.
    func read(source: BearerToken) -> StoredToken? {
        guard let sealed = try? Database.SecretFile.read(path, limit: 8192),
            let bytes = try? vault.open(sealed, person: Self.owner, model: Self.kind),
            let record = try? JSONDecoder().decode(Record.self, from: Data(bytes)),
            record.source == source.value.reveal(), let token = try? BearerToken(Redacted(record.token))
        else { return nil }
        return StoredToken(
            source: source, token: token, previous: record.previous.flatMap { try? BearerToken(Redacted($0)) },
            since: record.since)
    }

    /// Puts the token in the place of the one before, whole or not at all, mode 0600.
    func write(_ stored: StoredToken) throws(VaultError) {
        let record = Record(
            source: stored.source.value.reveal(), token: stored.token.value.reveal(),
            previous: stored.previous?.value.reveal(), since: stored.since)
        guard let bytes = try? JSONEncoder().encode(record) else {
            throw .file(path: path, reason: "the token cannot be written as JSON")
        }
        try Database.SecretFile.replace(path, vault.seal(Array(bytes), person: Self.owner, model: Self.kind))
    }
}

extension TerminalConfiguration {
    /// The token that the daemon uses: the operator's, or what follows it. Without the key of the templates, the
    /// operator's.
    func tokenInUse(credentials: Credentials = Credentials()) throws -> BearerToken {
        let source = try BearerToken(token(credentials: credentials))
        let key = templateKey(credentials: credentials)
        guard let vault = try? TemplateVault(keyFile: key.path, groupReadable: key.groupReadable) else { return source }
        return TokenKeeper(TokenFile(folder: state.directory, vault: vault), source: source).current
    }
}
