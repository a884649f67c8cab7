import Attendance
import FoundationEssentials
import Hummingbird

/// What a teacher sees and does: a class today, a student over weeks.
struct TeacherPages: Sendable {
    let library: PageLibrary
    let database: DatabaseThread

    static let path = "/pages/classes"

    let events = PageEvents()

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/pages/classes", use: classes)
        router.get("/pages/classes/{class_id}", use: classDay)
        router.get("/pages/classes/{class_id}/part", use: classPart)
        router.get("/pages/classes/{class_id}/events", use: classEvents)
        router.get("/pages/classes/{class_id}/export", use: export)
        router.get("/pages/classes/{class_id}/students/{student_id}", use: student)
        router.post("/pages/classes/{class_id}/students/{student_id}/decide", use: decide)
        router.post("/pages/classes/{class_id}/students/{student_id}/excuses", use: excuse)
        router.post("/pages/classes/{class_id}/students/{student_id}/excuses/{excuse_id}/withdraw", use: withdraw)
    }

    /// The classes of whoever asks, with today's counts. Who has one only is led to it.
    @Sendable
    private func classes(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let caller = visitor.caller
        try caller.requireSome(.readAttendanceOfClass)
        let seesAll = caller.may(.readAttendanceOfClass)
        let scope: PeopleScope = seesAll ? .everybody : .taught(by: caller.id)
        let session = SessionID(date: visitor.today)
        let (states, tallies, dayOff) = try await database.run { database throws(ServerError) in
            (
                try database.closings.list(of: session, scope, page: PageRequest(limit: PageRequest.maximumLimit)),
                try database.records.tallies(of: session), try database.calendar.find(session.date)
            )
        }
        if !seesAll, states.count == 1, let only = states.first {
            return .redirect(to: Self.path(of: only.classID), type: .normal)
        }
        let now = Clock.now
        return library.page(
            "classes", for: visitor, title: "menu_classes", path: Self.path,
            [
                "date": "\(visitor.format.weekday(visitor.today)), \(visitor.format.date(visitor.today))",
                "hasAny": !states.isEmpty,
                "classes": states.map { state -> [String: Any] in
                    let tally = tallies[state.className] ?? StatusTally()
                    return [
                        "name": state.className, "path": Self.path(of: state.classID),
                        "state": Self.sentence(state, dayOff, now: now, visitor), "hasSchool": state.state != .noSchool,
                        "tally": Self.tally(tally, visitor),
                    ]
                },
            ])
    }

    static func path(of classID: UUID) -> String { "\(path)/\(classID.lowercased)" }

    static func path(of student: UUID, in classID: UUID) -> String {
        "\(path(of: classID))/students/\(student.lowercased)"
    }

    /// For the template `tally`: who is missing first.
    static func tally(_ tally: StatusTally, _ visitor: Visitor) -> [[String: Any]] {
        let counts: [(String, Int)] =
            [
                ("late", tally[.late]), ("absent", tally[.absent]), ("open", tally.open), ("excused", tally[.excused]),
                ("present", tally[.present]),
            ]
        return counts.map { ["status": $0.0, "word": visitor.words[$0.0], "count": "\($0.1)"] }
    }

    /// Where a session stands, in a sentence.
    static func sentence(_ state: SessionState, _ dayOff: DayOff?, now: Instant, _ visitor: Visitor) -> String {
        let words = visitor.words
        func text(_ moment: Instant?) -> String {
            moment.map { visitor.format.brief($0, on: state.session.date) } ?? "–"
        }
        switch state.state {
        case .noSchool:
            guard let dayOff, dayOff.name != CalendarStore.configuredName else { return words["teacher_no_school"] }
            return words("teacher_no_school_because", ["name": dayOff.name])
        case .open:
            guard let ends = state.ends, now < ends else { return words["teacher_over"] }
            let key = state.session.date > visitor.today ? "teacher_future" : "teacher_open"
            return words(key, ["time": text(state.ends)])
        case .waiting:
            let names = state.waitsFor.map(\.name).joined(separator: ", ")
            return words("teacher_waiting", ["time": text(state.ends), "names": names])
        case .closed: return words("teacher_closed", ["time": text(state.closed)])
        }
    }

    /// The day that the query names; today where it names none.
    static func day(of request: Request, _ visitor: Visitor) throws(Problem) -> LocalDate {
        // A date field that was emptied is sent as such.
        if request.uri.queryParameters["date"]?.isEmpty == true { return visitor.today }
        return try request.date("date") ?? visitor.today
    }
}
