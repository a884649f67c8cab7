import Attendance
import Foundation
import Testing

@testable import Server

/// A class today, as its teacher sees it and decides about it.
@Suite(.onEveryDatabase) struct TeacherClassTests {
    @Test func whoHasOneClassIsLedToItAndOthersSeeAList() async throws {
        let scene = try await ClassScene()
        let browser = try await scene.browser(of: scene.teacher)
        #expect(try await browser.get("/pages/classes").location == scene.classPath)
        _ = try scene.database.classes.setTeachers(
            [scene.teacher.id, scene.otherTeacher.id], of: scene.otherClassID, by: .server, now: Clock.now)
        try scene.see(scene.ada.id)
        let both = try await browser.get("/pages/classes").html
        #expect(both.contains(scene.classPath) && both.contains(scene.otherClassID.lowercased))
        #expect(both.contains(#"<li class="present"><strong>1</strong> Present</li>"#))
        let all = try await scene.browser(of: scene.admin).get("/pages/classes").html
        #expect(all.contains(scene.classPath) && all.contains(scene.otherClassID.lowercased))
        let newcomer = try await scene.client.member(.teacher)
        #expect(try await scene.browser(of: newcomer).get("/pages/classes").html.contains("No class is yours yet"))
    }

    @Test func onlyWhoTeachesTheClassSeesIt() async throws {
        let scene = try await ClassScene()
        let paths = [
            scene.classPath, "\(scene.classPath)/part", "\(scene.classPath)/events", scene.path(of: scene.ada.id),
            "\(scene.classPath)/export?from=\(scene.today)&to=\(scene.today)",
        ]
        for member in [scene.otherTeacher, scene.ada] {
            let browser = try await scene.browser(of: member)
            for path in paths { #expect(try await browser.get(path).status == 403, "\(path)") }
            let answer = try await browser.post(
                "\(scene.path(of: scene.ada.id))/decide", ["status": "present", "reason": "a friend"])
            #expect(answer.status == 403)
        }
        #expect(try await scene.browser(of: scene.ada).get("/pages/classes").status == 403)
        #expect(try scene.record(of: scene.ada.id, on: scene.today) == nil)
        let admin = try await scene.browser(of: scene.admin)
        #expect(try await admin.get(scene.classPath).status == 200)
        let nowhere = "/pages/classes/\(UUID().lowercased)"
        #expect(try await admin.get(nowhere).status == 404)
        #expect(try await scene.browser(of: scene.teacher).get(nowhere).status == 403)
    }

    @Test func lateAndMissingComeFirstThenExcusedThenPresent() async throws {
        let scene = try await ClassScene()
        var ids: [String: UUID] = [:]
        for name in ["Anna", "Bo", "Cleo", "Dan", "Eve"] {
            let details = AccountDetails(name: name, role: .student, className: "7b")
            ids[name] = try scene.database.accounts.create(details, password: nil, by: .server, now: Clock.now).id
        }
        try scene.see(try #require(ids["Anna"]))
        try scene.correct(try #require(ids["Bo"]), scene.today, .excused)
        try scene.correct(try #require(ids["Dan"]), scene.today, .absent)
        try scene.correct(try #require(ids["Eve"]), scene.today, .late)
        let html = try await scene.browser(of: scene.teacher).get(scene.classPath).html
        let places = ["Eve", "Dan", "Cleo", "Bo", "Anna"].compactMap { html.firstRange(of: ">\($0)</a>")?.lowerBound }
        #expect(places.count == 5 && places == places.sorted())
        #expect(html.contains("Open until 00:00") || html.contains("Open until "))
        #expect(html.contains("Corrected by A teacher: said so"))
        #expect(html.contains("&lt;script&gt;alert(1)") && !html.contains("<script>alert"))
    }

    @Test func excusingTakesAReasonAndCountsOnce() async throws {
        let scene = try await ClassScene()
        let browser = try await scene.browser(of: scene.teacher)
        _ = try await browser.get(scene.classPath)
        let action = "\(scene.path(of: scene.ada.id))/decide?date=\(scene.today)&back=class"
        let empty = try await browser.post(action, ["status": "excused", "reason": "  "])
        #expect(
            empty.status == 400 && empty.html.contains("Give a reason in one line")
                && empty.html.contains("<details open>"))
        let long = String(repeating: "\"x", count: 300)
        let tooLong = try await browser.post(action, ["status": "excused", "reason": long])
        #expect(tooLong.status == 400 && tooLong.html.contains("value=\"&quot;x&quot;x"))
        #expect(try scene.excuses(of: scene.ada.id).isEmpty)
        for _ in 0..<2 {
            let answer = try await browser.post(action, ["status": "excused", "reason": "Ill"])
            #expect(answer.status == 303 && answer.location == scene.classPath)
        }
        #expect(try scene.excuses(of: scene.ada.id).map(\.reason) == ["Ill"])
        #expect(try scene.record(of: scene.ada.id, on: scene.today)?.status == .excused)
        #expect(try await browser.get(scene.classPath).html.contains("Excused by A teacher: Ill"))
        // Who comes all the same is present.
        try scene.see(scene.ada.id)
        #expect(try scene.record(of: scene.ada.id, on: scene.today)?.status == .present)
    }

    @Test func aCorrectionIsMadeOnceAndTakenBack() async throws {
        let scene = try await ClassScene()
        try scene.see(scene.ada.id)
        let browser = try await scene.browser(of: scene.teacher)
        _ = try await browser.get(scene.classPath)
        let action = "\(scene.path(of: scene.ada.id))/decide?date=\(scene.today)&back=class"
        // What stands needs no correction.
        _ = try await browser.post(action, ["status": "present", "reason": "was there"])
        #expect(try scene.corrections(of: scene.ada.id).isEmpty)
        for _ in 0..<2 {
            #expect(try await browser.post(action, ["status": "late", "reason": "=cmd()"]).status == 303)
        }
        #expect(try scene.corrections(of: scene.ada.id).map(\.status) == [.late])
        // Excused of somebody who came is a correction: an excuse would change nothing.
        #expect(try await browser.post(action, ["status": "excused", "reason": "at the doctor's"]).status == 303)
        #expect(try scene.record(of: scene.ada.id, on: scene.today)?.status == .excused)
        #expect(try scene.excuses(of: scene.ada.id).isEmpty)
        #expect(try await browser.get(scene.classPath).html.contains("Take the correction back"))
        for _ in 0..<2 {
            #expect(try await browser.post(action, ["status": "take_back", "reason": "a mistake"]).status == 303)
        }
        #expect(try scene.corrections(of: scene.ada.id).count == 3)
        let record = try #require(try scene.record(of: scene.ada.id, on: scene.today))
        #expect(record.status == .present && record.cause == .mark)
        #expect(try await browser.post(action, ["status": "gone", "reason": "x"]).status == 400)
        #expect(
            try await browser.post(action, ["status": "late", "reason": "x", "form_token": "of another"]).status == 403)
    }

    @Test func thePageFollowsWhatHappensToThisClass() async throws {
        let scene = try await ClassScene()
        let records = scene.database.records
        let session = SessionID(date: scene.today)
        func stamp() throws -> String { try records.stamp(of: "7b", in: session) }
        var seen = [try stamp()]
        try scene.see(scene.other.id)
        #expect(try stamp() == seen[0])
        try scene.see(scene.ada.id)
        seen.append(try stamp())
        try scene.correct(scene.ada.id, scene.today, .late)
        seen.append(try stamp())
        let days = ExcuseStore.New(
            person: scene.script, firstDay: scene.today, lastDay: scene.today, reason: "ill")
        let excuse = try scene.database.excuses.make(days, by: scene.teacher.id, now: Clock.now)
        seen.append(try stamp())
        _ = try scene.database.excuses.withdraw(excuse.id, by: scene.teacher.id, now: Clock.now)
        seen.append(try stamp())
        let due = ClosingStore.Due(className: "7b", session: session, end: Clock.now)
        _ = try scene.database.closings.close(due, now: Clock.now)
        seen.append(try stamp())
        // The excuse that came and went leaves what was there before.
        #expect(seen[2] == seen[4] && Set(seen).count == 5)

        let browser = try await scene.browser(of: scene.teacher)
        let page = try await browser.get(scene.classPath).html
        #expect(page.contains("data-live=\"\(scene.classPath)/events\" data-part=\"\(scene.classPath)/part\""))
        let part = try await browser.get("\(scene.classPath)/part")
        #expect(part.status == 200 && !part.html.contains("<html") && part.html.contains("A student"))
        #expect(page.contains(part.html.prefix(200)))
        let before = try await browser.get("\(scene.classPath)?date=\(scene.day(-7))").html
        #expect(!before.contains("data-live=") && before.contains("value=\"\(scene.day(-7))\""))
        #expect(try await browser.get("\(scene.classPath)?date=").status == 200)
    }

    @Test func itIsSaidForWhomTheSessionWaits() async throws {
        let scene = try await ClassScene()
        let door = try scene.database.terminals.add(name: "north <door>").terminal.id
        try scene.client.school.beat(door, cursor: nil, at: Clock.now)
        let due = ClosingStore.Due(
            className: "7b", session: SessionID(date: scene.today), end: Clock.now.advanced(byMilliseconds: 1000))
        _ = try scene.database.closings.close(due, now: due.end)
        let html = try await scene.browser(of: scene.teacher).get(scene.classPath).html
        #expect(html.contains("waiting for what these terminals have seen: north &lt;door&gt;"))
    }

    @Test func theTableHoldsNoFormula() async throws {
        let scene = try await ClassScene()
        let details = AccountDetails(name: "=cmd()", role: .student, className: "7b")
        let evil = try scene.database.accounts.create(details, password: nil, by: .server, now: Clock.now).id
        try scene.see(evil)
        let browser = try await scene.browser(of: scene.teacher)
        let answer = try await browser.get("\(scene.classPath)/export?from=\(scene.today)&to=\(scene.today)")
        #expect(answer.status == 200 && answer.headers[.contentType]?.hasPrefix("text/csv") == true)
        #expect(answer.headers[.contentDisposition]?.hasPrefix("attachment") == true)
        #expect(answer.html.contains(",'=cmd(),present,"))
        #expect(try await browser.get("\(scene.classPath)/export?from=\(scene.today)").status == 400)
        #expect(try await browser.get(scene.classPath).html.contains(">=cmd()</a>"))
    }

    @Test func theySpeakGermanToo() async throws {
        let scene = try await ClassScene()
        let browser = try await scene.browser(of: scene.teacher)
        browser.language = "de"
        for path in [scene.classPath, scene.path(of: scene.ada.id)] {
            let html = try await browser.get(path).html
            #expect(html.contains("Noch nicht da") && html.contains("Entschuldigen oder korrigieren"))
            #expect(html.firstMatch(of: /teacher_|student_|record_/) == nil)
            #expect(html.utf8.count < 100_000)
        }
    }
}
