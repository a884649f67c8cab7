/// One table of a document. Reading a key that is absent gives nil or the default; a table that is absent is empty.
public struct TomlTable {
    let document: TomlDocument
    let entry: Int?
    /// Its dotted name as in the file, for example `classes."7b"`; empty for the document itself.
    public let path: String
    let pattern: String

    /// Reads a key; nil when it is not set.
    public func read<Value>(_ key: String, _ accepted: Accepted<Value>) throws(ConfigurationError) -> Value? {
        let index = find(key)
        document.remember(key, in: self, isTable: false, entry: index)
        if let setting = setting(key) { return try setting.read(accepted) }
        guard let index else { return nil }
        let value = document.entries[index].value
        do {
            return try accepted.convert(value)
        } catch {
            throw .refused(
                file: document.file, line: error.value.line, key: joined(path, key),
                reason: "expected \(error.expected), found \(error.value.description)")
        }
    }

    /// Reads a key; `standard` when it is not set.
    public func read<Value>(
        _ key: String, _ accepted: Accepted<Value>, default standard: Value
    ) throws(ConfigurationError) -> Value {
        try read(key, accepted) ?? standard
    }

    /// Reads a key that must be set.
    public func require<Value>(_ key: String, _ accepted: Accepted<Value>) throws(ConfigurationError) -> Value {
        if let value = try read(key, accepted) { return value }
        var line = entry.map { document.entries[$0].value.line } ?? 1
        var hint = accepted.description
        if let typo = document.unreadKey(like: key, in: entry), isInFile {
            line = document.entries[typo].value.line
            hint += "; is \(quotedKey(document.entries[typo].key ?? "")) a typing error?"
        }
        if !document.isFile {
            hint += " (there is no such file, and \(document.environment.variable(key, inTable: path)) is not set)"
        }
        throw .missing(file: document.file, line: line, key: joined(path, key), hint: hint)
    }

    /// The table of that name inside this one; an empty one when the file has none.
    public func table(_ key: String) throws(ConfigurationError) -> TomlTable {
        let index = find(key)
        document.remember(key, in: self, isTable: true, entry: index)
        return try table(key, at: index, pattern: joined(pattern, key))
    }

    /// Every table inside this one, in the order of the file: for tables whose names the operator chooses.
    public func tables() throws(ConfigurationError) -> [(name: String, table: TomlTable)] {
        guard isInFile else { return [] }
        var result: [(name: String, table: TomlTable)] = []
        for index in document.children(of: entry) {
            let name = document.entries[index].key ?? ""
            document.remember(name, in: self, isTable: true, entry: index)
            result.append((name, try table(name, at: index, pattern: joined(pattern, "*", quoting: false))))
        }
        return result
    }

    /// Whether the file has this table, or the environment a key of it.
    public var isPresent: Bool { isInFile || (isFixed && document.environment.hasTable(path)) }

    /// Whether the key is set, without reading it.
    public func has(_ key: String) -> Bool { find(key) != nil || isFromEnvironment(key) }

    /// Whether the environment or a `.env` file sets the key, and so wins over the file.
    public func isFromEnvironment(_ key: String) -> Bool { setting(key) != nil }

    /// An error about a key that was read, for what only the program can judge, as two keys that exclude each other.
    public func refusal(_ key: String, _ reason: String) -> ConfigurationError {
        if let setting = setting(key) { return setting.refusal(reason) }
        let line = (find(key) ?? entry).map { document.entries[$0].value.line } ?? 1
        return .refused(file: document.file, line: line, key: joined(path, key), reason: reason)
    }

    /// Refuses keys that are no longer read, and says which one took their place.
    /// - Parameter what: what that one says.
    public func refuse(_ former: [String], forWhich key: String, which what: String) throws(ConfigurationError) {
        guard let first = former.first(where: has) else { return }
        throw refusal(
            first,
            "no longer read: delete \(former.joined(separator: " and ")); \(joined(path, key)) \(what)")
    }

    private var isInFile: Bool { entry != nil || path.isEmpty }

    /// False for a table whose name the operator chose.
    private var isFixed: Bool { !pattern.contains("*") }

    private func setting(_ key: String) -> Setting? {
        isFixed ? document.environment.setting(key, inTable: path) : nil
    }

    private func find(_ key: String) -> Int? {
        isInFile ? document.child(key, of: entry) : nil
    }

    private func table(_ key: String, at index: Int?, pattern: String) throws(ConfigurationError) -> TomlTable {
        if let index, document.entries[index].value.content != .table {
            let value = document.entries[index].value
            throw .refused(
                file: document.file, line: value.line, key: joined(path, key),
                reason: "expected a table, written [\(joined(path, key))], found \(value.description)")
        }
        return TomlTable(document: document, entry: index, path: joined(path, key), pattern: pattern)
    }
}
