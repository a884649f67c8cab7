import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// When the school takes attendance.
struct CalendarRoutes: Sendable {
    let database: DatabaseThread

    /// How long the answer to a change waits for the records that follow from it, in seconds; the rest comes by itself.
    private static let patience = 2.0

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/calendar", use: read)
        router.get("/calendar/days-off", use: list)
        router.get("/calendar/days-off/{date}", use: readDay)
        router.put("/calendar/days-off/{date}", use: setDay)
        router.delete("/calendar/days-off/{date}", use: removeDay)
    }

    /// The policy without what has a list of its own.
    private struct Calendar: Sendable, Encodable {
        let policy: AttendancePolicy
        let today: SessionID
        let isSchoolDay: Bool

        private enum CodingKeys: String, CodingKey {
            case today
            case timeZone = "time_zone"
            case schoolDays = "school_days"
            case presentUntil = "present_until"
            case absentAfter = "absent_after"
            case isSchoolDay = "school_today"
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(policy.timeZone, forKey: .timeZone)
            try values.encode(policy.schoolDays.sorted(), forKey: .schoolDays)
            try values.encode(policy.times.presentUntil, forKey: .presentUntil)
            try values.encode(policy.times.absentAfter, forKey: .absentAfter)
            try values.encode(today, forKey: .today)
            try values.encode(isSchoolDay, forKey: .isSchoolDay)
        }
    }

    private struct DayOffBody: RequestBody {
        let name: String

        static let wireName = "day off"
        enum CodingKeys: CodingKey, CaseIterable { case name }
    }

    @Sendable
    private func read(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<Calendar> {
        try context.authenticatedCaller().require(.readCalendar)
        let policy = try await database.run { database throws(ServerError) in try database.policies.current() }
        let today = policy.session(at: Clock.now)
        return JSONAnswer(
            Calendar(policy: policy.current.policy, today: today, isSchoolDay: policy.hasSchool(on: today)))
    }

    @Sendable
    private func list(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<Page<DayOff>> {
        try context.authenticatedCaller().require(.readCalendar)
        let page = try PageRequest(request, keys: 1)
        let (from, to) = (try request.date("from"), try request.date("to"))
        let days = try await database.run { database throws(ServerError) in
            try database.calendar.list(from: from, to: to, page: page)
        }
        return JSONAnswer(page.page(of: days) { [$0.date.description] })
    }

    @Sendable
    private func readDay(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<DayOff> {
        try context.authenticatedCaller().require(.readCalendar)
        let date = try context.date("date")
        let day = try await database.run { database throws(ServerError) in try database.calendar.find(date) }
        guard let day else { throw Problem.notFound }
        return JSONAnswer(day)
    }

    @Sendable
    private func setDay(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<DayOff> {
        let caller = try context.authenticatedCaller()
        try caller.require(.changeCalendar)
        let date = try context.date("date")
        let body = try await request.body(DayOffBody.self)
        let day = try await database.run { database throws(ServerError) in
            try database.calendar.set(date, name: body.name, by: .person(caller.id), now: Clock.now)
        }
        try await database.recompute(within: Self.patience)
        return JSONAnswer(day)
    }

    @Sendable
    private func removeDay(_ request: Request, _ context: ServerRequestContext) async throws -> NoContent {
        let caller = try context.authenticatedCaller()
        try caller.require(.changeCalendar)
        let date = try context.date("date")
        let wasThere = try await database.run { database throws(ServerError) in
            try database.calendar.remove(date, by: .person(caller.id), now: Clock.now)
        }
        guard wasThere else { throw Problem.notFound }
        try await database.recompute(within: Self.patience)
        return NoContent()
    }
}

extension ServerRequestContext {
    /// A date in the path. What is no date is nothing that there is: 404.
    fileprivate func date(_ name: String) throws(Problem) -> LocalDate {
        guard let text = parameters.get(name), let date = try? LocalDate(text) else { throw .notFound }
        return date
    }
}

extension DatabaseThread {
    /// Makes the records anew that wait for it, for at most so many seconds, each class by itself so that others get their
    /// turn between them.
    func recompute(within seconds: Double) async throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            guard try await runPatiently({ database throws(ServerError) in try database.records.step() }) else {
                return
            }
        }
    }
}
