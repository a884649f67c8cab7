import Glibc

/// A configuration file that remembers what was read of it, so that `finish()` can refuse what nobody knows.
///
/// Read it from one place: `let document = try TomlDocument.load(path)`, then the tables and keys, then `finish()`.
public final class TomlDocument {
    /// The file as it was named, for messages.
    public let file: String
    let entries: [TomlEntry]
    let environment: EnvironmentSettings
    /// False where the environment stands for a file that is not there.
    let isFile: Bool
    /// The keyed entries of each table, in the order of the file; the document itself is nil.
    private let members: [Int?: [Int]]
    private let places: [Place: Int]
    private var readEntries: Set<Int> = []
    private var asked: Set<AskedKey> = []

    /// A key that the program asked for, whether or not it was there.
    private struct AskedKey: Hashable {
        let tablePath: String
        let tablePattern: String
        let key: String
        let isTable: Bool
    }

    private struct Place: Hashable {
        let parent: Int?
        let key: String
    }

    /// Parses `bytes`; `file` names them in errors, and its folder is where relative paths begin. What `environment` sets
    /// wins over the bytes.
    public convenience init(
        bytes: [UInt8], file: String, environment: EnvironmentSettings = .none
    ) throws(ConfigurationError) {
        try self.init(bytes: bytes, file: file, environment: environment, isFile: true)
    }

    private init(
        bytes: [UInt8], file: String, environment: EnvironmentSettings, isFile: Bool
    ) throws(ConfigurationError) {
        self.file = file
        self.environment = environment
        self.isFile = isFile
        let directory = file.lastIndex(of: "/").map { $0 == file.startIndex ? "/" : String(file[..<$0]) } ?? ""
        let entries = try parseEntries(bytes, file: file, directory: directory)
        var members: [Int?: [Int]] = [:]
        var places: [Place: Int] = [:]
        for (index, entry) in entries.enumerated() {
            guard let key = entry.key else { continue }
            members[entry.parent, default: []].append(index)
            places[Place(parent: entry.parent, key: key)] = index
        }
        self.entries = entries
        self.members = members.mapValues { indices in
            indices.sorted { entries[$0].value.line < entries[$1].value.line }
        }
        self.places = places
    }

    /// Reads and parses the file at `path`. At most 1 MiB; only a regular file.
    /// - Parameters:
    ///   - environment: settings that win over the file.
    ///   - isOptional: whether the environment alone will do where it sets something and there is no file.
    public static func load(
        _ path: String, environment: EnvironmentSettings = .none, isOptional: Bool = false
    ) throws(ConfigurationError) -> TomlDocument {
        if isOptional, !environment.isEmpty, access(path, F_OK) != 0, errno == ENOENT {
            return try TomlDocument(bytes: [], file: path, environment: environment, isFile: false)
        }
        return try TomlDocument(bytes: readFile(path), file: path, environment: environment)
    }

    /// The document itself, for keys before the first table header.
    public var root: TomlTable { TomlTable(document: self, entry: nil, path: "", pattern: "") }

    /// The table `[key]`; an empty one when the file has none.
    public func table(_ key: String) throws(ConfigurationError) -> TomlTable {
        try root.table(key)
    }

    /// Refuses the first key that nothing asked for, then the first such variable. Call it after the last read.
    public func finish() throws(ConfigurationError) {
        try refuseUnknownKeys()
        let fixed = asked.filter { !$0.tablePattern.contains("*") }
        try environment.refuseUnknown(
            keys: fixed.filter { !$0.isTable }.map { ($0.tablePattern, $0.key) },
            tables: fixed.filter(\.isTable).map { joined($0.tablePattern, $0.key) })
    }

    private func refuseUnknownKeys() throws(ConfigurationError) {
        let unknown = entries.indices.filter { index in
            guard entries[index].key != nil, !readEntries.contains(index) else { return false }
            // A table that nobody asked for is named once, not by each of its keys. Arrays are read as a whole.
            guard let parent = entries[index].parent else { return true }
            return readEntries.contains(parent) && entries[parent].value.content == .table
        }
        guard let first = unknown.min(by: { entries[$0].value.line < entries[$1].value.line }) else { return }
        let path = path(of: first)
        throw .unknownKey(file: file, line: entries[first].value.line, key: path, hint: hint(for: first))
    }

    /// Every key that was asked for, as `table.key`; the names of tables found by pattern read `*`. Sorted.
    public var knownKeys: [String] {
        Set(asked.filter { !$0.isTable }.map { joined($0.tablePattern, $0.key) }).sorted()
    }

    func child(_ key: String, of parent: Int?) -> Int? {
        places[Place(parent: parent, key: key)]
    }

    func children(of parent: Int?) -> [Int] {
        members[parent] ?? []
    }

    func remember(_ key: String, in table: TomlTable, isTable: Bool, entry: Int?) {
        asked.insert(AskedKey(tablePath: table.path, tablePattern: table.pattern, key: key, isTable: isTable))
        if let entry { readEntries.insert(entry) }
    }

    /// The key in the table that is most like `key` and that nothing has read: a typing error, perhaps.
    func unreadKey(like key: String, in parent: Int?) -> Int? {
        let unread = children(of: parent).filter { !readEntries.contains($0) }
        guard let nearest = nearest(to: key, among: unread.compactMap { entries[$0].key }) else { return nil }
        return child(nearest, of: parent)
    }

    private func path(of index: Int) -> String {
        joined(entries[index].parent.map(path(of:)) ?? "", entries[index].key ?? "")
    }

    private func hint(for index: Int) -> String {
        let key = entries[index].key ?? ""
        let tablePath = entries[index].parent.map(path(of:)) ?? ""
        let siblings = asked.filter { $0.tablePath == tablePath }
        let missing = siblings.filter { child($0.key, of: entries[index].parent) == nil }
        if let nearest = nearest(to: key, among: missing.map(\.key)) {
            return "did you mean \(joined(tablePath, nearest))?"
        }
        if let elsewhere = asked.filter({ $0.key == key && $0.tablePath != tablePath }).map(\.tablePattern).min() {
            return elsewhere.isEmpty ? "it belongs before the first table" : "it belongs in [\(elsewhere)]"
        }
        let known = Set(siblings.map(\.key)).sorted().joined(separator: ", ")
        return known.isEmpty ? "this table has no keys" : "known here: \(known)"
    }
}
