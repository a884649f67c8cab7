import Attendance

/// Why a message cannot be sent or read. Every description names the message, the place in it and the next step.
public enum SyncProtocolError: Error, Sendable, Equatable, CustomStringConvertible {
    /// More bytes than the message may have.
    case tooLarge(message: String, bytes: Int, limit: Int)
    /// JSON nested deeper than any message is.
    case tooNested(message: String, limit: Int)
    /// More JSON values than any message has.
    case tooManyValues(message: String, limit: Int)
    /// Not JSON, or a member that is missing or of a wrong type.
    case malformed(message: String, path: String, reason: String)
    /// A value out of its range.
    case invalid(message: String, path: String, reason: String)

    /// One line: what, where, and what to do next.
    public var description: String {
        let next = "check that the address is the Rollcall server's and that terminal and server have one version"
        return switch self {
        case .tooLarge(let message, let bytes, let limit):
            "\(message) of \(bytes) bytes, more than \(limit); \(next)"
        case .tooNested(let message, let limit):
            "\(message) nested deeper than \(limit) levels; \(next)"
        case .tooManyValues(let message, let limit):
            "\(message) with more than \(limit) values; \(next)"
        case .malformed(let message, let path, let reason):
            "\(message) cannot be read at \(path.isEmpty ? "its start" : path): \(reason); \(next)"
        case .invalid(let message, let path, let reason):
            "\(message) is refused at \(path.isEmpty ? "its start" : path): \(reason); \(next)"
        }
    }
}
