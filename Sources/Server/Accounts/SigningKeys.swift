import Crypto
import Database
import FoundationEssentials

/// The keys that sign access tokens: the newest signs, those before it are still believed until they are removed.
///
/// Their file has one line a key, `ID KEY` with the key's 32 bytes in base64url, the newest first.
struct SigningKeys: Sendable, CustomReflectable {
    struct Key: Sendable {
        let id: String
        let key: SymmetricKey
    }

    /// Never empty.
    let keys: [Key]

    /// Keys that are kept when a new one is made: two lifetimes of a rotation are enough for every token there is.
    static let kept = 2
    private static let keyBytes = 32

    /// The key that signs.
    var newest: Key { keys[0] }

    /// Reads the file's text.
    /// - Throws: `.key` for text that is not keys, and for none.
    init(text: String, file: String) throws(ServerError) {
        var keys: [Key] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: " ")
            guard parts.count == 2, let bytes = Base64URL.decode(String(parts[1])), bytes.count == Self.keyBytes,
                parts[0].utf8.count <= 64, !keys.contains(where: { $0.id == parts[0] })
            else { throw Self.refusal(file, "line \(keys.count + 1) is not an id and a key of \(Self.keyBytes) bytes") }
            keys.append(Key(id: String(parts[0]), key: SymmetricKey(data: bytes)))
        }
        guard !keys.isEmpty else { throw Self.refusal(file, "it is empty") }
        self.keys = keys
    }

    /// The text of a file with a new key in front of those that are kept.
    static func rotated(_ before: SigningKeys?) -> String {
        let new = Key(id: String(UUID().lowercased.prefix(8)), key: SymmetricKey(size: .bits256))
        let keys = [new] + (before?.keys ?? []).filter { $0.id != new.id }.prefix(kept - 1)
        return keys.map { "\($0.id) \($0.key.withUnsafeBytes { Base64URL.encode($0) })\n" }.joined()
    }

    private static func refusal(_ file: String, _ reason: String) -> ServerError {
        .key(
            file: file, setting: "keys.signing_key_file",
            reason: "\(reason); make a new one with `rollcall-server key make`: everybody logs in again then")
    }

    /// Nothing.
    var customMirror: Mirror { Mirror(self, children: []) }
}
