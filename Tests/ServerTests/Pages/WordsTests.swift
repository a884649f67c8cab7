import Testing

@testable import Server

/// The catalogues of words and the templates that use them.
@Suite struct WordsTests {
    @Test func everyLanguageHasTheSameKeys() {
        let english = Set(Words(.english).texts.keys)
        for language in Language.allCases {
            let keys = Set(Words(language).texts.keys)
            #expect(keys == english, "\(language): \(keys.symmetricDifference(english).sorted())")
        }
        // No area takes a key that another has.
        for language in Language.allCases {
            let all = Words.areas.flatMap { ($0[language] ?? [:]).keys }
            #expect(Set(all).count == all.count)
        }
    }

    @Test func everyKeyOfATemplateIsThere() {
        let words = Words(.english)
        for (name, template) in PageLibrary.templates {
            for match in template.matches(of: /\{\{words\.([a-z0-9_]+)\}\}/) {
                #expect(words.texts[String(match.1)] != nil, "\(name): \(match.1)")
            }
        }
    }

    /// The same places for values in every language.
    @Test func everyLanguageTakesTheSameValues() {
        let english = Words(.english)
        for language in Language.allCases {
            for (key, text) in Words(language).texts {
                let places = Set(text.matches(of: /\{([a-z_]+)\}/).map { String($0.1) })
                let expected = Set((english.texts[key] ?? "").matches(of: /\{([a-z_]+)\}/).map { String($0.1) })
                #expect(places == expected, "\(language) \(key)")
            }
        }
    }

    /// Nothing but what the server draws itself goes into a page as it is.
    @Test func templatesEscapeEverythingButPictures() {
        for (name, template) in PageLibrary.templates {
            for match in template.matches(of: /\{\{\{\s*([^}]+?)\s*\}\}\}|\{\{&\s*([^}]+?)\s*\}\}/) {
                #expect(match.1 == "svg", "\(name): \(match.0)")
            }
            #expect(template.firstMatch(of: /<script(?![^>]*src=)|\son[a-z]+=|style="|javascript:/) == nil, "\(name)")
        }
    }

    @Test func valuesGoIntoTheirPlaces() {
        #expect(
            Words(.english)("login_too_many", ["seconds": "7"]) == "Too many wrong passwords. Try again in 7 seconds.")
        #expect(Words(.english)("login_too_many", [:]).contains("{seconds}"))
    }
}
