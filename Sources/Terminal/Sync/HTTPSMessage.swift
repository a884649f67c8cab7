/// One request to the central server.
struct HTTPSRequest {
    /// Beginning with a slash; query included.
    let path: String
    /// JSON for POST; nil for GET.
    let body: [UInt8]?
    /// Bytes of the reply's body at most.
    let bodyLimit: Int
    /// The tag of an answer that needs not come again.
    let unless: EntityTag?

    /// - Parameter bodyLimit: 8 MB unless the message has a smaller bound of its own.
    init(path: String, body: [UInt8]? = nil, bodyLimit: Int = 8_000_000, unless: EntityTag? = nil) {
        self.path = path
        self.body = body
        self.bodyLimit = bodyLimit
        self.unless = unless
    }
}

/// One complete reply, whatever its status.
struct HTTPSReply {
    /// 100 to 599.
    let status: Int
    /// The header fields that the terminal looks at.
    let fields: HeaderFields
    /// As sent: nothing is decompressed.
    let body: [UInt8]
    /// When the request had been prepared and its sending began, on the boot clock.
    let sent: Duration
    /// When the reply's first byte arrived, on the boot clock.
    let answered: Duration
}

/// The header fields of a reply that the terminal looks at; each value is cleaned and at most 256 characters.
struct HeaderFields: Equatable {
    var contentType: String?
    var contentEncoding: String?
    var retryAfter: String?
    var date: String?
    var location: String?
    var entityTag: String?

    /// Takes one header line as it came, with its line end; other fields are passed over.
    mutating func take(_ line: UnsafeRawBufferPointer) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon <= 32 else { return }
        let field: WritableKeyPath<HeaderFields, String?>
        switch String(decoding: line[..<colon], as: UTF8.self).lowercased() {
        case "content-type": field = \.contentType
        case "content-encoding": field = \.contentEncoding
        case "retry-after": field = \.retryAfter
        case "date": field = \.date
        case "location": field = \.location
        case "etag": field = \.entityTag
        default: return
        }
        self[keyPath: field] = ForeignText.clean(bytes: line[(colon + 1)...], limit: 256)
    }

    /// `application/json`, with or without a character set, or a problem document in JSON.
    var isJSON: Bool {
        let type = contentType?.prefix { $0 != ";" && $0 != " " }.lowercased()
        return type == "application/json" || type == "application/problem+json"
    }
}
