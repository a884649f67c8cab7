import CSodium

extension TemplateVault {
    /// A vault for something else, with a key of its own that follows from this one's and does not lead back to it
    /// (libsodium's `crypto_kdf`, which is BLAKE2b).
    /// - Parameter purpose: 8 bytes that no other use has; throws `.libraryUnavailable` for another count.
    public func derived(for purpose: String) throws(VaultError) -> TemplateVault {
        var key = try derivedKey(for: purpose)
        defer { sodium_memzero(&key, key.count) }
        return try TemplateVault(key: key)
    }

    /// Gives the body such a key of 32 bytes, for something else than sealing. Its bytes are wiped afterwards.
    public func withDerivedKey<Result>(
        for purpose: String, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(VaultError) -> Result {
        var key = try derivedKey(for: purpose)
        defer { sodium_memzero(&key, key.count) }
        return key.withUnsafeBytes(body)
    }

    private func derivedKey(for purpose: String) throws(VaultError) -> [UInt8] {
        let context = purpose.utf8.map { CChar(bitPattern: $0) }
        guard context.count == Int(crypto_kdf_CONTEXTBYTES) else { throw .libraryUnavailable }
        var key = [UInt8](repeating: 0, count: SecretFile.keySize)
        let result = withKey { crypto_kdf_derive_from_key(&key, key.count, 1, context, $0) }
        guard result == 0 else { throw .libraryUnavailable }
        return key
    }
}
