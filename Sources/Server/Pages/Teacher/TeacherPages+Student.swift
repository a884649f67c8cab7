import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

extension TeacherPages {
    /// A student's week and month, and what was corrected and excused.
    @Sendable
    func student(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let found = try await found(context, visitor, .readAttendanceOfStudent)
        return try await page(of: found, on: try Self.day(of: request, visitor), for: visitor)
    }

    /// - Parameters:
    ///   - failure: what is wrong with the form of a day.
    ///   - excuse: what was typed into the form for an excuse, with which there is a problem.
    func page(
        of found: Found, on day: LocalDate, for visitor: Visitor, failure: Failure? = nil, excuse: ExcuseInput? = nil,
        problem: String? = nil
    ) async throws -> Response {
        let (id, month, week) = (found.account.id, MonthCalendar(of: day), day.week)
        let shown =
            min(month.days.lowerBound, week.lowerBound)...max(month.days.upperBound, week.upperBound)
        let today = visitor.today
        let (days, monthTally, yearTally) = try await database.run { database throws(ServerError) in
            (
                try PersonDays(of: id, shown, in: database), try database.records.tally(of: id, month.days),
                try database.records.tally(of: id, LocalDate(daysSince1970: today.daysSince1970 - 364)...today)
            )
        }
        let (words, format) = (visitor.words, visitor.format)
        let corrections = StudentOverview.corrections(days, visitor)
        let rows = (week.lowerBound.daysSince1970...week.upperBound.daysSince1970).map { number in
            let some = LocalDate(daysSince1970: number)
            return row(of: some, found, days, visitor, some == day ? failure : nil)
        }
        let values: [String: Any] = [
            "name": found.account.name, "className": found.schoolClass.name,
            "classPath": "\(Self.path(of: found.schoolClass.id))?date=\(day)", "path": found.path,
            "week": words("teacher_week", ["from": format.date(week.lowerBound), "to": format.date(week.upperBound)]),
            "weekBefore": "\(found.path)?date=\(LocalDate(daysSince1970: day.daysSince1970 - 7))",
            "weekAfter": "\(found.path)?date=\(LocalDate(daysSince1970: day.daysSince1970 + 7))",
            "days": rows, "calendar": month.values(of: days, for: visitor, path: found.path, linksDays: true),
            "counts": [
                StudentOverview.counts(monthTally, month.name(words), visitor),
                StudentOverview.counts(yearTally, words["student_year"], visitor),
            ],
            "corrections": corrections, "hasCorrections": !corrections.isEmpty,
            "excuses": days.excuses.map { StudentOverview.excuse($0, days.names, visitor) },
            "hasExcuses": !days.excuses.isEmpty, "first": excuse?.first ?? day.description,
            "last": excuse?.last ?? day.description, "typedReason": excuse?.reason ?? "",
            "isExcuseWrong": problem != nil, "problem": problem ?? "", "reasons": Self.reasons(words),
        ]
        return library.page(
            "class_student", for: visitor, title: found.account.name, path: Self.path, values,
            status: failure == nil && problem == nil ? .ok : .badRequest)
    }

    private func row(
        of day: LocalDate, _ found: Found, _ days: PersonDays, _ visitor: Visitor, _ failure: Failure?
    ) -> [String: Any] {
        let state = days.state(of: day, for: visitor)
        let row = StudentRow(
            id: found.account.id, name: found.account.name, isMember: true, day: day, record: days.records[day],
            correction: days.corrections[day]?.last, excuse: days.excuse(of: day), names: days.names)
        var values = row.values(for: visitor, in: found.schoolClass.id, back: .studentPage, failure)
        values["status"] = state.status ?? "none"
        values["word"] = state.status == nil ? state.dayOff ?? "–" : state.word
        return values
    }
}
