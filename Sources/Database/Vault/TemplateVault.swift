import CSodium
import FoundationEssentials

/// Seals templates for storage, and opens them again for the person and the model they were sealed for.
///
/// Format 1: one byte 1, a nonce of 24 random bytes, the ciphertext and its tag of 16 bytes (XChaCha20-Poly1305). The
/// person's id and the model's name are bound to it without being stored in it.
public struct TemplateVault: Sendable, CustomStringConvertible {
    /// What sealing adds to a template, in bytes.
    public static let overhead = 1 + nonceSize + tagSize

    private static let format: UInt8 = 1
    private static let nonceSize = 24
    private static let tagSize = 16
    private let key: SecretKey

    /// Reads the key from a file of 32 bytes that only its owner may read; `makeIfMissing` has a new key made there with
    /// mode 0600. `groupReadable` is for a file in the credentials folder of systemd.
    public init(keyFile: String, makeIfMissing: Bool = false, groupReadable: Bool = false) throws(VaultError) {
        do throws(VaultError) {
            try self.init(key: SecretFile.readKey(keyFile, groupReadable: groupReadable), file: keyFile)
        } catch .keyMissing where makeIfMissing {
            try SecretFile.make(keyFile, SecretKey.random())
            try self.init(key: SecretFile.readKey(keyFile, groupReadable: groupReadable), file: keyFile)
        }
    }

    /// Uses the given 32 bytes; throws `.keyMalformed` for another count.
    public init(key: [UInt8]) throws(VaultError) {
        try self.init(key: key, file: "the given key")
    }

    private init(key: [UInt8], file: String) throws(VaultError) {
        guard key.count == SecretFile.keySize else { throw .keyMalformed(file: file, bytes: key.count) }
        self.key = try SecretKey(key)
    }

    /// Says nothing about the key.
    public var description: String { "TemplateVault" }

    /// Seals a template for a person and a model; every call gives other bytes.
    public func seal(_ template: [UInt8], person: UUID, model: String) -> [UInt8] {
        var nonce = [UInt8](repeating: 0, count: Self.nonceSize)
        randombytes_buf(&nonce, nonce.count)
        let context = Self.context(person, model)
        var sealed = [UInt8](repeating: 0, count: template.count + Self.tagSize)
        key.withBytes { key in
            _ = crypto_aead_xchacha20poly1305_ietf_encrypt(
                &sealed, nil, template, UInt64(template.count), context, UInt64(context.count), nil, nonce, key)
        }
        return [Self.format] + nonce + sealed
    }

    /// The template in sealed bytes; throws `.notAuthentic` for another key, person or model or any changed byte, and
    /// `.unknownFormat` for another version of the format.
    public func open(_ sealed: [UInt8], person: UUID, model: String) throws(VaultError) -> [UInt8] {
        guard let version = sealed.first, sealed.count >= Self.overhead else { throw .notAuthentic }
        guard version == Self.format else { throw .unknownFormat(version: version) }
        let nonce = Array(sealed[1..<1 + Self.nonceSize])
        let ciphertext = Array(sealed[(1 + Self.nonceSize)...])
        let context = Self.context(person, model)
        var template = [UInt8](repeating: 0, count: ciphertext.count - Self.tagSize)
        let result = key.withBytes { key in
            crypto_aead_xchacha20poly1305_ietf_decrypt(
                &template, nil, nil, ciphertext, UInt64(ciphertext.count), context, UInt64(context.count), nonce, key)
        }
        guard result == 0 else { throw .notAuthentic }
        return template
    }

    func withKey<R>(_ body: (UnsafePointer<UInt8>) -> R) -> R { key.withBytes(body) }

    /// What a sealed template is bound to: the format, the person's 16 bytes and the model's name.
    private static func context(_ person: UUID, _ model: String) -> [UInt8] {
        [format] + withUnsafeBytes(of: person.uuid) { Array($0) } + Array(model.utf8)
    }
}
