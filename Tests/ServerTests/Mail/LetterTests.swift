import Attendance
import Foundation
import TestSupport
import Testing

@testable import Server

@Suite struct LetterTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let settings = MailSettings(
        security: .startTLS, host: "localhost", port: 587, user: nil, passwordFile: nil,
        from: "rollcall@school.example", fromName: "Schule \"Zürich\" <x>", authorityFile: nil, baseURL: nil)

    private func read(
        name: String = "Ada", subject: String = "Hello", text: String = "Text", html: String = "<p>Text</p>"
    ) async throws -> ReceivedLetter {
        let letter = Letter(
            id: UUID(), name: name, address: "ada@school.example", subject: subject, text: text, html: html)
        let bytes = letter.message(from: Self.settings, at: School.morning, zone: try Self.london())
        return try await ReceivedLetter.read([try folder.write("\(UUID()).eml", bytes)])[0]
    }

    static func london() throws -> TimeZoneRules {
        let bytes = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/London"))
        return try TimeZoneRules(name: "Europe/London", tzif: Array(bytes))
    }

    @Test func aLetterIsWhatTheStandardsSay() async throws {
        let letter = try await read()
        #expect(letter.headers["Date"] == "Tue, 01 Sep 2026 08:30:00 +0100")
        #expect(letter.headers["Message-ID"]?.hasSuffix("@school.example>") == true)
        #expect(letter.headers["Auto-Submitted"] == "auto-generated")
        #expect(letter.headers["MIME-Version"] == "1.0")
        #expect(letter.headers["From"]?.contains("<rollcall@school.example>") == true)
        #expect(letter.text == "Text" && letter.html == "<p>Text</p>")
        #expect(letter.defects.isEmpty && letter.isASCII && !letter.hasBareNewline)
    }

    static let names = [
        "Ada Lovelace", "Zoë Müller", "O'Brien", "李小龍", "a \"quoted\" \\ name", "Ada, Countess <of> Lovelace; (x)",
        "👩‍👩‍👧 family", String(repeating: "ü", count: 100), String(repeating: "long name ", count: 20) + "end",
        "=?UTF-8?B?QmNjOg==?=", "e\u{301}",
    ]

    @Test(arguments: names) func everyNameComesThrough(name: String) async throws {
        let letter = try await read(name: name, subject: "Attendance of \(name)")
        #expect(letter.names == [name])
        #expect(letter.headers["Subject"] == "Attendance of \(name)")
        #expect(letter.addresses == ["ada@school.example"])
        #expect(letter.isASCII && letter.longest <= 78 && letter.defects.isEmpty, "\(letter.defects)")
    }

    @Test(arguments: ["\r\n", "\n", "\r", "\u{2028}", "\u{85}", "\r\n\r\n", "\u{0}"])
    func nothingInANameBeginsAHeader(newline: String) async throws {
        let name = "Eve\(newline)Bcc: all@school.example"
        let letter = try await read(name: name, subject: "About \(name)")
        #expect(letter.headers["Bcc"] == nil)
        #expect(letter.names == ["Eve Bcc: all@school.example"])
        #expect(letter.headers["Subject"] == "About Eve Bcc: all@school.example")
        #expect(letter.text == "Text")
        #expect(letter.addresses == ["ada@school.example"] && !letter.hasBareNewline)
    }

    @Test func textOfEveryKindComesThrough() async throws {
        var random = SystemRandomNumberGenerator()
        let alphabet = [
            "a", "Z", "0", " ", "=", ".", "\t", "\n", "-", "_", "ü", "語", "👩", "\"", "<", "\n.\n", "--=_", " \n",
        ]
        for _ in 0..<10 {
            let text = (0..<2000).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
            let letter = try await read(text: text, html: text)
            #expect(letter.text == text && letter.html == text)
            #expect(letter.longest <= 78 && letter.isASCII && letter.defects.isEmpty)
        }
    }

    @Test func quotedPrintableKeepsItsLinesShort() {
        for length in 70...80 {
            for end in ["", " ", "\t", "ü", "="] {
                let lines = MailEncoding.quotedPrintable(String(repeating: "a", count: length) + end).split(
                    separator: "\r\n")
                #expect(lines.allSatisfy { $0.utf8.count <= 76 && !$0.hasSuffix(" ") && !$0.hasSuffix("\t") })
            }
        }
    }
}
