import CToml

/// One table, array or value as the parser lists it.
struct TomlEntry {
    let key: String?
    let parent: Int?
    let value: TomlValue
}

/// The limits that hold before a byte is parsed: 1 MiB, brackets 16 deep, keys of at most 8 parts.
let tomlLimits = ctoml_limits(bytes: 1 << 20, brackets: 16, key_parts: 8)

/// Parses a document into a list where parents come before their children.
func parseEntries(_ bytes: [UInt8], file: String, directory: String) throws(ConfigurationError) -> [TomlEntry] {
    var fault = ctoml_error()
    guard let document = ctoml_parse(bytes, bytes.count, tomlLimits, &fault) else {
        let message = withUnsafeBytes(of: fault.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let line = max(1, Int(fault.line))
        let hint = wantsQuotes(line, of: bytes) ? "; a text is written in quotes, as \"text\"" : ""
        throw .malformed(
            file: file, line: line, column: max(1, Int(fault.column)), reason: printable(message) + hint)
    }
    defer { ctoml_free(document) }
    let raw = (0..<ctoml_count(document)).map { ctoml_at(document, $0) }

    // Elements of arrays follow their array, so going backwards every array finds its elements ready.
    var elements: [Int: [TomlValue]] = [:]
    var entries: [TomlEntry] = []
    for index in raw.indices.reversed() {
        let entry = raw[index]
        let value = TomlValue(
            content: content(of: entry, elements: elements.removeValue(forKey: index)?.reversed() ?? []),
            line: Int(entry.line), directory: directory)
        let parent = entry.parent < 0 ? nil : Int(entry.parent)
        if let parent, entry.key == nil { elements[parent, default: []].append(value) }
        entries.append(TomlEntry(key: string(entry.key, entry.key_length), parent: parent, value: value))
    }
    return entries.reversed()
}

/// Whether the value of a line that cannot be read begins as a text would without its quotes: `detector = hog`.
private func wantsQuotes(_ number: Int, of bytes: [UInt8]) -> Bool {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: number, omittingEmptySubsequences: false)
    guard number <= lines.count, let equals = lines[number - 1].firstIndex(of: UInt8(ascii: "=")) else {
        return false
    }
    let value = lines[number - 1][(equals + 1)...].drop { $0 <= UInt8(ascii: " ") }
    let word = String(decoding: value.prefix { $0 > UInt8(ascii: " ") && $0 != UInt8(ascii: "#") }, as: UTF8.self)
    let others = ["true", "false", "inf", "nan"]
    guard let first = word.utf8.first, !others.contains(word.lowercased()) else { return false }
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20) || first == UInt8(ascii: "/")
}

private func content(of entry: ctoml_entry, elements: [TomlValue]) -> TomlValue.Content {
    let text = string(entry.text, entry.text_length) ?? ""
    return switch entry.kind {
    case CTOML_ARRAY: .array(elements)
    case CTOML_STRING: .string(text)
    case CTOML_INTEGER: .integer(entry.integer)
    case CTOML_FLOAT: .float(entry.number)
    case CTOML_BOOLEAN: .boolean(entry.boolean)
    case CTOML_DATE: .date(text)
    case CTOML_TIME: .time(text)
    case CTOML_DATE_TIME: .dateTime(text)
    default: .table
    }
}

private func string(_ start: UnsafePointer<CChar>?, _ length: Int) -> String? {
    guard let start else { return nil }
    return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
}
