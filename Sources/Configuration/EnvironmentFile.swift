import Glibc

/// A `.env` file: `NAME=VALUE` a line, comments that begin with `#`, values plain or in quotation marks. Nothing in a value
/// is replaced, neither variables nor commands.
enum EnvironmentFile {
    /// The settings of the file; none where there is no file.
    static func load(_ path: String) throws(ConfigurationError) -> [Setting] {
        var status = stat()
        if stat(path, &status) != 0, errno == ENOENT || errno == ENOTDIR { return [] }
        let text = String(decoding: try readFile(path), as: UTF8.self)
        let settings = try parse(text, file: path)
        // Who reads the file could log in as the server.
        if status.st_mode & S_IROTH != 0, let secret = settings.first(where: \.isSecret) {
            throw .unreadable(
                file: path, reason: "every user may read it, and it sets \(secret.variable); chmod o= \(path)")
        }
        return settings
    }

    /// The settings in order of their lines. An error names the line and never shows it: it may hold a secret.
    static func parse(_ text: String, file: String) throws(ConfigurationError) -> [Setting] {
        let folder = folderOf(file)
        let directory = folder == "/" || folder.isEmpty ? folder : String(folder.dropLast())
        var settings: [Setting] = []
        var lines: [String: Int] = [:]
        for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = raw.trimming { $0.isWhitespace }
            if line.isEmpty || line.hasPrefix("#") { continue }
            let place = "\(file):\(index + 1)"
            let words = line.hasPrefix("export ") ? line.dropFirst(7).trimming { $0.isWhitespace } : line
            guard let equals = words.firstIndex(of: "="),
                case let written = words[..<equals].trimming({ $0.isWhitespace }), isName(written),
                let value = value(words[words.index(after: equals)...])
            else {
                throw .unreadable(
                    file: place,
                    reason: "expected NAME=VALUE, with the value plain or in one pair of quotation marks, or # COMMENT")
            }
            let name = String(written)
            if let first = lines.updateValue(index + 1, forKey: name) {
                throw .unreadable(file: place, reason: "\(name) is set on line \(first) already")
            }
            settings.append(
                Setting(variable: name, text: value, source: file, line: index + 1, directory: directory))
        }
        return settings
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// The value that is written; nil where its quotation mark does not end or something follows it.
    private static func value(_ written: Substring) -> String? {
        let text = written.trimming { $0.isWhitespace }
        guard let mark = text.first, mark == "\"" || mark == "'" else { return plain(text) }
        var value = ""
        var rest = text.dropFirst()
        while let character = rest.popFirst() {
            if character == mark {
                let after = rest.trimming { $0.isWhitespace }
                return after.isEmpty || after.hasPrefix("#") ? value : nil
            }
            // Between double marks, a backslash makes a mark or a backslash plain.
            if mark == "\"", character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                value.append(next)
                rest = rest.dropFirst()
            } else {
                value.append(character)
            }
        }
        return nil
    }

    /// A comment begins with `#` behind a space; a password may hold one.
    private static func plain(_ text: Substring) -> String {
        var end = text.startIndex
        while end < text.endIndex {
            let isComment = text[end] == "#" && (end == text.startIndex || text[text.index(before: end)].isWhitespace)
            if isComment { break }
            end = text.index(after: end)
        }
        return String(text[..<end].trimming { $0.isWhitespace })
    }
}
