/// One variable of the environment or of a `.env` file.
struct Setting: Sendable {
    let variable: String
    let text: String
    /// What an error names: "environment" or the file.
    let source: String
    /// The line in the file, from 1; 0 for the environment.
    let line: Int
    /// The folder against which a relative path is meant; empty for the working directory.
    let directory: String

    /// True for a variable that may hold a password or key, by its name.
    var isSecret: Bool {
        ["_URL", "_PASSWORD", "_SECRET", "_TOKEN", "_KEY"].contains { variable.hasSuffix($0) }
    }

    func has(_ prefix: String) -> Bool { variable.hasPrefix(prefix + "_") }

    /// The value as a key of a configuration file would have it.
    func read<Value>(_ accepted: Accepted<Value>) throws(ConfigurationError) -> Value {
        for value in meanings {
            if let result = accepted.result(of: value) { return result }
        }
        throw refusal("expected \(accepted.description), found \(description)")
    }

    func refusal(_ reason: String) -> ConfigurationError {
        .refused(file: source, line: line, key: printable(variable, limit: 100), reason: reason)
    }

    private var description: String {
        if text.isEmpty { return "nothing; unset it to have what the file says" }
        return isSecret ? "something else" : value(.string(text)).description
    }

    /// What the text can mean, the likeliest first: itself, what TOML makes of it without quotation marks, and a list with
    /// commas between its strings.
    private var meanings: [TomlValue] {
        var meanings = [value(.string(text))]
        let isOneLine = !text.contains { $0.isNewline }
        if isOneLine, let entries = try? parseEntries(Array("v = \(text)".utf8), file: source, directory: directory),
            let first = entries.first(where: { $0.key == "v" && $0.parent == nil })
        {
            meanings.append(first.value)
        }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            value(.string(String(part.trimming { $0.isWhitespace })))
        }
        meanings.append(value(.array(parts)))
        return meanings
    }

    private func value(_ content: TomlValue.Content) -> TomlValue {
        TomlValue(content: content, line: line, directory: directory)
    }
}

extension StringProtocol {
    /// The text without what the condition holds for at its beginning and end.
    func trimming(_ isLeftOut: (Character) -> Bool) -> SubSequence {
        var rest = self[startIndex..<endIndex]
        while let first = rest.first, isLeftOut(first) { rest = rest.dropFirst() }
        while let last = rest.last, isLeftOut(last) { rest = rest.dropLast() }
        return rest
    }
}
