import CCurl

/// Where the central server is: `https://host[:port][/prefix]`, checked once at start.
public struct ServerAddress: Sendable, Equatable, CustomStringConvertible {
    /// Without a slash at its end, so that a path can follow.
    public let text: String

    /// - Throws: `SyncError.badAddress` for anything but https, and for a user name, query or fragment.
    public init(_ text: String) throws(SyncError) {
        guard let url = curl_url() else { throw .badAddress(text, "out of memory") }
        defer { curl_url_cleanup(url) }
        guard curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK else { throw .badAddress(text, "it is not a URL") }
        guard Self.part(CURLUPART_SCHEME, of: url) == "https" else {
            throw .badAddress(text, "it does not begin with https://")
        }
        for part in [CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT] {
            guard Self.part(part, of: url) == nil else {
                throw .badAddress(Self.part(CURLUPART_HOST, of: url) ?? "", "it has a user name, a query or a fragment")
            }
        }
        guard var address = Self.part(CURLUPART_URL, of: url) else { throw .badAddress(text, "it is not a URL") }
        while address.hasSuffix("/") { address.removeLast() }
        self.text = address
    }

    /// The address.
    public var description: String { text }

    private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &value, 0) == CURLUE_OK, let value else { return nil }
        defer { curl_free(value) }
        return String(cString: value)
    }
}
