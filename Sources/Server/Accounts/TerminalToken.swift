import Crypto
import FoundationEssentials

/// What a terminal proves itself with: `rct_` and 256 random bits in base64url. Only its hash is stored, and its
/// description hides it, so that it cannot end in a log by accident.
public struct TerminalToken: Sendable, CustomStringConvertible, CustomReflectable {
    /// The token as the terminal sends it. Print it once, to the operator.
    public let text: String

    private static let prefix = "rct_"
    private static let length = 4 + 43

    /// A new token from the system's random numbers.
    public static func make() -> TerminalToken {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let encoded = bytes.base64EncodedString().compactMap { character -> Character? in
            switch character {
            case "+": "-"
            case "/": "_"
            case "=": nil
            default: character
            }
        }
        return TerminalToken(unchecked: prefix + String(encoded))
    }

    /// A token as it was received; nil for what cannot be one.
    init?(_ text: String) {
        guard text.utf8.count == Self.length, text.hasPrefix(Self.prefix) else { return nil }
        self.text = text
    }

    private init(unchecked text: String) {
        self.text = text
    }

    /// SHA-256 is enough here: 256 random bits cannot be found by trying, as a password could.
    var hash: SHA256Digest { SHA256.hash(data: Array(text.utf8)) }

    /// The prefix only.
    public var description: String { "rct_…" }

    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
