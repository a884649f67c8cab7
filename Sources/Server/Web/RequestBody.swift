import FoundationEssentials
import Hummingbird
import SyncProtocol

/// What a person's program sends as JSON. Fields that the server does not know are refused: a misspelt one would otherwise
/// be left out in silence.
protocol RequestBody: WireMessage, Decodable {
    associatedtype CodingKeys: CodingKey & CaseIterable
}

extension RequestBody {
    static var maximumBytes: Int { 64 << 10 }

    func validate() throws(SyncProtocolError) {}
}

/// What somebody sends who is not logged in. It is small: very many of them may come at once, and as slowly as they like.
protocol OpenRequestBody: RequestBody {}

extension OpenRequestBody {
    static var maximumBytes: Int { 8 << 10 }
}

extension Request {
    /// Reads the body.
    /// - Throws: a problem: 415 for another media type, 413 for too many bytes, 400 for everything else.
    func body<Body: RequestBody>(_ type: Body.Type = Body.self) async throws -> Body {
        let bytes = try await jsonBody(limit: Body.maximumBytes)
        let body = try Body.read(bytes)
        let known = Set(Body.CodingKeys.allCases.map(\.stringValue))
        let fields = (try? JSONDecoder().decode([String: Anything].self, from: Data(bytes)))?.keys
        if let unknown = fields?.first(where: { !known.contains($0) }) {
            let shown = String(unknown.unicodeScalars.prefix(60).filter { $0.properties.generalCategory != .control })
            throw Problem.badRequest(
                "\(shown): there is no such field; there are \(known.sorted().joined(separator: ", "))")
        }
        return body
    }
}

/// A value that nobody looks at.
private struct Anything: Decodable {
    init(from decoder: any Decoder) {}
}

/// A field of a change: left out, it stays; null takes the value away.
enum FieldChange<Value: Decodable & Sendable & Equatable>: Sendable, Equatable {
    case keep
    case set(Value?)

    func applied(to old: Value?) -> Value? {
        switch self {
        case .keep: old
        case .set(let value): value
        }
    }
}

extension KeyedDecodingContainer {
    func change<Value: Decodable & Sendable & Equatable>(
        _ type: Value.Type = Value.self, forKey key: Key
    ) throws -> FieldChange<Value> {
        contains(key) ? .set(try decodeIfPresent(type, forKey: key)) : .keep
    }
}
