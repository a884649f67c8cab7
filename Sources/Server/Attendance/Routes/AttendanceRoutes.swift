import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// The records of attendance, and where the sessions stand.
struct AttendanceRoutes: Sendable {
    let database: DatabaseThread

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/attendance", use: own)
        router.get("/attendance/all", use: all)
        router.get("/attendance/sessions", use: sessions)
        router.get("/attendance/student/{student_id}", use: ofStudent)
        router.get("/attendance/{class_id}", use: ofClass)
    }

    /// Whose records `GET /attendance` answers.
    private enum Whose: String, CaseIterable {
        case me, students
    }

    @Sendable
    private func own(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<Page<RecordAnswer>>
    {
        let caller = try context.authenticatedCaller()
        switch try request.choice("of", of: Whose.self) ?? .me {
        case .me:
            try caller.require(.readOwnAttendance, .person(caller.id, classID: nil))
            return try await list(.person(caller.id), request)
        case .students:
            try caller.requireSome(.readAttendanceOfStudents)
            return try await list(.taught(by: caller.id), request)
        }
    }

    @Sendable
    private func all(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<Page<RecordAnswer>>
    {
        try context.authenticatedCaller().require(.readAllAttendance)
        return try await list(.everybody, request)
    }

    @Sendable
    private func ofClass(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<Page<RecordAnswer>> {
        let caller = try context.authenticatedCaller()
        try caller.requireSome(.readAttendanceOfClass)
        let id = try context.id("class_id")
        try caller.require(.readAttendanceOfClass, .ofClass(id))
        let found = try await database.run { database throws(ServerError) in try database.classes.find(id) }
        guard let found else { throw Problem.notFound }
        return try await list(.inClass(found.name), request)
    }

    @Sendable
    private func ofStudent(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<Page<RecordAnswer>> {
        let caller = try context.authenticatedCaller()
        let person = try await database.person(try context.id("student_id"), for: caller, .readAttendanceOfStudent)
        return try await list(.person(person.id), request)
    }

    private func list(_ scope: PeopleScope, _ request: Request) async throws -> JSONAnswer<Page<RecordAnswer>> {
        let page = try PageRequest(request, keys: 3)
        let filter = RecordStore.Filter(scope: scope, from: try request.date("from"), to: try request.date("to"))
        let (records, zone) = try await database.run { database throws(ServerError) in
            (try database.records.list(filter, page: page), try database.policies.current().zone)
        }
        return JSONAnswer(
            page.page(of: records.map { RecordAnswer(record: $0, zone: zone) }) { $0.record.cursor })
    }

    @Sendable
    private func sessions(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<Page<SessionAnswer>> {
        let caller = try context.authenticatedCaller()
        try caller.requireSome(.readAttendanceOfClass)
        let scope: PeopleScope = caller.may(.readAttendanceOfClass) ? .everybody : .taught(by: caller.id)
        let page = try PageRequest(request, keys: 1)
        let date = try request.date("date")
        let (states, zone) = try await database.run { database throws(ServerError) in
            let policy = try database.policies.current()
            let day = date.map { SessionID(date: $0) } ?? policy.session(at: Clock.now)
            return (try database.closings.list(of: day, scope, page: page), policy.zone)
        }
        return JSONAnswer(
            page.page(of: states.map { SessionAnswer(state: $0, zone: zone) }) { [$0.state.className] })
    }
}
