import FoundationEssentials
import SyncProtocol

extension RequestBody {
    /// Reads a body that a person's program has sent, or says in that person's words what is wrong with it: the field and
    /// what is allowed there.
    static func read(_ bytes: [UInt8]) throws(Problem) -> Self {
        do throws(SyncProtocolError) {
            return try Self(json: bytes)
        } catch {
            switch error {
            case .tooLarge(_, _, let limit): throw .tooLarge(limit: limit)
            case .tooNested, .tooManyValues: throw .badRequest("The body has too many values, or too many levels.")
            case .invalid(_, let path, let reason): throw .badRequest(path.isEmpty ? reason : "\(path): \(reason)")
            case .malformed: throw .badRequest(problem(bytes))
            }
        }
    }

    /// What the decoder has against bytes that are few and flat enough for it.
    private static func problem(_ bytes: [UInt8]) -> String {
        do {
            _ = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch let error as UnfitValue {
            return "\(error.path.joined(separator: ".")): give \(error.allowed)"
        } catch DecodingError.keyNotFound(let key, let context) {
            return "\(place(context.codingPath + [key])): it is missing"
        } catch DecodingError.valueNotFound(_, let context) {
            return "\(place(context.codingPath)): it must not be null"
        } catch DecodingError.typeMismatch(let type, let context) {
            return "\(place(context.codingPath)): give \(kind(type))"
        } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
            return "\(place(context.codingPath)): this value cannot be used"
        } catch {}
        return "The body is not JSON."
    }

    private static func place(_ path: [any CodingKey]) -> String {
        path.isEmpty ? "The body" : path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }

    private static func kind(_ type: any Any.Type) -> String {
        switch type {
        case is String.Type: "text"
        case is Bool.Type: "true or false"
        case is Int.Type: "a whole number"
        case is [String].Type, is [Any].Type: "a list"
        default: "an object"
        }
    }
}
