import Configuration
import FoundationEssentials

/// A small file of lines with fields between commas, `#` for comments; spaces around a field do not count.
struct TextTable {
    /// A line that is neither empty nor a comment.
    struct Row {
        /// Counted from 1.
        var line: Int
        var fields: [String]
    }

    var rows: [Row] = []

    init(text: String) {
        // A file from another system may begin with a byte order mark and end its lines with two characters.
        let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = Self.trimmed(line)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map { Self.trimmed($0) }
            rows.append(Row(line: index + 1, fields: fields))
        }
    }

    /// The text of the file at `path`; `problem` makes the error of one that cannot be read.
    static func read(
        _ path: String, problem: (String) -> EvaluationError
    ) throws(EvaluationError) -> String {
        guard let bytes = FileManager.default.contents(atPath: path), NamedFile.problem(path) == nil else {
            throw problem(NamedFile.problem(path) ?? "it cannot be read")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.trimmingPrefix(while: \.isWhitespace)
        return String(String(start.reversed()).trimmingPrefix(while: \.isWhitespace).reversed())
    }
}
