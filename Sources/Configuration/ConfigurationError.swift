/// Why a configuration is refused. The description is one line: the place, the key, what is wrong, what is accepted. Line 0
/// stands for a place without lines, as the environment.
public enum ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file cannot be read at all.
    case unreadable(file: String, reason: String)
    /// The file is not TOML. Lines and columns begin at 1.
    case malformed(file: String, line: Int, column: Int, reason: String)
    /// A key or table that the program does not know; `hint` names what it knows.
    case unknownKey(file: String, line: Int, key: String, hint: String)
    /// A key that must be set is not; `line` is the line of its table, or 1.
    case missing(file: String, line: Int, key: String, hint: String)
    /// A value of the wrong type or outside what is accepted.
    case refused(file: String, line: Int, key: String, reason: String)

    /// What a program exits with when its configuration is refused: EX_CONFIG of sysexits.h.
    public static let exitStatus: Int32 = 78

    /// One line: the place, the key, what is wrong and what is accepted.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(printable(file)): \(reason)"
        case .malformed(let file, let line, let column, let reason):
            "\(printable(file)):\(line): not TOML at column \(column): \(reason)"
        case .unknownKey(let file, let line, let key, let hint):
            "\(place(file, line)): \(key): unknown key; \(hint)"
        case .missing(let file, let line, let key, let hint): "\(place(file, line)): \(key): must be set: \(hint)"
        case .refused(let file, let line, let key, let reason): "\(place(file, line)): \(key): \(reason)"
        }
    }

    private func place(_ file: String, _ line: Int) -> String {
        line == 0 ? printable(file) : "\(printable(file)):\(line)"
    }
}

/// The text on one line and safe for a terminal: control characters become `\u{..}`, and long text is cut.
func printable(_ text: String, limit: Int = 200) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(limit) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse:
            result += "\\u{\(String(scalar.value, radix: 16))}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return text.unicodeScalars.count > limit ? result + "…" : result
}
