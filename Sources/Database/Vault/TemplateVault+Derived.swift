import CSodium

extension TemplateVault {
    /// A vault for something else, with a key of its own that follows from this one's and does not lead back to it
    /// (libsodium's `crypto_kdf`, which is BLAKE2b).
    /// - Parameter purpose: 8 bytes that no other use has; throws `.libraryUnavailable` for another count.
    public func derived(for purpose: String) throws(VaultError) -> TemplateVault {
        let context = purpose.utf8.map { CChar(bitPattern: $0) }
        guard context.count == Int(crypto_kdf_CONTEXTBYTES) else { throw .libraryUnavailable }
        var key = [UInt8](repeating: 0, count: SecretFile.keySize)
        defer { sodium_memzero(&key, key.count) }
        let result = withKey { crypto_kdf_derive_from_key(&key, key.count, 1, context, $0) }
        guard result == 0 else { throw .libraryUnavailable }
        return try TemplateVault(key: key)
    }
}
