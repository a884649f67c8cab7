import FoundationEssentials

/// The page at the door as the server renders it: it says how the door is now, and works without a script. It never holds
/// a greeting: those are only sent to who listens at that moment.
enum KioskPage {
    /// Everything of the page comes from here, and nothing may run that is not a file of it.
    static let policy: StaticString =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// The page's HTML.
    static func html(_ view: DoorView, language: KioskLanguage) -> String {
        let words = KioskWords.of(language)
        let shown = words[view.message]
        let isNoted = view.isOffline && view.message.tone != .fault
        return """
            <!doctype html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(escapedForHTML(words[.door]))</title>
            <link rel="icon" href="/kiosk.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/kiosk.css">
            <noscript><meta http-equiv="refresh" content="2"></noscript>
            <script src="/kiosk.js" defer></script>
            </head>
            <body data-message="\(view.message.rawValue)" data-tone="\(view.message.tone.rawValue)" \
            data-words="\(escapedForHTML(json(words)))">
            <main>
            \(guide)
            <div role="status" aria-live="polite" aria-atomic="true">
            <h1><span id="title">\(escapedForHTML(shown.title))</span><bdi id="name"></bdi></h1>
            <p id="text">\(escapedForHTML(shown.text))</p>
            </div>
            </main>
            <p id="note" role="status"\(isNoted ? "" : " hidden")>\(escapedForHTML(words[.offline]))</p>
            </body>
            </html>

            """
    }

    /// The ring to stand in, the outline of whoever stands there, and signs, of which the style sheet shows one at a time.
    private static let guide = """
        <svg id="guide" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
        <ellipse id="ring" cx="50" cy="50" rx="33" ry="44"/>
        <ellipse id="face" cx="50" cy="50" rx="20" ry="27" visibility="hidden"/>
        <path class="sign tick" d="M34 52 46 64 67 38"/>
        <path class="sign clock" d="M50 30V52L64 60"/>
        <path class="sign ask" d="M38 40C38 24 63 24 63 40 63 50 50 50 50 60M50 72V73"/>
        <path class="sign bang" d="M50 28V58M50 71V72"/>
        <path class="sign left" d="M70 50H30M44 36 30 50 44 64"/>
        <path class="sign right" d="M30 50H70M56 36 70 50 56 64"/>
        <path class="sign nod" d="M50 28V72M36 42 50 28 64 42M36 58 50 72 64 58"/>
        </svg>
        """

    /// The catalogue for the script, which has no words of its own.
    private static func json(_ words: KioskWords) -> String {
        struct Catalogue: Encodable {
            var messages: [String: KioskWords.Pair]
            var phrases: [String: String]
        }
        let catalogue = Catalogue(
            messages: Dictionary(uniqueKeysWithValues: DoorMessage.allCases.map { ($0.rawValue, words[$0]) }),
            phrases: Dictionary(uniqueKeysWithValues: KioskWords.Phrase.allCases.map { ($0.rawValue, words[$0]) }))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return (try? encoder.encode(catalogue)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
