import Attendance
import Foundation
import HTTPTypes
import Testing

@testable import Server

/// What people see of their own data, and what they can do about it.
@Suite(.onEveryDatabase) struct StudentDataTests {
    @Test func everythingOnThePersonIsInTheFileAndNothingOnOthers() async throws {
        let scene = try await ClassScene()
        let (ada, database) = (scene.ada.id, scene.database)
        _ = try database.people.setConsent(true, note: "on paper", of: ada, by: .person(scene.admin.id), now: Clock.now)
        let template = NewTemplate(bytes: School.randomTemplate(), quality: "sharpness 0.9")
        _ = try database.people.add(template, to: ada, by: .person(scene.admin.id), now: Clock.now)
        let mark = try scene.see(ada)
        try scene.see(scene.script)
        try scene.correct(ada, scene.today, .late, "the bell was early")
        let days = ExcuseStore.New(person: ada, firstDay: scene.day(3), lastDay: scene.day(4), reason: "a journey")
        _ = try database.excuses.make(days, by: scene.teacher.id, now: Clock.now)
        let terminal = try #require(try database.terminals.list().first).id
        let unsure = School.walkBy(of: [ada, scene.script], at: Clock.now, session: scene.today)
        _ = try database.walkBys.receive([.valid(unsure)], from: terminal, now: Clock.now)

        let answer = try await scene.browser(of: scene.ada).get("/pages/me/data/download")
        #expect(answer.headers[.contentDisposition] == "attachment; filename=\"rollcall-my-data.json\"")
        #expect(answer.headers[.cacheControl] == "no-store")
        let parsed = try JSONSerialization.jsonObject(with: Data(answer.html.utf8))
        let data = try #require(parsed as? [String: Any])
        func list(_ name: String) -> [[String: Any]] { data[name] as? [[String: Any]] ?? [] }
        #expect((data["account"] as? [String: Any])?["email"] as? String == "ada@school.example")
        #expect((data["consent"] as? [String: Any])?["given"] as? Bool == true)
        #expect(list("classes").compactMap { $0["class"] as? String } == ["7b"])
        #expect(list("photographs").compactMap { $0["quality"] as? String } == ["sharpness 0.9"])
        #expect(list("marks").compactMap { $0["id"] as? String } == [mark.id.lowercased])
        #expect(list("records").count == 3 && list("records").contains { $0["status"] as? String == "late" })
        #expect(list("corrections").compactMap { $0["reason"] as? String } == ["the bell was early"])
        #expect(list("excuses").compactMap { $0["reason"] as? String } == ["a journey"])
        #expect(list("walk_bys").count == 1)
        let actions = Set(list("audit").compactMap { $0["action"] as? String })
        #expect(actions.isSuperset(of: ["person.create", "consent.give", "photograph.add", "attendance.correct"]))
        #expect((data["names"] as? [String: String])?[scene.teacher.id.lowercased] == "A teacher")
        #expect(!answer.html.contains(scene.script.lowercased) && !answer.html.contains("alert(1)"))
        #expect(!answer.html.contains("scrypt"))
    }

    @Test func aStudentWithdrawsTheConsentByThemselvesOnceItIsConfirmed() async throws {
        let scene = try await ClassScene()
        let (ada, database) = (scene.ada.id, scene.database)
        _ = try database.people.setConsent(true, note: nil, of: ada, by: .server, now: Clock.now)
        let template = NewTemplate(bytes: School.randomTemplate(), quality: "good")
        _ = try database.people.add(template, to: ada, by: .server, now: Clock.now)
        let browser = try await scene.browser(of: scene.ada)
        let before = try await browser.get("/pages/me/data").html
        #expect(before.contains("Consent was given on") && before.contains("recognised by: 1"))
        let unsure = try await browser.post("/pages/me/consent/withdraw", [:])
        #expect(unsure.status == 400 && unsure.html.contains("Tick the box"))
        #expect(try database.accounts.find(ada)?.templates == 1)
        for _ in 0..<2 {
            let answer = try await browser.post("/pages/me/consent/withdraw", ["sure": "yes"])
            #expect(answer.status == 303 && answer.location == "/pages/me/data?done=consent")
        }
        let account = try #require(try database.accounts.find(ada))
        #expect(!account.hasConsent && account.templates == 0)
        let entries = try database.audit.list(object: ada.lowercased, page: PageRequest())
            .filter { $0.action == "consent.withdraw" }
        #expect(entries.map(\.actor) == [ada.lowercased])
        let after = try await browser.get("/pages/me/data?done=consent").html
        #expect(after.contains("The consent is withdrawn") && after.contains("There is no consent on record."))
        #expect(!after.contains("/pages/me/consent/withdraw"))
    }

    @Test func nobodyElseWithdrawsByThisForm() async throws {
        let scene = try await ClassScene()
        let browser = try await scene.browser(of: scene.teacher)
        _ = try await browser.get("/pages/me/data")
        #expect(try await browser.post("/pages/me/consent/withdraw", ["sure": "yes"]).status == 403)
        let student = try await scene.browser(of: scene.ada)
        #expect(
            try await student.post("/pages/me/consent/withdraw", ["sure": "yes", "form_token": "wrong"]).status == 403)
    }

    @Test func staffSeeTheirOwnDataToo() async throws {
        let scene = try await ClassScene()
        let browser = try await scene.browser(of: scene.teacher)
        let html = try await browser.get("/pages/me/data").html
        #expect(html.contains(scene.teacher.email) && !html.contains("Being recognised"))
        #expect(try await browser.get("/pages/me/data/download").status == 200)
    }

    @Test func aNewPasswordEndsEveryOtherLogin() async throws {
        let scene = try await ClassScene()
        let elsewhere = try await scene.browser(of: scene.ada)
        let browser = try await scene.browser(of: scene.ada)
        _ = try await browser.get("/pages/me/data")
        let old = RouterClient.password
        func change(_ old: String, _ new: String, _ again: String) async throws -> PageClient.Answer {
            try await browser.post("/pages/me/password", ["old_password": old, "new_password": new, "again": again])
        }
        let wrong = try await change("not the right one", "three blue boats", "three blue boats")
        #expect(wrong.status == 400 && wrong.html.contains("until now is wrong"))
        #expect(try await change(old, "three blue boats", "two blue boats").html.contains("not the same both times"))
        #expect(try await change(old, "short", "short").html.contains("at least 8 characters"))
        let done = try await change(old, "three blue boats", "three blue boats")
        #expect(done.status == 303 && done.location == "/pages/me/data?done=password")
        #expect(try await browser.get("/pages/me/data?done=password").html.contains("The password is changed."))
        #expect(try await elsewhere.get("/pages/me").location?.hasPrefix("/pages/login") == true)
        #expect(try await PageClient(scene.client).logIn(scene.ada, old).status == 401)
        #expect(try await PageClient(scene.client).logIn(scene.ada, "three blue boats").status == 303)
    }
}
