import CSodium
import Glibc

/// Digests of files, to check models against their pinned values.
public enum FileDigest {
    /// Why the file is not the one whose SHA-256 is `pinned`, for the operator; nil when it is.
    public static func problem(path: String, pinned: String) -> String? {
        do throws(VaultError) {
            return try sha256(path: path) == pinned ? nil : "its SHA-256 is not \(pinned)"
        } catch {
            if case .file(_, let reason) = error { return reason }
            return "\(error)"
        }
    }

    /// The SHA-256 of a file in lower-case hexadecimal digits, read in pieces of 64 KiB.
    public static func sha256(path: String) throws(VaultError) -> String {
        guard sodium_init() >= 0 else { throw .libraryUnavailable }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(path: path, reason: SQLiteCode.systemMessage(errno)) }
        defer { close(descriptor) }
        var state = crypto_hash_sha256_state()
        crypto_hash_sha256_init(&state)
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw .file(path: path, reason: SQLiteCode.systemMessage(errno))
            }
            crypto_hash_sha256_update(&state, piece, UInt64(count))
        }
        var digest = [UInt8](repeating: 0, count: 32)
        crypto_hash_sha256_final(&state, &digest)
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
