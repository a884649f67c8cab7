/// One value of a document, with its place.
public struct TomlValue: Sendable, Equatable {
    /// What a value can be. Dates and times stay text.
    public enum Content: Sendable, Equatable {
        case table
        case array([TomlValue])
        case string(String)
        case integer(Int64)
        case float(Double)
        case boolean(Bool)
        case date(String)
        case time(String)
        case dateTime(String)
    }

    /// The value itself.
    public let content: Content
    /// The line of its key, or of the element of an array; the first line is 1.
    public let line: Int
    /// The folder of the file, against which relative paths are meant; empty for the working directory.
    public let directory: String

    /// The value as an error message names it: its type and what was written.
    public var description: String {
        switch content {
        case .table: "a table"
        case .array(let elements): elements.isEmpty ? "an empty array" : "an array"
        // Messages end in logs, where a password has no place.
        case .string(let text) where text.contains("://") && text.contains("@"): "an address with a user name in it"
        case .string(let text) where text.contains("://") && text.contains("password"):
            "an address with a password in it"
        case .string(let text): "the string \"\(printable(text, limit: 60))\""
        case .integer(let number): "the whole number \(number)"
        case .float(let number): "the number \(number)"
        case .boolean(let value): "\(value)"
        case .date(let text): "the date \(text)"
        case .time(let text): "the time \(text)"
        case .dateTime(let text): "the date and time \(text)"
        }
    }
}
