/// Text from outside (a reply, a header, a certificate) made fit for one line of a log.
enum ForeignText {
    /// Control characters and direction marks become blanks, runs of blanks one, and the rest is cut.
    /// - Parameter limit: characters.
    static func clean(_ text: some StringProtocol, limit: Int = 120) -> String {
        var result = ""
        var length = 0
        var blank = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace || Self.isUnfit(scalar) {
                blank = length > 0
                continue
            }
            guard length < limit else { return result + "…" }
            if blank { result.unicodeScalars.append(" ") }
            length += blank ? 2 : 1
            blank = false
            result.unicodeScalars.append(scalar)
        }
        return result
    }

    /// Bytes that ought to be UTF-8.
    static func clean(bytes: some Collection<UInt8>, limit: Int = 120) -> String {
        clean(String(decoding: bytes.prefix(limit * 4), as: UTF8.self), limit: limit)
    }

    /// Control, format (direction marks, joiners), private use and unassigned.
    private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
