/// A language that the page at the door speaks. The raw value is its tag (BCP 47).
public enum KioskLanguage: String, Sendable, CaseIterable {
    case english = "en"
    case german = "de"

    /// The one that a browser likes best, by its header Accept-Language (RFC 9110, section 12.5.4); English where it says
    /// nothing, or names none of them.
    init(accepted header: String?) {
        var best: (language: KioskLanguage, weight: Double)?
        for range in (header ?? "").prefix(1000).split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
            guard let tag = parts.first?.split(separator: "-").first,
                let language = KioskLanguage(rawValue: String(tag))
            else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if weight > 0, weight > best?.weight ?? 0 { best = (language, weight) }
        }
        self = best?.language ?? .english
    }
}
