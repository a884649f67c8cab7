import Attendance
import FoundationEssentials
import Hummingbird

/// Today over the whole school as it fills, and the weeks before.
struct SchoolPage: Sendable {
    let desk: AdminDesk
    private let events = PageEvents()

    static let path = "/pages/school"
    /// How many days back the picture goes.
    private static let daysBack = 28

    init(desk: AdminDesk) {
        self.desk = desk
    }

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/pages/school", use: page)
        router.get("/pages/school/part", use: part)
        router.get("/pages/school/events", use: follow)
    }

    @Sendable
    private func page(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try Self.visitor(context)
        let today = visitor.today.daysSince1970
        let (overview, days, walkBys) = try await desk.database.run { database throws(ServerError) in
            let past = LocalDate(daysSince1970: today - Self.daysBack)...LocalDate(daysSince1970: today - 1)
            return (
                try database.schoolOverview(at: Clock.now), try database.records.tallies(past),
                try database.walkBys.list(.init(state: .open), page: PageRequest(limit: 50)).count
            )
        }
        var values = Self.values(of: overview, for: visitor)
        values["hasWalkBys"] = walkBys > 0
        values["walkBys"] = visitor.words(
            walkBys == 1 ? "admin_walkby_one" : "admin_walkby_many", ["count": walkBys > 50 ? "50+" : "\(walkBys)"])
        values["hasTrend"] = !days.isEmpty
        values["svg"] = TrendPicture(days: days, format: visitor.format).svg
        values["trend"] = days.reversed().map { Self.row($0.day, $0.tally, visitor.format) }
        values["legend"] = TrendPicture.order.map { ["status": $0.rawValue, "label": visitor.words[$0.rawValue]] }
        return desk.library.page("admin_school", for: visitor, title: "menu_school", path: Self.path, values)
    }

    @Sendable
    private func part(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try Self.visitor(context)
        let overview = try await desk.database.run { database throws(ServerError) in
            try database.schoolOverview(at: Clock.now)
        }
        return desk.library.part("admin_school_now", for: visitor, Self.values(of: overview, for: visitor))
    }

    @Sendable
    private func follow(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try Self.visitor(context)
        return try events.stream(for: visitor, in: desk.database) { database throws(ServerError) in
            try database.schoolOverview(at: Clock.now).stamp
        }
    }

    private static func visitor(_ context: ServerRequestContext) throws -> Visitor {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.readAllAttendance)
        return visitor
    }

    private static func values(of overview: SchoolOverview, for visitor: Visitor) -> [String: Any] {
        let (words, format) = (visitor.words, visitor.format)
        let total = overview.total
        var values: [String: Any] = [
            "day": "\(format.weekday(overview.day.date)), \(format.date(overview.day.date))",
            "hasSchool": overview.hasSchool, "hasClasses": !overview.lines.isEmpty,
            "isWaiting": !overview.waiting.isEmpty,
            "waiting": overview.waiting.map { waitingLine($0, words) },
            "classes": overview.lines.map { line($0, visitor) },
            "students": total.people,
            "figures": [RecordStatus.present, .late, .absent, .excused].map {
                figure($0.rawValue, total[$0], of: total, visitor)
            } + [figure("open", total.open, of: total, visitor)],
        ]
        values["noSchool"] =
            overview.dayOff.map { words("admin_day_off", ["name": $0]) } ?? words["admin_no_school"]
        return values
    }

    private static func figure(
        _ status: String, _ count: Int, of tally: StatusTally, _ visitor: Visitor
    ) -> [String: Any] {
        [
            "status": status, "label": visitor.words[status], "count": count,
            "share": visitor.format.percent(count, of: tally.people),
        ]
    }

    private static func waitingLine(_ line: SchoolOverview.Line, _ words: Words) -> [String: Any] {
        let names = line.session.waitsFor.map(\.name).joined(separator: ", ")
        return ["text": words("admin_waits_for", ["class": line.session.className, "terminals": names])]
    }

    private static func line(_ line: SchoolOverview.Line, _ visitor: Visitor) -> [String: Any] {
        let (words, format, session) = (visitor.words, visitor.format, line.session)
        let state: String =
            switch session.state {
            case .noSchool: words["admin_state_no_school"]
            case .open: words("admin_state_open", ["time": session.ends.map(format.time) ?? ""])
            case .waiting: words["admin_state_waiting"]
            case .closed: words["admin_state_closed"]
            }
        return [
            "path": "/pages/classes/\(session.classID.lowercased)", "name": session.className,
            "students": line.tally.people, "present": line.tally[.present], "late": line.tally[.late],
            "absent": line.tally[.absent], "excused": line.tally[.excused], "open": line.tally.open, "state": state,
        ]
    }

    private static func row(_ day: LocalDate, _ tally: StatusTally, _ format: ReaderFormat) -> [String: Any] {
        func cell(_ status: RecordStatus) -> String {
            "\(tally[status]) (\(format.percent(tally[status], of: tally.recorded)))"
        }
        return [
            "day": "\(format.weekday(day)), \(format.date(day))", "present": cell(.present), "late": cell(.late),
            "absent": cell(.absent), "excused": cell(.excused),
        ]
    }
}
