import Crypto
import FoundationEssentials

/// The secret half of an account's credentials, and what is signed with it. It is never shown.
struct CloudinarySecret: Sendable, CustomStringConvertible, CustomReflectable {
    private let secret: String

    init(_ secret: String) { self.secret = secret }

    var description: String { "…" }
    var customMirror: Mirror { Mirror(self, children: []) }

    /// The signature of a request: the digest of its parameters in the order of their names, as `name=value` with `&`
    /// between them, and of the secret after the last, in hexadecimal digits. `file`, `api_key`, `cloud_name` and
    /// `resource_type` are no parameters in this sense.
    func signature(of parameters: [String: String], _ digest: CloudinaryAccount.Digest) -> String {
        let text = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        return hash(text + secret, digest).map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// The part of a delivery address that proves who made it: the beginning of the digest of what follows it and the
    /// secret, in base64 for URLs; 8 characters of SHA-1, or 32 of SHA-256.
    func deliverySignature(of path: String, _ digest: CloudinaryAccount.Digest) -> String {
        let length = digest == .sha1 ? 8 : 32
        return "s--\(Base64URL.encode(hash(path + secret, digest)).prefix(length))--"
    }

    private func hash(_ text: String, _ digest: CloudinaryAccount.Digest) -> [UInt8] {
        let bytes = Array(text.utf8)
        return switch digest {
        case .sha1: Array(Insecure.SHA1.hash(data: bytes))
        case .sha256: Array(SHA256.hash(data: bytes))
        }
    }
}
