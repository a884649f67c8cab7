import Testing

@testable import Configuration

@Suite("Typing errors")
struct SpellingTests {
    @Test(arguments: [
        ("", "", 0), ("abc", "abc", 0), ("abc", "", 3), ("", "ab", 2), ("ulr", "url", 1), ("devise", "device", 1),
        ("kitten", "sitting", 3), ("colour", "color", 1), ("ab", "ba", 1), ("ca", "abc", 3),
    ])
    func distances(_ first: String, _ second: String, _ expected: Int) {
        #expect(editDistance(first, second) == expected)
        #expect(editDistance(second, first) == expected)
    }

    @Test func onlyWhatIsAlikeIsSuggested() {
        let keys = ["address", "port", "show_names", "max_connections"]
        #expect(nearest(to: "adress", among: keys) == "address")
        #expect(nearest(to: "max_conections", among: keys) == "max_connections")
        #expect(nearest(to: "ports", among: keys) == "port")
        #expect(nearest(to: "device", among: keys) == nil)
        #expect(nearest(to: "x", among: ["y"]) == nil)
    }

    @Test func keysAreQuotedWhereTOMLNeedsIt() {
        #expect(joined("classes", "7b") == "classes.7b")
        #expect(joined("classes", "7 b") == "classes.\"7 b\"")
        #expect(joined("", "") == "\"\"")
    }
}
