import Crypto
import FoundationEssentials

/// 256 random bits that somebody proves themselves with, after a prefix that says what for. Only its hash is stored, and
/// its description hides it, so that it cannot end in a log by accident.
public struct SecretToken: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// What a token is for; the prefix lets people and secret scanners know one when they see it.
    public enum Kind: String, Sendable {
        /// Renews the access token of a login, once.
        case refresh = "rcr_"
        /// Sets a new password, once.
        case passwordReset = "rcp_"
        /// Registers a terminal, once.
        case registration = "rcg_"
        /// What a terminal proves itself with.
        case terminal = "rct_"
    }

    /// The token as its owner sends it. Show it once, to its owner.
    public let text: String

    /// A new token from the system's random numbers.
    static func make(_ kind: Kind) -> SecretToken {
        SecretToken(text: kind.rawValue + SymmetricKey(size: .bits256).withUnsafeBytes { Base64URL.encode($0) })
    }

    private init(text: String) { self.text = text }

    /// A token as it was received; nil for what cannot be one of that kind.
    init?(_ text: String, _ kind: Kind) {
        guard text.utf8.count == kind.rawValue.utf8.count + 43, text.hasPrefix(kind.rawValue) else { return nil }
        self.text = text
    }

    /// SHA-256 is enough here: 256 random bits cannot be found by trying, as a password could.
    var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// Nothing.
    public var description: String { "…" }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
