import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// The classes, and who teaches them.
struct ClassRoutes: Sendable {
    let database: DatabaseThread

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/classes", use: list)
        router.post("/classes", use: create)
        router.get("/classes/{class_id}", use: read)
        router.put("/classes/{class_id}", use: change)
        router.delete("/classes/{class_id}", use: remove)
        router.put("/classes/{class_id}/teachers", use: setTeachers)
    }

    /// A class as an admin says that it is.
    private struct ClassBody: RequestBody {
        let name: String
        let presentUntil: TimeOfDay?
        let absentAfter: TimeOfDay?

        static let wireName = "class"
        enum CodingKeys: String, CodingKey, CaseIterable {
            case name
            case presentUntil = "present_until"
            case absentAfter = "absent_after"
        }

        var details: ClassStore.Details {
            ClassStore.Details(name: name, presentUntil: presentUntil, absentAfter: absentAfter)
        }
    }

    private struct TeachersBody: RequestBody {
        let teachers: [UUID]

        static let wireName = "teachers of a class"
        enum CodingKeys: CodingKey, CaseIterable { case teachers }
    }

    @Sendable
    private func list(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<Page<SchoolClass>>
    {
        try context.authenticatedCaller().require(.listClasses)
        let page = try PageRequest(request, keys: 1)
        let classes = try await database.run { database throws(ServerError) in try database.classes.list(page: page) }
        return JSONAnswer(page.page(of: classes) { [$0.name] })
    }

    @Sendable
    private func create(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<SchoolClass> {
        let caller = try context.authenticatedCaller()
        try caller.require(.changeClasses)
        let body = try await request.body(ClassBody.self)
        let made = try await database.run { database throws(ServerError) in
            try database.classes.create(body.details, by: .person(caller.id), now: Clock.now)
        }
        return JSONAnswer(made, status: .created, headers: [.location: "/classes/\(made.id.lowercased)"])
    }

    @Sendable
    private func read(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<SchoolClass> {
        try context.authenticatedCaller().require(.listClasses)
        let id = try context.id("class_id")
        let found = try await database.run { database throws(ServerError) in try database.classes.find(id) }
        guard let found else { throw Problem.notFound }
        return JSONAnswer(found)
    }

    @Sendable
    private func change(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<SchoolClass> {
        let caller = try context.authenticatedCaller()
        try caller.require(.changeClasses)
        let id = try context.id("class_id")
        let body = try await request.body(ClassBody.self)
        let changed = try await database.run { database throws(ServerError) in
            try database.classes.change(id, to: body.details, by: .person(caller.id), now: Clock.now)
        }
        guard let changed else { throw Problem.notFound }
        // New times change today's records.
        try await database.recompute(within: 2)
        return JSONAnswer(changed)
    }

    @Sendable
    private func remove(_ request: Request, _ context: ServerRequestContext) async throws -> NoContent {
        let caller = try context.authenticatedCaller()
        try caller.require(.changeClasses)
        let id = try context.id("class_id")
        let wasThere = try await database.run { database throws(ServerError) in
            try database.classes.remove(id, by: .person(caller.id), now: Clock.now)
        }
        guard wasThere else { throw Problem.notFound }
        return NoContent()
    }

    @Sendable
    private func setTeachers(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<
        SchoolClass
    > {
        let caller = try context.authenticatedCaller()
        try caller.require(.changeClasses)
        let id = try context.id("class_id")
        let body = try await request.body(TeachersBody.self)
        let changed = try await database.run { database throws(ServerError) in
            try database.classes.setTeachers(Set(body.teachers), of: id, by: .person(caller.id), now: Clock.now)
        }
        guard let changed else { throw Problem.notFound }
        return JSONAnswer(changed)
    }
}
