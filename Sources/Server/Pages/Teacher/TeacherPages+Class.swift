import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

extension TeacherPages {
    /// A form that was not good enough: what is wrong, and what was typed.
    struct Failure: Sendable {
        let student: UUID
        let text: String
        let reason: String
    }

    /// A class on a day, which may be today: then the page follows what happens.
    @Sendable
    func classDay(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let found = try await schoolClass(context, visitor)
        return try await page(of: found, on: try Self.day(of: request, visitor), for: visitor)
    }

    func page(
        of found: SchoolClass, on day: LocalDate, for visitor: Visitor, failure: Failure? = nil
    ) async throws -> Response {
        let values = try await values(of: found, on: day, for: visitor, failure: failure)
        return library.page(
            "class_day", for: visitor, title: visitor.words("teacher_class", ["name": found.name]), path: Self.path,
            values, status: failure == nil ? .ok : .badRequest)
    }

    /// What changes of the page.
    @Sendable
    func classPart(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let found = try await schoolClass(context, visitor)
        let day = try Self.day(of: request, visitor)
        return library.part("class_roll", for: visitor, try await values(of: found, on: day, for: visitor))
    }

    /// Tells the page when it changes.
    @Sendable
    func classEvents(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let found = try await schoolClass(context, visitor)
        let session = SessionID(date: try Self.day(of: request, visitor))
        return try events.stream(for: visitor, in: database) { database throws(ServerError) in
            try database.records.stamp(of: found.name, in: session)
        }
    }

    /// The class's records as a table for a spreadsheet.
    @Sendable
    func export(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try context.pageVisitor()
        let found = try await schoolClass(context, visitor, .exportAttendance)
        return try await ExportRoutes(database: database).table(
            of: .inClass(found.name), try ExportRoutes.days(of: request))
    }

    /// The class in the path, of which the visitor may do this.
    /// - Throws: 403 unless they may, and 404 where there is none and they may know it.
    func schoolClass(
        _ context: ServerRequestContext, _ visitor: Visitor, _ action: Access.Action = .readAttendanceOfClass
    ) async throws -> SchoolClass {
        try visitor.caller.requireSome(action)
        let id = try context.id("class_id")
        try visitor.caller.require(action, .ofClass(id))
        let found = try await database.run { database throws(ServerError) in try database.classes.find(id) }
        guard let found else { throw Problem.notFound }
        return found
    }

    private func values(
        of found: SchoolClass, on day: LocalDate, for visitor: Visitor, failure: Failure? = nil
    ) async throws -> [String: Any] {
        let (classDay, dayOff) = try await database.run { database throws(ServerError) in
            (try ClassDay(of: found.name, on: day, in: database), try database.calendar.find(day))
        }
        guard let classDay else { throw Problem.notFound }
        let path = Self.path(of: found.id)
        let format = visitor.format
        let listed = classDay.listed(today: visitor.today)
        var tally = StatusTally()
        for student in listed { tally.add(student.record?.status, 1) }
        let rows = Self.sorted(listed).map {
            StudentRow(
                id: $0.id, name: $0.name, isMember: $0.isMember, day: day, record: $0.record,
                correction: classDay.corrections[$0.id], excuse: classDay.excuses[$0.id], names: classDay.names
            ).values(for: visitor, in: found.id, back: .classPage, failure)
        }
        return [
            "name": found.name, "path": path, "date": day.description,
            "day": "\(format.weekday(day)), \(format.date(day))", "isToday": day == visitor.today,
            "isLive": day == visitor.today,
            "beforePath": "\(path)?date=\(LocalDate(daysSince1970: day.daysSince1970 - 1))",
            "afterPath": "\(path)?date=\(LocalDate(daysSince1970: day.daysSince1970 + 1))",
            "monthStart": MonthCalendar(of: day).days.lowerBound.description,
            "state": Self.sentence(classDay.state, dayOff, now: Clock.now, visitor),
            "isWaiting": classDay.state.state == .waiting, "tally": Self.tally(tally, visitor),
            "count": "\(listed.count)", "students": rows, "hasStudents": !rows.isEmpty,
            "reasons": Self.reasons(visitor.words),
        ]
    }

    /// Late and missing first, then excused, then present; each by name.
    private static func sorted(_ students: [ClassDay.Student]) -> [ClassDay.Student] {
        func place(_ student: ClassDay.Student) -> Int {
            switch student.record?.status {
            case .late: 0
            case .absent: 1
            case nil: 2
            case .excused: 3
            case .present: 4
            }
        }
        return students.enumerated().sorted { (place($0.element), $0.offset) < (place($1.element), $1.offset) }
            .map(\.element)
    }

    /// What people mostly write.
    static func reasons(_ words: Words) -> [String] { (1...6).map { words["teacher_reason_\($0)"] } }
}
