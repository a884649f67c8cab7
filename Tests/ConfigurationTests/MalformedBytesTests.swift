import Testing

@testable import Configuration

@Suite("Bytes that are not a document")
struct MalformedBytesTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let bytes: [UInt8]
        let line: Int
        let reason: String

        init(_ name: String, _ text: String, line: Int, _ reason: String) {
            self.init(name, Array(text.utf8), line: line, reason)
        }

        init(_ name: String, _ bytes: [UInt8], line: Int, _ reason: String) {
            testDescription = name
            self.bytes = bytes
            self.line = line
            self.reason = reason
        }
    }

    static let cases: [Case] = [
        Case("a key twice", "a = 1\na = 2", line: 2, "redefine"),
        Case("a table twice", "[a]\nx = 1\n[a]", line: 3, "redefine"),
        Case("a key over a table", "a.b = 1\na = 2", line: 2, "redefine"),
        Case("a table over a key", "a = 1\n[a.b]", line: 2, "redefine"),
        Case("bad UTF-8 in a string", Array("a = 1\nb = \"".utf8) + [0xFF, 0x22], line: 2, "utf-8"),
        Case("bad UTF-8 in a comment", Array("\n\n# ".utf8) + [0xC3, 0x28], line: 3, "utf-8"),
        Case("an overlong UTF-8 sequence", Array("a = \"".utf8) + [0xC0, 0x80, 0x22], line: 1, "utf-8"),
        Case("a surrogate in UTF-8", Array("a = \"".utf8) + [0xED, 0xA0, 0x80, 0x22], line: 1, "utf-8"),
        Case("UTF-16", [0xFF, 0xFE, 0x61, 0x00, 0x3D, 0x00, 0x31, 0x00], line: 1, "only strings"),
        Case("a NUL byte between keys", Array("a = 1\n".utf8) + [0], line: 2, "NUL"),
        Case("a NUL byte in a string", Array("a = \"x".utf8) + [0, 0x22], line: 1, "NUL"),
        Case("a NUL byte in a comment", Array("\n#".utf8) + [0], line: 2, "NUL"),
        Case("an ELF program", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0], line: 1, "NUL"),
        Case("brackets nested deeply", "\na = " + String(repeating: "[", count: 100_000), line: 2, "nested too deeply"),
        Case("tables nested deeply", "a = " + String(repeating: "{a=", count: 100_000), line: 1, "nested too deeply"),
        Case(
            "a key of many parts", "\n\n" + String(repeating: "a.", count: 100_000) + "a = 1", line: 3, "too many parts"
        ),
        Case(
            "a header of many parts", "[" + String(repeating: "a .", count: 100_000) + "a]", line: 1, "too many parts"),
        Case("more than 1 MiB", String(repeating: "# filler\n", count: 130_000), line: 1, "larger than"),
        Case("a string without its end", "a = 1\nb = \"x\nc = 3", line: 2, "string"),
        Case("a literal string without its end", "b = 'x\nc = 3", line: 1, "string"),
        Case("a long string without its end", "b = \"\"\"x\ny\nz", line: 3, "string"),
        Case("an array without its end", "a = [1,\n2", line: 2, "array"),
        Case("an inline table without its end", "a = { b = 1", line: 1, "table"),
        Case("an inline table over two lines", "a = { b = 1,\nc = 2 }", line: 1, "table"),
        Case("no value", "a =", line: 1, "value"),
        Case("no value before the next line", "\na =\nb = 1", line: 2, "value"),
        Case("no key", "= 1", line: 1, "saw '='"),
        Case("no equals sign", "a 1", line: 1, "="),
        Case("a word without quotation marks", "b = 1\na = HOG", line: 2, "in quotes, as"),
        Case("a word that begins like a number", "a = info\nb = 1", line: 1, "in quotes, as"),
        Case("a word that begins like a truth", "a = file # x", line: 1, "in quotes, as"),
        Case("a path without quotation marks", "\na =\t/etc/x", line: 2, "in quotes, as"),
        Case("True with a capital", "a = True", line: 1, "boolean"),
        Case("two values", "a = 1 2", line: 1, "saw '2'"),
        Case("two keys on a line", "a = 1 b = 2", line: 1, "follows no key"),
        Case("a number too large", "a = 1\nb = 99999999999999999999", line: 2, "64 bits"),
        Case("a number beyond doubles", "a = 1e999", line: 1, "1e999"),
        Case("a leading zero", "a = 007", line: 1, "zero"),
        Case("a number with two points", "a = 1.2.3", line: 1, "saw '.'"),
        Case("a date that is none", "a = 2026-02-30", line: 1, "date"),
        Case("a time that is none", "a = 25:00:00", line: 1, "hour"),
        Case("an escape that is none", "a = \"\\q\"", line: 1, "escape"),
        Case("a surrogate as an escape", "a = \"\\uD800\"", line: 1, "surrogates"),
        Case("a header without its end", "[a\nb = 1", line: 1, "expected ']'"),
        Case("a header without a name", "[]\nb = 1", line: 1, "blank"),
        Case("a header followed by something", "[a] b = 1", line: 1, "follows no key"),
        Case("a header that begins with a dot", "a = 1.5\n[.a]", line: 2, "begin with a name"),
        Case("a header of a table's array that begins with a comment", "\n [[ #", line: 2, "begin with a name"),
        Case("a header after a byte order mark", "\u{FEFF}[=]", line: 1, "begin with a name"),
        Case("a key that is not ASCII", "a = 1\nschlüssel = 2", line: 2, "only strings and comments"),
        Case("a no-break space", "a =\u{A0}1", line: 1, "only strings and comments"),
        Case("a line that goes on after a backslash", "\na = \"\"\"x\\\n é\"\"\"", line: 2, "backslash"),
        Case("a quotation mark in a number", "a = 2'n\u{E2}", line: 1, "inside a value"),
        Case("two strings side by side", "a = \"b\"\"c\"", line: 1, "inside a value"),
        Case("a brace in an array", "\na = [}", line: 2, "closes nothing"),
        Case("a bracket too many", "a = [1]]", line: 1, "closes nothing"),
        Case("brackets crossed", "a = [{b = 1]}", line: 1, "closes nothing"),
        Case("a key that begins with a dot", " .a = 1", line: 1, "saw '.'"),
        Case("a number that begins with a dot", "a = .5", line: 1, "saw '.'"),
        Case("JSON", "{\n\"a\": 1\n}", line: 1, "no value can begin"),
        Case("YAML", "camera:\n  device: x", line: 1, "expected '='"),
        Case("INI with a colon", "[a]\nb: 1", line: 2, "expected '='"),
    ]

    @Test(arguments: cases)
    func areRefusedWithTheirLine(_ malformed: Case) throws {
        do {
            _ = try TomlDocument(bytes: malformed.bytes, file: "t.toml")
            Issue.record("accepted")
        } catch {
            guard case .malformed(let file, let line, _, let reason) = error else {
                Issue.record("not a parse error: \(error)")
                return
            }
            #expect(file == "t.toml")
            #expect(line == malformed.line)
            #expect(reason.lowercased().contains(malformed.reason.lowercased()))
            #expect(error.description.hasPrefix("t.toml:\(malformed.line): "))
            #expect(!error.description.contains("\n"))
        }
    }

    @Test func deepIsNotConfusedByStringsAndComments() throws {
        let brackets = String(repeating: "[", count: 40)
        let text = """
            # \(brackets) "
            a = "\(brackets) \\" # '''"
            b = '\(brackets)\\'
            c = \"\"\"
            \(brackets) \\\"\"\" " ""
            \"\"\"\"\"
            d = '''
            \(brackets) ' ''
            '''
            e = [[1.5, 2.5], [3.5]]
            """
        let document = try TomlDocument(bytes: Array(text.utf8), file: "t.toml")
        #expect(document.entries.filter { $0.parent == nil }.compactMap(\.key).sorted() == ["a", "b", "c", "d", "e"])
    }
}
