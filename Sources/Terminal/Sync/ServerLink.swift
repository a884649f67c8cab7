/// How to reach the central server, and who the terminal is there.
public struct ServerLink: Sendable {
    /// Where the server is.
    public var address: ServerAddress
    /// The terminal's secret at the start; nil for a terminal that registers itself.
    public var token: BearerToken?
    /// PEM file of the only authorities to trust; nil trusts the system's.
    public var authorityFile: String?
    /// `http://host:port` of a proxy; nil connects directly, whatever the environment says.
    public var proxy: String?
    /// Product and version, as RFC 9110 writes it.
    public var userAgent: String

    /// A server with nothing special about it.
    public init(
        address: ServerAddress, token: BearerToken?, authorityFile: String? = nil, proxy: String? = nil,
        userAgent: String = "rollcalld"
    ) {
        self.address = address
        self.token = token
        self.authorityFile = authorityFile
        self.proxy = proxy
        self.userAgent = userAgent
    }
}
