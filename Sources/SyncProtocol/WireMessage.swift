import Attendance
import FoundationEssentials

/// A JSON body of the protocol. What is read is checked whole before anybody sees it; what is sent is checked too.
public protocol WireMessage: Sendable, Equatable {
    /// What an error calls the message.
    static var wireName: String { get }
    /// No body of this message is larger.
    static var maximumBytes: Int { get }
    /// Checks what the types of the members do not say. Throws `SyncProtocolError.invalid`.
    func validate() throws(SyncProtocolError)
}

extension WireMessage where Self: Decodable {
    /// Reads a message. Bytes from anywhere give a message or an error, in memory of a few times `maximumBytes`.
    public init(json bytes: [UInt8]) throws(SyncProtocolError) {
        try JSONGuard.check(bytes, message: Self.wireName, maximumBytes: Self.maximumBytes)
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch {
            throw SyncProtocolError(error, reading: Self.wireName)
        }
        try validate()
    }
}

extension WireMessage where Self: Encodable {
    /// The message's bytes; equal messages have equal bytes.
    public func json() throws(SyncProtocolError) -> [UInt8] {
        try validate()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes: [UInt8]
        do {
            bytes = try Array(encoder.encode(self))
        } catch {
            throw .invalid(message: Self.wireName, path: "", reason: "\(printable("\(error)"))")
        }
        guard bytes.count <= Self.maximumBytes else {
            throw .tooLarge(message: Self.wireName, bytes: bytes.count, limit: Self.maximumBytes)
        }
        return bytes
    }
}

extension WireMessage {
    /// Throws `SyncProtocolError.invalid` unless the condition holds.
    func require(
        _ condition: Bool, _ path: @autoclosure () -> String, _ reason: @autoclosure () -> String
    ) throws(SyncProtocolError) {
        guard condition else { throw .invalid(message: Self.wireName, path: path(), reason: reason()) }
    }
}

extension SyncProtocolError {
    /// What a decoder threw, in our words.
    init(_ error: any Error, reading message: String) {
        switch error {
        case let error as SyncProtocolError: self = error
        case let error as AttendanceError:
            self = .invalid(message: message, path: "", reason: "\(error)")
        case DecodingError.keyNotFound(let key, let context):
            self = .malformed(
                message: message, path: SyncProtocolError.path(context.codingPath + [key]), reason: "it is missing")
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            self = .malformed(
                message: message, path: SyncProtocolError.path(context.codingPath),
                reason: printable(context.debugDescription))
        default: self = .malformed(message: message, path: "", reason: printable("\(error)"))
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map { $0.intValue.map { "[\($0)]" } ?? printable($0.stringValue) }.joined(separator: ".")
    }
}

/// Checks that several messages share.
enum Check {
    /// Text of 1 to `limit` bytes that is safe on one line: no control characters.
    static func isLine(_ text: String, limit: Int, minimum: Int = 1) -> Bool {
        minimum...limit ~= text.utf8.count
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }

    /// Text made one line of at most `limit` Unicode scalars.
    static func line(_ text: String, limit: Int) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit) {
            line.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(line)
    }

    /// The first element that comes twice.
    static func firstTwice<Element: Hashable>(_ elements: some Sequence<Element>) -> Element? {
        var seen: Set<Element> = []
        return elements.first { !seen.insert($0).inserted }
    }
}
