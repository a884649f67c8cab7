import Attendance
import Foundation
import Testing

@testable import Server

/// The audit trail on the page.
@Suite(.onEveryDatabase) struct AdminAuditTests {
    private let client: RouterClient
    private let browser: PageClient
    private let admin: RouterClient.Member
    private var database: ServerDatabase { client.school.database }

    init() async throws {
        client = try await RouterClient(try School())
        browser = PageClient(client)
        admin = try await client.member(.admin)
        _ = try await browser.logIn(admin)
    }

    private func make(_ name: String) throws -> UUID {
        let details = AccountDetails(name: name, role: .student, className: "7b")
        return try database.accounts.create(details, password: nil, by: .person(admin.id), now: Clock.now).id
    }

    @Test func peopleAreNamedAlsoWhenTheyAreGone() async throws {
        let person = try make("<u>Ada")
        _ = try database.accounts.remove(person, by: .server, now: Clock.now)
        let html = try await browser.get("/pages/audit").html
        #expect(html.contains("<td>&lt;u&gt;Ada</td>") && html.contains("<td>A admin</td>"))
        #expect(html.contains("a command on the server") && !html.contains(person.lowercased))
        let about = try await browser.get("/pages/audit?object=\(person.lowercased)").html
        #expect(about.contains("Only about &lt;u&gt;Ada") && about.matches(of: /<tr><th scope="row">/).count == 2)
    }

    @Test func theTrailIsFilteredAndPaged() async throws {
        for number in 0..<60 { _ = try make("Person \(number)") }
        let query = "/pages/audit?action=person.create"
        let first = try await browser.get(query).html
        let next = try #require(first.firstMatch(of: /href="([^"]*cursor=[^"]*)"/)).1.replacing("&amp;", with: "&")
        let second = try await browser.get(String(next)).html
        let numbers = [first, second].map { $0.matches(of: /#(\d+)</).compactMap { Int($0.1) } }
        #expect(numbers[0].count == 50 && numbers[1].count == 11)
        #expect(numbers[0] + numbers[1] == (numbers[0] + numbers[1]).sorted(by: >))
        #expect(first.contains("<option value=\"person.create\" selected>"))
        #expect(try await browser.get("/pages/audit?action=person.remove").html.contains("There is nothing here yet"))
    }

    @Test func whetherTheTrailIsWholeIsSaid() async throws {
        _ = try make("Ada")
        #expect(try await browser.get("/pages/audit?check=1").html.contains("The trail is whole"))
        try client.school.look("UPDATE audit SET actor = 'server' WHERE number = 2")
        let html = try await browser.get("/pages/audit?check=1").html
        #expect(html.contains("Entry 2 was changed") && html.contains("notice bad"))
    }

    /// An action without words would stand there as programs write it.
    @Test func everyActionHasWords() throws {
        for language in Language.allCases {
            let words = Words(language)
            for action in AuditPages.actions { #expect(words.texts["admin_did_\(action)"] != nil, "\(action)") }
        }
        var written: Set<String> = []
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources/Server")
        for file in try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)) {
            guard let url = file as? URL, url.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: url, encoding: .utf8)
            for match in text.matches(of: /audit\.record\(\s*(?:isGiven \? )?"([a-z]+\.[a-z_]+)"(?: : "([a-z.]+)")?/) {
                written.insert(String(match.1))
                if let other = match.2 { written.insert(String(other)) }
            }
        }
        #expect(written.count > 20 && written.isSubset(of: AuditPages.actions), "\(written.sorted())")
    }
}
