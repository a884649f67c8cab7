/// Why the server refused a request (RFC 9457), with the media type `Endpoint.problemMediaType`.
public struct ProblemDocument: WireMessage, Codable {
    /// What kind of problem: a URI; "about:blank" says no more than the status.
    public var type: String?
    /// The kind in a few words.
    public var title: String?
    /// The HTTP status.
    public var status: Int?
    /// This case, and the next step, in one line.
    public var detail: String?
    /// Which request: a URI.
    public var instance: String?

    /// Bytes of each text.
    public static let maximumTextBytes = 1000
    /// What an error calls the message.
    public static let wireName = "problem document"
    /// Generous.
    public static let maximumBytes = 16 << 10

    /// A problem without more of a type than its status.
    public init(
        status: Int, title: String, detail: String? = nil, type: String? = "about:blank", instance: String? = nil
    ) {
        self.type = type
        self.title = title
        self.status = status
        self.detail = detail
        self.instance = instance
    }

    /// Throws `SyncProtocolError.invalid` for a status that HTTP does not have, or text that is not one line.
    public func validate() throws(SyncProtocolError) {
        try require(status.map { 100...599 ~= $0 } ?? true, "status", "\(status ?? 0) is not an HTTP status")
        let texts = [("type", type), ("title", title), ("detail", detail), ("instance", instance)]
        for (name, text) in texts {
            let isLine = text.map { Check.isLine($0, limit: ProblemDocument.maximumTextBytes, minimum: 0) } ?? true
            try require(isLine, name, "it is not one line")
        }
    }
}
