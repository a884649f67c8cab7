import Attendance
import Foundation
import HTTPTypes
import Testing

@testable import Server

/// What people type never becomes a part of a page. Looked for byte by byte: `String.contains` is as blind to "<" with an
/// accent on it as the escaping must not be.
@Suite struct PageEscapingTests {
    private func holds(_ html: String, _ bytes: String) -> Bool {
        Data(html.utf8).range(of: Data(bytes.utf8)) != nil
    }

    @Test(arguments: ["<b>x", "\u{600}<b>x", "<\u{301}b>x", "\"\u{301} autofocus", "' onclick='x", "&\u{301}lt;"])
    func everySignIsWrittenOut(_ text: String) throws {
        let library = try PageLibrary()
        let answer = Markup.escaped(text)
        for sign in ["<", ">", "\"", "'"] { #expect(!holds(answer, sign), "\(sign)") }
        let response = library.open("error", Words(.english), title: "error_400", ["detail": text])
        #expect(response.status == .ok)
    }

    @Test(arguments: ["<b id=evil>", "\u{600}<b id=evil>", "<\u{301}b id=evil>"])
    func aNameAReasonAndASearchStayText(_ text: String) async throws {
        let client = try await RouterClient(try School())
        let admin = try await client.member(.admin)
        let browser = PageClient(client)
        _ = try await browser.logIn(admin)
        _ = try client.school.database.accounts.create(
            AccountDetails(name: "Ada \(text)", role: .student, email: nil, age: nil, className: "7b"),
            password: nil, by: .server, now: Clock.now)
        let search = try #require(text.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        for path in ["/pages/people", "/pages/people?search=\(search)", "/pages/audit?object=\(search)"] {
            let page = try await browser.get(path)
            #expect(!holds(page.html, "<b id=evil>") && !holds(page.html, "<\u{301}b id=evil>"), "\(path)")
        }
        #expect(holds(try await browser.get("/pages/people").html, "b id=evil&gt;"))
    }

    @Test func letterTemplatesEscapeAlike() throws {
        let html = try LetterTemplates().render(.passwordReset, ["name": "\u{600}<b id=evil>"]).html
        #expect(!holds(html, "<b id=evil>") && holds(html, "&lt;b id=evil&gt;"))
    }
}
