/// Why somebody has done something, in their own words on one line.
enum Reason {
    static let maximumBytes = 500

    /// The text without spaces around it.
    /// - Throws: `.refused` for an empty or overlong text and for one with control characters.
    static func checked(_ text: String, field: String = "reason") throws(ServerError) -> String {
        let start = text.drop(while: \.isWhitespace)
        let trimmed = start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
        let hasControl = trimmed.unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
        guard !trimmed.isEmpty, trimmed.utf8.count <= maximumBytes, !hasControl else {
            throw .refused("\(field): give one line of 1 to \(maximumBytes) bytes")
        }
        return trimmed
    }
}
