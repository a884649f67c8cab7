import Glibc

/// Settings from outside the configuration file: variables `PREFIX_TABLE_KEY`, as `ROLLCALL_LISTEN_PORT`, of the process
/// and of a `.env` file beside the configuration file. The process wins over the `.env` file, and both over the
/// configuration file. Tables whose names the operator chooses are in the configuration file only.
public struct EnvironmentSettings: Sendable {
    let prefix: String
    private let settings: [String: Setting]

    /// No settings: only the configuration file counts.
    public static let none = EnvironmentSettings(prefix: "", settings: [:])

    /// Takes the variables that begin with the prefix.
    /// - Parameters:
    ///   - prefix: in upper case and without an underscore at its end, as `ROLLCALL`.
    ///   - process: the variables of the process.
    ///   - configuration: the configuration file beside which a `.env` file may be.
    /// - Throws: `.unreadable` for a `.env` file that is not one, or that others may read although it holds a secret.
    public init(
        prefix: String, process: [String: String], beside configuration: String
    ) throws(ConfigurationError) {
        var settings: [String: Setting] = [:]
        for setting in try EnvironmentFile.load(folderOf(configuration) + ".env") where setting.has(prefix) {
            settings[setting.variable] = setting
        }
        for (name, text) in process {
            // A relative path of the process's environment is meant from its working directory.
            let setting = Setting(variable: name, text: text, source: "environment", line: 0, directory: "")
            if setting.has(prefix) { settings[name] = setting }
        }
        self.init(prefix: prefix, settings: settings)
    }

    private init(prefix: String, settings: [String: Setting]) {
        self.prefix = prefix
        self.settings = settings
    }

    var isEmpty: Bool { settings.isEmpty }

    /// What is set for a key; nil for nothing.
    func setting(_ key: String, inTable path: String) -> Setting? {
        isEmpty ? nil : settings[variable(key, inTable: path)]
    }

    /// Where a key is set, as "environment: ROLLCALL_TLS_KEY"; nil where none of these settings is about it.
    /// - Parameter key: with its tables, as `tls.key`.
    public func place(of key: String) -> String? {
        let parts = key.split(separator: ".").map(String.init)
        guard let last = parts.last,
            let setting = setting(last, inTable: parts.dropLast().joined(separator: "."))
        else { return nil }
        return "\(printable(setting.source))\(setting.line == 0 ? "" : ":\(setting.line)"): \(setting.variable)"
    }

    /// Whether anything is set for keys of a table.
    func hasTable(_ path: String) -> Bool {
        settings.keys.contains { $0.hasPrefix(variable("", inTable: path)) }
    }

    /// The variable for a key.
    func variable(_ key: String, inTable path: String) -> String {
        let parts = path.split(separator: ".").map(String.init) + [key]
        return (prefix + "_" + parts.joined(separator: "_")).uppercased().replacing("-", with: "_")
    }

    /// Refuses the first variable of a table that the program knows whose key it does not know.
    /// - Parameters:
    ///   - keys: every key that the program asked for.
    ///   - tables: every table that it asked for.
    func refuseUnknown(keys: [(table: String, key: String)], tables: [String]) throws(ConfigurationError) {
        let known = Set(keys.map { variable($0.key, inTable: $0.table) })
        for (name, setting) in settings.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
            // Of two tables, one inside the other, the inner one.
            let table = tables.map { variable("", inTable: $0) }.filter { name.hasPrefix($0) }
                .max { $0.utf8.count < $1.utf8.count }
            guard let table else { continue }
            let siblings = known.filter { $0.hasPrefix(table) }.map { String($0.dropFirst(table.count)) }
            let hint =
                if let nearest = nearest(to: String(name.dropFirst(table.count)), among: siblings) {
                    "did you mean \(table)\(nearest)?"
                } else if siblings.isEmpty {
                    "the tables of this name are in the configuration file only"
                } else {
                    "known here: \(siblings.sorted().map { table + $0 }.joined(separator: ", "))"
                }
            throw .unknownKey(file: setting.source, line: setting.line, key: printable(name, limit: 100), hint: hint)
        }
    }
}

/// The folder of a file with a slash at its end; empty for the working directory.
func folderOf(_ file: String) -> String {
    file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
}
