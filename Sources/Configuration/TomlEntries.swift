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
        throw .malformed(
            file: file, line: max(1, Int(fault.line)), column: max(1, Int(fault.column)), reason: printable(message))
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
