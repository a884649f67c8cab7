import Attendance
import FoundationEssentials
import Hummingbird

/// When the school takes attendance: the days of the week, the times, and the days off.
struct CalendarPages: Sendable {
    let desk: AdminDesk

    private static let path = "/pages/calendar"
    /// More days in one go are a slip of the keyboard.
    private static let longest = 120

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/pages/calendar", use: show)
        router.post("/pages/calendar/days-off", use: addDays)
        router.post("/pages/calendar/days-off/remove", use: remove)
    }

    /// Days off as somebody typed them.
    private struct Typed {
        var name = ""
        var from = ""
        var to = ""
    }

    @Sendable
    private func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.readCalendar)
        let done = try request.query()["done"].flatMap { visitor.words.texts["admin_done_day_\($0)"] }
        return try await page(Typed(), for: visitor, done: done)
    }

    private func page(
        _ typed: Typed, for visitor: Visitor, done: String? = nil, refusal: FormRefusal? = nil
    ) async throws -> Response {
        let (policy, days) = try await desk.database.run { database throws(ServerError) in
            (
                try database.policies.current().current.policy,
                try database.calendar.list(from: nil, to: nil, page: PageRequest(limit: 5000))
            )
        }
        let (words, format) = (visitor.words, visitor.format)
        let mayChange = visitor.caller.may(.changeCalendar)
        func row(_ day: DayOff) -> [String: Any] {
            [
                "date": day.date.description, "day": "\(format.weekday(day.date)), \(format.date(day.date))",
                "name": day.isConfigured && day.name == CalendarStore.configuredName
                    ? words["admin_day_configured"] : day.name,
                "canRemove": mayChange && !day.isConfigured,
                "label": words("admin_day_remove", ["day": format.date(day.date)]),
            ]
        }
        let coming = days.filter { $0.date >= visitor.today }
        let past = days.filter { $0.date < visitor.today }.reversed()
        return desk.library.page(
            "admin_calendar", for: visitor, title: "menu_calendar", path: Self.path,
            [
                "schoolDays": policy.schoolDays.sorted().map { words[$0.rawValue] }.joined(separator: ", "),
                "present": ClassPages.short(policy.times.presentUntil),
                "late": ClassPages.short(policy.times.absentAfter), "zone": policy.timeZone,
                "hasOwnTimes": !policy.classTimes.isEmpty,
                "ownTimes": policy.classTimes.sorted { $0.key < $1.key }.map {
                    [
                        "name": $0.key, "present": ClassPages.short($0.value.presentUntil),
                        "late": ClassPages.short($0.value.absentAfter),
                    ]
                },
                "coming": coming.map(row), "hasComing": !coming.isEmpty,
                "past": past.map(row), "hasPast": !past.isEmpty, "mayChange": mayChange,
                "typedName": typed.name, "typedFrom": typed.from, "typedTo": typed.to,
            ].merging(AdminValue.notices(done: done, refusal)) { $1 }, status: refusal?.status ?? .ok)
    }

    @Sendable
    private func addDays(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.changeCalendar)
        let form = try await request.form(of: visitor)
        let typed = Typed(name: form["name"] ?? "", from: form["from"] ?? "", to: form["to"] ?? "")
        do {
            let days = try Self.days(typed, visitor)
            try await desk.database.run { database throws(ServerError) in
                for day in days {
                    _ = try database.calendar.set(
                        day, name: typed.name, by: .person(visitor.caller.id), now: Clock.now)
                }
            }
            try await desk.database.recompute(within: ClassPages.patience)
            return .redirect(to: "\(Self.path)?done=added", type: .normal)
        } catch {
            guard let refusal = FormRefusal(error, visitor.words) else { throw error }
            return try await page(typed, for: visitor, refusal: refusal)
        }
    }

    private static func days(_ typed: Typed, _ visitor: Visitor) throws(FormRefusal) -> [LocalDate] {
        let words = visitor.words
        guard (try? Reason.checked(typed.name, field: "name")) != nil else {
            throw FormRefusal(words["admin_bad_day_name"])
        }
        guard let from = try? LocalDate(typed.from), let to = try? LocalDate(typed.to.isEmpty ? typed.from : typed.to),
            from <= to, to.daysSince1970 - from.daysSince1970 < longest,
            abs(from.daysSince1970 - visitor.today.daysSince1970) < 4 * DayRange.furthest
        else { throw FormRefusal(words("admin_bad_days", ["days": "\(longest)"])) }
        return (from.daysSince1970...to.daysSince1970).map { LocalDate(daysSince1970: $0) }
    }

    @Sendable
    private func remove(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.changeCalendar)
        let form = try await request.form(of: visitor)
        guard let date = form["date"].flatMap({ try? LocalDate($0) }) else {
            throw Problem.badRequest("date: give a date, as 2026-09-01")
        }
        do {
            _ = try await desk.database.run { database throws(ServerError) in
                try database.calendar.remove(date, by: .person(visitor.caller.id), now: Clock.now)
            }
        } catch ServerError.taken {
            let refusal = FormRefusal(visitor.words["admin_day_in_configuration"], .conflict)
            return try await page(Typed(), for: visitor, refusal: refusal)
        }
        try await desk.database.recompute(within: ClassPages.patience)
        return .redirect(to: "\(Self.path)?done=removed", type: .normal)
    }
}
