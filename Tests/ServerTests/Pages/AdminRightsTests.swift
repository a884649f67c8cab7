import Foundation
import Testing

@testable import Server

/// Who may open the pages of an admin.
@Suite struct AdminRightsTests {
    private let client: RouterClient
    private let school: School
    private let student: RouterClient.Member

    init() async throws {
        school = try School()
        client = try await RouterClient(school)
        student = try await client.member(.student)
    }

    private func browser(_ role: Role) async throws -> PageClient {
        let browser = PageClient(client)
        _ = try await browser.logIn(try await client.member(role))
        return browser
    }

    private var classID: String {
        get throws { try #require(try school.database.classes.find(name: "7b")).id.lowercased }
    }

    private func pages() throws -> [String] {
        let person = "/pages/people/\(student.id.lowercased)"
        return [
            "/pages/school", "/pages/school/part", "/pages/school/classes",
            "/pages/school/classes/\(try classID)", "/pages/school/classes/\(try classID)/remove", "/pages/people",
            "/pages/people/new", person, "\(person)/change", "\(person)/remove", "\(person)/photographs",
            "/pages/audit", "/pages/audit?check=1",
        ]
    }

    @Test(arguments: ["en", "de"]) func anAdminSeesEveryPage(_ language: String) async throws {
        let browser = try await browser(.admin)
        browser.language = language
        for path in try pages() + ["/pages/walk-bys", "/pages/calendar"] {
            let answer = try await browser.get(path)
            #expect(answer.status == 200, "\(path): \(answer.html)")
            #expect(!answer.html.contains("admin_"), "a key without words at \(path)")
            if path != "/pages/school/part" { #expect(answer.html.contains("<html lang=\"\(language)\">")) }
        }
    }

    @Test(arguments: [Role.teacher, .student]) func nobodyElseSeesOne(_ role: Role) async throws {
        let browser = try await browser(role)
        for path in try pages() + ["/pages/school/events"] {
            #expect(try await browser.get(path).status == 403, "\(path)")
        }
        #expect(try await browser.get("/pages/walk-bys").status == (role == .teacher ? 200 : 403))
        // Everybody may know when there is school; only an admin changes it.
        let calendar = try await browser.get("/pages/calendar")
        #expect(calendar.status == 200 && !calendar.html.contains("/pages/calendar/days-off"))
    }

    @Test(arguments: [Role.teacher, .student]) func nobodyElseChangesAnything(_ role: Role) async throws {
        let browser = try await browser(role)
        let person = "/pages/people/\(student.id.lowercased)"
        let before = try school.look("SELECT COUNT(*) AS count FROM audit").first?.integer("count")
        for path in [
            "/pages/people/new", "\(person)/change", "\(person)/remove", "\(person)/consent", "\(person)/password",
            "\(person)/photographs", "\(person)/photographs/\(UUID().lowercased)/remove", "/pages/school/classes",
            "/pages/school/classes/\(try classID)", "/pages/school/classes/\(try classID)/teachers",
            "/pages/school/classes/\(try classID)/remove", "/pages/calendar/days-off",
            "/pages/calendar/days-off/remove", "/pages/walk-bys/\(UUID().lowercased)/decision",
        ] {
            let form = ["name": "x", "from": "2026-12-24", "given": "yes", "choice": "nobody", "reason": "x"]
            #expect(try await browser.post(path, form).status == 403, "\(path)")
        }
        #expect(try school.look("SELECT COUNT(*) AS count FROM audit").first?.integer("count") == before)
    }

    @Test func aFormWithoutItsTokenChangesNothing() async throws {
        let browser = try await browser(.admin)
        let person = "/pages/people/\(student.id.lowercased)"
        for path in [
            "/pages/people/new", "\(person)/change", "\(person)/remove", "\(person)/consent", "\(person)/password",
            "\(person)/photographs", "/pages/school/classes", "/pages/school/classes/\(try classID)/remove",
            "/pages/calendar/days-off",
        ] {
            #expect(try await browser.post(path, ["form_token": "wrong", "name": "x"]).status == 403, "\(path)")
        }
        #expect(try school.database.accounts.find(student.id) != nil)
    }
}
