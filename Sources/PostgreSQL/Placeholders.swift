/// A statement with `?` for its values, as PostgreSQL wants it: `$1`, `$2`, … in their place.
struct Placeholders: Equatable {
    /// The statement with numbered placeholders.
    let sql: String
    /// How many there are.
    let count: Int

    /// Leaves a `?` alone that stands in a literal, in a quoted name or in a comment.
    init(_ statement: String) {
        var result: [UInt8] = []
        var count = 0
        var bytes = Array(statement.utf8)[...]
        while let byte = bytes.first {
            let length = Self.quotedLength(at: bytes)
            if length > 0 {
                result += bytes.prefix(length)
                bytes = bytes.dropFirst(length)
            } else if byte == UInt8(ascii: "?") {
                count += 1
                result += Array("$\(count)".utf8)
                bytes = bytes.dropFirst()
            } else {
                result.append(byte)
                bytes = bytes.dropFirst()
            }
        }
        sql = String(decoding: result, as: UTF8.self)
        self.count = count
    }

    /// How long the literal, quoted name or comment is that begins here; 0 where none does. One that never ends goes to the
    /// end of the text, and the server refuses it.
    private static func quotedLength(at bytes: ArraySlice<UInt8>) -> Int {
        switch bytes.first {
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            // A doubled mark inside ends one literal and begins the next: the same in the end.
            let mark = bytes[bytes.startIndex]
            return end(of: bytes.dropFirst(), after: [mark]) - bytes.startIndex
        case UInt8(ascii: "-") where bytes.starts(with: Array("--".utf8)):
            return end(of: bytes.dropFirst(2), after: Array("\n".utf8)) - bytes.startIndex
        case UInt8(ascii: "/") where bytes.starts(with: Array("/*".utf8)):
            return end(of: bytes.dropFirst(2), after: Array("*/".utf8)) - bytes.startIndex
        default: return 0
        }
    }

    private static func end(of bytes: ArraySlice<UInt8>, after mark: [UInt8]) -> Int {
        var rest = bytes
        while !rest.isEmpty {
            if rest.starts(with: mark) { return rest.startIndex + mark.count }
            rest = rest.dropFirst()
        }
        return bytes.endIndex
    }
}
