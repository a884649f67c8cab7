import Testing

@testable import Terminal

@Suite("Words of the page at the door")
struct KioskWordsTests {
    @Test(arguments: KioskLanguage.allCases)
    func everyLanguageHasEveryText(_ language: KioskLanguage) {
        let words = KioskWords.of(language)
        #expect(Set(words.messages.keys) == Set(DoorMessage.allCases))
        #expect(Set(words.phrases.keys) == Set(KioskWords.Phrase.allCases))
        for pair in words.messages.values {
            #expect((1...30).contains(pair.title.count), "\(pair.title): read at a glance")
            #expect((1...72).contains(pair.text.count), "\(pair.text)")
        }
        #expect(words.phrases.values.allSatisfy { !$0.isEmpty })
    }

    @Test func theLanguagesDiffer() {
        for message in DoorMessage.allCases { #expect(KioskWords.english[message] != KioskWords.german[message]) }
        for phrase in KioskWords.Phrase.allCases { #expect(KioskWords.english[phrase] != KioskWords.german[phrase]) }
    }

    /// The script and the style sheet find everything by the keys that the server sends.
    @Test func theScriptKnowsWhatIsSent() {
        for id in ["title", "name", "text", "note", "face"] { #expect(KioskPage.script.contains("\"\(id)\"")) }
        for tone in ["good", "late"] + DoorMessage.Tone.allCases.map(\.rawValue) where tone != "calm" {
            #expect(KioskPage.style.contains("[data-tone=\(tone)]"), "\(tone)")
        }
        for kind in Greeting.Kind.allCases where kind != .marked {
            #expect(KioskPage.script.contains("\"\(kind.rawValue)\""))
        }
        #expect(KioskPage.script.contains("\"\(DoorMessage.away.rawValue)\""))
        for salute in Greeting.Salute.allCases { #expect(KioskWords.Phrase(rawValue: salute.rawValue) != nil) }
        #expect(!KioskPage.script.contains("innerHTML"))
    }
}
