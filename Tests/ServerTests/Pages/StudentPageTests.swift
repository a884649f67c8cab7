import Attendance
import Foundation
import Testing

@testable import Server

/// What students see of their attendance.
@Suite(.onEveryDatabase) struct StudentPageTests {
    @Test func todayIsToldWithItsTimeAndWhatItHangsOn() async throws {
        let scene = try await ClassScene()
        let browser = try await scene.browser(of: scene.ada)
        let before = try await browser.get("/pages/me")
        #expect(before.status == 200 && before.html.contains("Until 23:59 you are present"))
        #expect(before.html.contains(#"<span class="status open">Not here yet</span>"#))
        let mark = try scene.see(scene.ada.id)
        let zone = try scene.database.policies.current().zone
        let after = try await browser.get("/pages/me").html
        #expect(after.contains(#"<p class="big"><span class="status present">Present</span>"#))
        let time = ReaderFormat(words: Words(.english), zone: zone).time(mark.at)
        #expect(after.contains(#"<span class="at">\#(time)</span>"#))
        #expect(!after.contains("Not here yet"))
    }

    @Test func theMonthSaysEachDayInAWordAndWhoCorrectedIt() async throws {
        let scene = try await ClassScene()
        let month = MonthCalendar(of: scene.day(-40)).days
        func day(_ number: Int) -> LocalDate { LocalDate(daysSince1970: month.lowerBound.daysSince1970 + number - 1) }
        try scene.correct(scene.ada.id, day(10), .late, ClassScene.scriptName)
        try scene.correct(scene.ada.id, day(11), .present)
        try scene.correct(scene.ada.id, day(12), .absent)
        try scene.correct(scene.ada.id, day(13), .excused)
        try scene.correct(scene.other.id, day(14), .absent, "of somebody else")
        let browser = try await scene.browser(of: scene.ada)
        let html = try await browser.get("/pages/me?date=\(day(3))").html
        for (number, status, word) in [(10, "late", "Late"), (11, "present", "Present"), (12, "absent", "Absent")] {
            let cell = try #require(html.firstRange(of: "<time datetime=\"\(day(number))\">"))
            let row = html[..<cell.lowerBound].suffix(60) + html[cell.lowerBound...].prefix(200)
            #expect(row.contains("<td class=\"\(status)") && row.contains(">\(word)</span>"), "\(number): \(row)")
        }
        #expect(html.contains("A teacher") && html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!html.contains("<script>alert") && !html.contains("of somebody else"))
        // One in four present, one late.
        #expect(html.contains("<strong>50%</strong>"))
        // The weeks begin on Monday, and the months are linked.
        #expect(try #require(html.firstRange(of: "Monday")?.lowerBound) < html.firstRange(of: "Sunday")!.lowerBound)
        #expect(html.contains("/pages/me?date=\(MonthCalendar(of: month.lowerBound).before.days.lowerBound)"))
    }

    @Test func aDayOffIsNamedAndAskedForNoAttendance() async throws {
        let scene = try await ClassScene()
        _ = try scene.database.calendar.set(scene.today, name: "Sports <day>", by: .server, now: Clock.now)
        let html = try await scene.browser(of: scene.ada).get("/pages/me").html
        #expect(html.contains("Sports &lt;day&gt;") && !html.contains("Not here yet"))
        #expect(html.contains("Nothing was corrected.") && html.contains("There are no excuses."))
    }

    @Test func excusesAreListedWithWhoMadeThemAndWhy() async throws {
        let scene = try await ClassScene()
        let new = ExcuseStore.New(
            person: scene.ada.id, firstDay: scene.today, lastDay: scene.today, reason: "a journey")
        let excuse = try scene.database.excuses.make(new, by: scene.teacher.id, now: Clock.now)
        let browser = try await scene.browser(of: scene.ada)
        let html = try await browser.get("/pages/me").html
        #expect(html.contains("Excused by A teacher: a journey"))
        _ = try scene.database.excuses.withdraw(excuse.id, by: scene.teacher.id, now: Clock.now)
        let after = try await browser.get("/pages/me").html
        #expect(after.contains("withdrawn on") && !after.contains("Excused by A teacher"))
    }

    @Test func theyReadItInGermanToo() async throws {
        let scene = try await ClassScene()
        try scene.see(scene.ada.id)
        let browser = try await scene.browser(of: scene.ada)
        browser.language = "de"
        let html = try await browser.get("/pages/me").html
        #expect(html.contains("Meine Anwesenheit") && html.contains("Anwesend") && html.contains("100 %"))
        #expect(!html.contains("student_") && !html.contains("record_"))
    }

    @Test func staffHaveNoAttendanceAndGoToTheirOwnPage() async throws {
        let scene = try await ClassScene()
        let browser = try await scene.browser(of: scene.teacher)
        #expect(try await browser.get("/pages/me").location == "/pages/classes")
    }

    @Test func everyMonthThatThereIsCanBeShown() async throws {
        let scene = try await ClassScene()
        let browser = try await scene.browser(of: scene.ada)
        for date in ["9999-12-31", "0000-01-01", "2024-02-29", "2026-02-01"] {
            #expect(try await browser.get("/pages/me?date=\(date)").status == 200, "\(date)")
        }
        #expect(try await browser.get("/pages/me?date=soon").status == 400)
        let page = try await browser.get("/pages/me")
        #expect(page.html.utf8.count < 100_000)
    }

    @Test(arguments: [(2027, 2, 28, 4), (2026, 11, 30, 6), (2028, 2, 29, 5), (9999, 12, 31, 5)])
    func aMonthHasItsDaysInWholeWeeks(year: Int, month: Int, days: Int, weeks: Int) throws {
        let calendar = MonthCalendar(of: try LocalDate(year: year, month: month, day: 15))
        #expect(calendar.days.lowerBound.day == 1 && calendar.days.upperBound.day == days)
        #expect(calendar.weeks.count == weeks && calendar.weeks.allSatisfy { $0.count == 7 })
        #expect(calendar.weeks.allSatisfy { $0[0].weekday == .monday })
    }
}
