import Attendance
import Foundation
import Testing

@testable import Server

/// A student's week and month, as their teacher sees them.
@Suite(.onEveryDatabase) struct TeacherStudentTests {
    @Test func theWeekAndTheMonthSayWhatStandsAndWhy() async throws {
        let scene = try await ClassScene()
        let day = scene.day(-30)
        try scene.correct(scene.ada.id, day, .absent, "went home <ill>")
        let browser = try await scene.browser(of: scene.teacher)
        let html = try await browser.get("\(scene.path(of: scene.ada.id))?date=\(day)").html
        #expect(html.contains("Corrected by A teacher: went home &lt;ill&gt;"))
        for offset in 0..<7 {
            let date = LocalDate(daysSince1970: day.week.lowerBound.daysSince1970 + offset)
            #expect(html.contains("decide?date=\(date)&amp;back=student"), "\(date)")
        }
        #expect(html.contains("<td class=\"absent"))
        #expect(html.contains("\(scene.path(of: scene.ada.id))?date=\(day)\""))
    }

    @Test func aDayIsCorrectedFromTheWeek() async throws {
        let scene = try await ClassScene()
        let day = scene.day(-1)
        let browser = try await scene.browser(of: scene.teacher)
        let path = scene.path(of: scene.ada.id)
        _ = try await browser.get(path)
        let bad = try await browser.post("\(path)/decide?date=\(day)&back=student", ["status": "late"])
        #expect(bad.status == 400 && bad.html.contains("Give a reason") && bad.html.contains("A student"))
        #expect(bad.html.components(separatedBy: "<details open>").count == 2)
        let good = try await browser.post(
            "\(path)/decide?date=\(day)&back=student", ["status": "late", "reason": "snow"])
        #expect(good.status == 303 && good.location == "\(path)?date=\(day)")
        #expect(try scene.record(of: scene.ada.id, on: day)?.status == .late)
        let far = try await browser.post(
            "\(path)/decide?date=\(scene.day(-500))&back=student", ["status": "late", "reason": "snow"])
        #expect(far.status == 400 && far.html.contains("more than a year away"))
    }

    @Test func severalDaysAreExcusedOnceAndTheExcuseIsWithdrawn() async throws {
        let scene = try await ClassScene()
        let browser = try await scene.browser(of: scene.teacher)
        let path = scene.path(of: scene.ada.id)
        _ = try await browser.get(path)
        let form = [
            "first_day": scene.today.description, "last_day": scene.day(2).description, "reason": "a journey <far>",
        ]
        for _ in 0..<2 { #expect(try await browser.post("\(path)/excuses", form).status == 303) }
        let excuses = try scene.excuses(of: scene.ada.id)
        #expect(excuses.count == 1 && excuses[0].lastDay == scene.day(2))
        for offset in 0...2 {
            #expect(try scene.record(of: scene.ada.id, on: scene.day(offset))?.status == .excused)
        }
        let html = try await browser.get("\(path)?date=\(scene.today)").html
        #expect(html.contains("a journey &lt;far&gt;") && html.contains("/withdraw"))
        for _ in 0..<2 {
            let answer = try await browser.post("\(path)/excuses/\(excuses[0].id.lowercased)/withdraw", [:])
            #expect(answer.status == 303)
        }
        #expect(try scene.record(of: scene.ada.id, on: scene.today) == nil)
        #expect(try await browser.get("\(path)?date=\(scene.today)").html.contains("withdrawn on"))
    }

    @Test(arguments: [
        ("2026-09-02", "2026-09-01", "ill", "must not be before"), ("soon", "", "ill", "must not be before"),
        ("1990-09-01", "1990-09-01", "ill", "more than a year away"), ("today", "", " ", "Give a reason"),
    ])
    func whatIsWrongWithAnExcuseIsSaidAndWhatWasTypedIsKept(
        first: String, last: String, reason: String, said: String
    ) async throws {
        let scene = try await ClassScene()
        let browser = try await scene.browser(of: scene.teacher)
        let path = scene.path(of: scene.ada.id)
        _ = try await browser.get(path)
        let from = first == "today" ? scene.today.description : first
        let answer = try await browser.post(
            "\(path)/excuses", ["first_day": from, "last_day": last, "reason": reason])
        #expect(answer.status == 400 && answer.html.contains(said))
        #expect(answer.html.contains("name=\"first_day\" type=\"date\" value=\"\(from)\""))
        #expect(try scene.excuses(of: scene.ada.id).isEmpty)
    }

    @Test func studentsOfOtherClassesAreOutOfReach() async throws {
        let scene = try await ClassScene()
        let browser = try await scene.browser(of: scene.teacher)
        _ = try await browser.get(scene.classPath)
        let foreign = scene.path(of: scene.other.id)
        #expect(try await browser.get(foreign).status == 403)
        #expect(try await browser.post("\(foreign)/decide", ["status": "late", "reason": "x"]).status == 403)
        let days = ["first_day": scene.today.description, "last_day": scene.today.description, "reason": "x"]
        #expect(try await browser.post("\(foreign)/excuses", days).status == 403)
        let admin = try await scene.browser(of: scene.admin)
        // There is such a student, and not in this class.
        #expect(try await admin.get(foreign).status == 404)
        #expect(try await admin.get(scene.path(of: scene.teacher.id)).status == 404)
        // An excuse of somebody else is none of this student's.
        let new = ExcuseStore.New(
            person: scene.other.id, firstDay: scene.today, lastDay: scene.today, reason: "ill")
        let excuse = try scene.database.excuses.make(new, by: scene.otherTeacher.id, now: Clock.now)
        let answer = try await browser.post(
            "\(scene.path(of: scene.ada.id))/excuses/\(excuse.id.lowercased)/withdraw", [:])
        #expect(answer.status == 404)
        #expect(try scene.database.excuses.find(excuse.id)?.withdrawn == nil)
    }
}
