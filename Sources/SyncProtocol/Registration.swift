/// What a terminal sends to get its first token, or another one after its token was lost.
public struct RegistrationRequest: WireMessage, Codable, CustomStringConvertible, CustomReflectable {
    /// The one-time code that the server made for this terminal.
    public var code: String

    /// What an error calls the message.
    public static let wireName = "registration"
    /// Generous.
    public static let maximumBytes = 4 << 10

    /// A request; `json` validates it.
    public init(code: String) { self.code = code }

    /// Throws `SyncProtocolError.invalid` for what cannot be a code.
    public func validate() throws(SyncProtocolError) {
        try require(Check.isToken(code, lengths: 1...200), "code", "it is not 1 to 200 letters, digits or -._~+/=")
    }

    /// `(secret)`.
    public var description: String { "(secret)" }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What a terminal sends to get the token that follows the one it has.
public struct TokenRequest: WireMessage, Codable {
    /// What an error calls the message.
    public static let wireName = "token request"
    /// Generous.
    public static let maximumBytes = 1 << 10

    /// A request.
    public init() {}

    /// Nothing can be wrong with it.
    public func validate() throws(SyncProtocolError) {}

    private enum CodingKeys: CodingKey {}

    /// Reads an object, whatever is in it: a later version may have something to say.
    public init(from decoder: any Decoder) throws {
        _ = try decoder.container(keyedBy: CodingKeys.self)
    }

    /// Writes an object with nothing in it.
    public func encode(to encoder: any Encoder) throws {
        _ = encoder.container(keyedBy: CodingKeys.self)
    }
}

/// A token for the terminal, told once. One that follows another is good at once, and the other one until this one is
/// used for the first time: an answer that is lost locks nobody out.
public struct TokenGrant: WireMessage, Codable, CustomStringConvertible, CustomReflectable {
    /// The token.
    public var token: String
    /// The terminal's name on the server.
    public var name: String

    /// Bytes of a name.
    public static let maximumNameBytes = 200
    /// What an error calls the message.
    public static let wireName = "token grant"
    /// Generous.
    public static let maximumBytes = 4 << 10

    /// A grant; `json` validates it.
    public init(token: String, name: String) {
        self.token = token
        self.name = name
    }

    /// Throws `SyncProtocolError.invalid` for what cannot be a token or a name.
    public func validate() throws(SyncProtocolError) {
        try require(
            Check.isToken(token, lengths: 16...512), "token", "it is not 16 to 512 letters, digits or -._~+/=")
        try require(Check.isLine(name, limit: Self.maximumNameBytes), "name", "it is not one short line")
    }

    /// `(secret)`.
    public var description: String { "(secret)" }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Check {
    /// The characters of RFC 6750's b64token.
    static func isToken(_ text: String, lengths: ClosedRange<Int>) -> Bool {
        lengths ~= text.utf8.count
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", "+", "/", "=": true
                default: false
                }
            }
    }
}
