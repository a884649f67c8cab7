import CSodium

/// 32 key bytes in memory of their own: locked against swapping where the system allows it, behind guard pages, wiped
/// when nobody needs them. They are never printed.
///
/// Unchecked only for the C pointer: the bytes do not change between `init` and `deinit`.
final class SecretKey: @unchecked Sendable {
    private let bytes: UnsafeMutableRawPointer

    init(_ key: [UInt8]) throws(VaultError) {
        guard sodium_init() >= 0, let memory = sodium_malloc(SecretFile.keySize) else { throw .libraryUnavailable }
        bytes = memory
        key.withUnsafeBytes { memory.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: $0.count) }
        sodium_mprotect_readonly(memory)
    }

    deinit { sodium_free(bytes) }

    func withBytes<R>(_ body: (UnsafePointer<UInt8>) -> R) -> R {
        body(UnsafePointer(bytes.assumingMemoryBound(to: UInt8.self)))
    }

    /// A new random key.
    static func random() throws(VaultError) -> [UInt8] {
        guard sodium_init() >= 0 else { throw .libraryUnavailable }
        var key = [UInt8](repeating: 0, count: SecretFile.keySize)
        randombytes_buf(&key, key.count)
        return key
    }
}
