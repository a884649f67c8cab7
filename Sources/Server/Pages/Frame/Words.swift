/// The pages' words in one language, by key. Each area of the pages has its own catalogue beside its templates; a test sees
/// to it that every language has the same keys, and that every key that is used is there.
struct Words: Sendable {
    let language: Language
    /// For templates: `{{words.key}}`.
    let texts: [String: String]

    init(_ language: Language) {
        self.language = language
        texts = Self.all[language] ?? [:]
    }

    /// The catalogues as one for each language, put together once: every page asks for them.
    private static let all = Dictionary(
        uniqueKeysWithValues: Language.allCases.map { language in
            (language, areas.reduce(into: [:]) { $0.merge($1[language] ?? [:]) { $1 } })
        })

    /// The text of a key; the key itself where there is none, which a test forbids.
    subscript(_ key: String) -> String { texts[key] ?? key }

    /// The text of a key, with `{name}` replaced by each value of that name.
    func callAsFunction(_ key: String, _ values: [String: String]) -> String {
        var (text, rest) = ("", self[key][...])
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            text += values[name] ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    /// The catalogues.
    static let areas: [[Language: [String: String]]] = [
        frameWords, loginWords, studentWords, teacherWords, adminWords, fleetWords,
    ]
}
