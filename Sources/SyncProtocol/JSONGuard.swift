/// One look at JSON from outside before a decoder sees it. A decoder's memory and stack follow the number of values and
/// their depth, so both are bounded here. Whether the text is JSON at all is the decoder's business.
enum JSONGuard {
    /// The deepest message has 5 levels.
    static let maximumDepth = 16
    /// The largest roster page has less than 10,000.
    static let maximumValues = 20_000

    static func check(_ bytes: [UInt8], message: String, maximumBytes: Int) throws(SyncProtocolError) {
        guard bytes.count <= maximumBytes else {
            throw .tooLarge(message: message, bytes: bytes.count, limit: maximumBytes)
        }
        var (depth, values) = (0, 1)
        var (isInString, isEscaped) = (false, false)
        for byte in bytes {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                values += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ","): values += 1
            default: break
            }
            guard depth <= maximumDepth else { throw .tooNested(message: message, limit: maximumDepth) }
            guard values <= maximumValues else { throw .tooManyValues(message: message, limit: maximumValues) }
        }
    }
}
