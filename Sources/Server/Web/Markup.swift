import Mustache

/// Text in HTML and SVG.
enum Markup {
    /// The text with what means something to a browser written out. Sign by sign: to Swift "<" with an accent on it, or
    /// behind U+0600, is another `Character` than "<"; to a browser it is not.
    static func escaped(_ text: String) -> String {
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": safe.append(contentsOf: "&amp;".unicodeScalars)
            case "<": safe.append(contentsOf: "&lt;".unicodeScalars)
            case ">": safe.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": safe.append(contentsOf: "&quot;".unicodeScalars)
            case "'": safe.append(contentsOf: "&#39;".unicodeScalars)
            default: safe.append(scalar)
            }
        }
        return String(safe)
    }

    /// A template of HTML as the library is to read it: it escapes by `Character` unless it is told otherwise.
    static func template(_ text: String) -> String {
        _ = registration
        return "{{%CONTENT_TYPE:MARKUP}}\n" + text
    }

    private static let registration: Void = MustacheContentTypes.register(Content(), named: "MARKUP")

    private struct Content: MustacheContentType {
        func escapeText(_ text: String) -> String { Markup.escaped(text) }
    }
}
