import Hummingbird

/// A language that the pages speak.
enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case german = "de"

    /// The first of the reader's languages that there is (RFC 9110, section 12.5.4); English where there is none.
    init(accepting field: String?) {
        let wanted = (field ?? "").prefix(1000).split(separator: ",").map { part in
            let pieces = part.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return (tag: pieces.first?.lowercased() ?? "", weight: weight)
        }
        let best = wanted.enumerated().filter { $0.element.weight > 0 }
            .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
            .compactMap { Language(rawValue: String($0.element.tag.prefix(2))) }
        self = best.first ?? .english
    }

    /// The language of the reader of a request: what they chose, or what their browser says.
    init(of request: Request) {
        let chosen = request.cookies[PageCookie.language].flatMap { Language(rawValue: $0.value) }
        self = chosen ?? Language(accepting: request.headers[.acceptLanguage])
    }
}
