import Crypto
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// A style, a script or a picture that pages load. It changes with the program only.
struct PageAsset: Sendable {
    let path: String
    let mediaType: String
    let text: String
    private let tag: String

    init(_ name: String, _ mediaType: String, _ text: String) {
        path = "/pages/assets/\(name)"
        self.mediaType = mediaType
        self.text = text
        tag = "\"\(Base64URL.encode(SHA256.hash(data: Data(text.utf8)).prefix(12)))\""
    }

    /// All that there are.
    static let all = [
        PageAsset("pages.css", "text/css; charset=utf-8", PageStyle.all),
        PageAsset("pages.js", "text/javascript; charset=utf-8", PageScript.live),
        PageAsset("enrol.js", "text/javascript; charset=utf-8", AdminPages.enrolScript),
        PageAsset("icon.svg", "image/svg+xml", PageStyle.icon),
    ]

    /// The text, or 304 for a browser that has it.
    @Sendable
    func answer(_ request: Request, _ context: ServerRequestContext) -> Response {
        let headers: HTTPFields = [.contentType: mediaType, .eTag: tag, .cacheControl: "no-cache"]
        guard request.headers[.ifNoneMatch] != tag else { return Response(status: .notModified, headers: headers) }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
