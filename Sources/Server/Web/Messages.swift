import HTTPTypes
import Hummingbird
import NIOCore
import SyncProtocol

extension Request {
    /// Reads a message of the protocol from the body, within its limits of size, depth and number of values.
    /// - Throws: a problem: 415 for another media type, 413 for too many bytes, 400 for everything else.
    func message<Message: WireMessage & Decodable>(_ type: Message.Type = Message.self) async throws -> Message {
        let body = try await jsonBody(limit: Message.maximumBytes)
        do {
            return try Message(json: body)
        } catch {
            throw Problem.badRequest(error.description)
        }
    }

    /// The bytes of a JSON body.
    func jsonBody(limit: Int) async throws -> [UInt8] {
        guard mediaType == Endpoint.mediaType, headers[.contentEncoding] == nil else {
            throw Problem.unsupportedMediaType
        }
        return Array(try await wholeBody(limit: limit).readableBytesView)
    }

    /// The body, whatever it is.
    func wholeBody(limit: Int) async throws -> ByteBuffer {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw Problem.tooLarge(limit: limit)
        }
        do {
            return try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit: limit)
        }
    }

    /// The media type without its parameters, in lower case.
    var mediaType: String? {
        headers[.contentType].map { field in
            field.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        }
    }
}

/// A message of the protocol as the answer to a request.
struct Answer<Message: WireMessage & Encodable>: ResponseGenerator {
    let message: Message

    init(_ message: Message) {
        self.message = message
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        Response(
            status: .ok, headers: [.contentType: Endpoint.mediaType, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: try message.json())))
    }
}
