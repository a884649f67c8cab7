/// The catalogue of one language: every text of the page at the door.
struct KioskWords: Sendable {
    /// What is said large, and what below it.
    struct Pair: Sendable, Encodable, Equatable {
        var title: String
        var text: String
    }

    /// Texts beside the messages. The raw value is the key on the page.
    enum Phrase: String, Sendable, CaseIterable {
        /// The title of the page.
        case door
        // By the time of day.
        case morning, afternoon, evening, hello
        // What a mark says.
        case present, late, absent
        /// A mark was made, and its time is not known.
        case marked
        /// There was a mark already.
        case markedAlready
        case noSchool
        /// The server cannot be reached.
        case offline
    }

    let messages: [DoorMessage: Pair]
    let phrases: [Phrase: String]

    /// The catalogue of a language.
    static func of(_ language: KioskLanguage) -> KioskWords {
        switch language {
        case .english: english
        case .german: german
        }
    }

    /// A message's texts; a key that is missing shows itself, and the tests find it.
    subscript(_ message: DoorMessage) -> Pair { messages[message] ?? Pair(title: message.rawValue, text: "") }
    /// A phrase.
    subscript(_ phrase: Phrase) -> String { phrases[phrase] ?? phrase.rawValue }
}

/// Brevity for the catalogues.
func said(_ title: String, _ text: String) -> KioskWords.Pair { KioskWords.Pair(title: title, text: text) }
