import Attendance
import Crypto
import FoundationEssentials
import HTTPTypes
import Hummingbird
import SyncProtocol
import Synchronization

/// The entity tags of roster answers. A tag is weak, as the server's time in the body differs each time; everything else
/// in it is the same for the same question, the same revision and the same policy.
final class RosterTags: Sendable {
    private let last = Mutex<(policy: AttendancePolicy, digest: [UInt8])?>(nil)

    func tag(of position: RosterPosition, policy: AttendancePolicy) -> String {
        let question = position.known?.description ?? ""
        let state = Array("\(question)\n\(position.newest)\n".utf8) + digest(of: policy)
        return "W/\"\(Base64URL.encode(SHA256.hash(data: state).prefix(16)))\""
    }

    /// Of the policy's JSON; it is made anew only when the policy changes.
    private func digest(of policy: AttendancePolicy) -> [UInt8] {
        last.withLock { last in
            if let last, last.policy == policy { return last.digest }
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let digest = Array(SHA256.hash(data: (try? encoder.encode(policy)) ?? Data()))
            last = (policy, digest)
            return digest
        }
    }
}

extension Request {
    /// Whether the field If-None-Match names the tag, by the weak comparison of RFC 9110, section 8.8.3.2.
    func hasMatch(of tag: String) -> Bool {
        headers[values: .ifNoneMatch].contains { field in
            field.split(separator: ",").contains { Self.opaque($0.filter { !$0.isWhitespace }) == Self.opaque(tag) }
        }
    }

    private static func opaque(_ tag: String) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...] }
}

/// A page of the roster with its tag, or the word that nothing has changed.
struct RosterAnswer: ResponseGenerator {
    let tag: String
    /// nil for 304.
    let delta: RosterDelta?

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var headers: HTTPFields = [.eTag: tag, .cacheControl: "no-store"]
        guard let delta else { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = Endpoint.mediaType
        return Response(
            status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: try delta.json())))
    }
}
