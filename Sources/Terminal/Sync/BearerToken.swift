import Systemd

/// The terminal's secret, fit for a header. Whatever prints it shows nothing of it.
public struct BearerToken: Sendable, CustomStringConvertible {
    /// For the request's header only.
    let value: Redacted<String>

    /// Takes the text of a token file; blanks around it do not count.
    /// - Throws: `SyncError.badToken` when it is empty, longer than 512 characters, or holds what a header may not.
    public init(_ text: Redacted<String>) throws(SyncError) {
        let bytes = text.reveal().utf8
        let trimmed = bytes.drop(while: Self.isBlank).reversed().drop(while: Self.isBlank).reversed()
        guard (1...512).contains(trimmed.count), trimmed.allSatisfy(Self.isAllowed) else { throw .badToken }
        value = Redacted(String(decoding: Array(trimmed), as: UTF8.self))
    }

    /// `(secret)`.
    public var description: String { value.description }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// The characters of RFC 6750's b64token.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "-._~+/=".utf8.contains(byte)
        }
    }
}
