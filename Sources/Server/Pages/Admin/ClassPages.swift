import Attendance
import FoundationEssentials
import Hummingbird

/// The classes: their names, times and teachers.
struct ClassPages: Sendable {
    let desk: AdminDesk

    static let path = "/pages/school/classes"
    /// New times change today's records; the answer waits so many seconds for them.
    static let patience = 2.0

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/pages/school/classes", use: list)
        router.post("/pages/school/classes", use: create)
        router.get("/pages/school/classes/{class_id}", use: show)
        router.post("/pages/school/classes/{class_id}", use: change)
        router.post("/pages/school/classes/{class_id}/teachers", use: setTeachers)
        router.get("/pages/school/classes/{class_id}/remove", use: removeForm)
        router.post("/pages/school/classes/{class_id}/remove", use: remove)
    }

    @Sendable
    private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try Self.visitor(context)
        let done = try request.query()["done"].flatMap { visitor.words.texts["admin_done_class_\($0)"] }
        return try await list(ClassForm(), for: visitor, done: done)
    }

    private func list(
        _ typed: ClassForm, for visitor: Visitor, done: String? = nil, refusal: FormRefusal? = nil
    ) async throws -> Response {
        let (classes, teachers, tallies, times) = try await desk.database.run { database throws(ServerError) in
            let policy = try database.policies.current()
            return (
                try database.classes.all(), try database.allTeachers(),
                try database.records.tallies(of: policy.session(at: Clock.now)), policy.current.policy.times
            )
        }
        let names = Dictionary(teachers.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        var values = typed.values(visitor.words, times)
        values["isEmpty"] = classes.isEmpty
        values["classes"] = classes.map { one -> [String: Any] in
            let own = one.presentUntil != nil
            return [
                "path": "\(Self.path)/\(one.id.lowercased)", "name": one.name,
                "students": tallies[one.name]?.people ?? 0,
                "teachers": one.teachers.compactMap { names[$0] }.sorted().joined(separator: ", "),
                "present": Self.short(one.presentUntil ?? times.presentUntil),
                "late": Self.short(one.absentAfter ?? times.absentAfter),
                "own": visitor.words[own ? "admin_times_own" : "admin_times_school"],
            ]
        }
        values.merge(AdminValue.notices(done: done, refusal)) { $1 }
        return desk.library.page(
            "admin_classes", for: visitor, title: "admin_classes_title", path: SchoolPage.path, values,
            status: refusal?.status ?? .ok)
    }

    @Sendable
    private func create(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try Self.visitor(context)
        let typed = ClassForm(try await request.form(of: visitor))
        do {
            let details = try typed.details(visitor.words)
            _ = try await desk.database.run { database throws(ServerError) in
                try database.classes.create(details, by: .person(visitor.caller.id), now: Clock.now)
            }
            return .redirect(to: "\(Self.path)?done=created", type: .normal)
        } catch {
            guard let refusal = Self.refusal(error, visitor.words) else { throw error }
            return try await list(typed, for: visitor, refusal: refusal)
        }
    }

    @Sendable
    private func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try Self.visitor(context)
        let found = try await find(context)
        let done = try request.query()["done"].flatMap { visitor.words.texts["admin_done_class_\($0)"] }
        return try await page(found, ClassForm(found), for: visitor, done: done)
    }

    private func page(
        _ found: SchoolClass, _ typed: ClassForm, for visitor: Visitor, done: String? = nil,
        refusal: FormRefusal? = nil
    ) async throws -> Response {
        let (teachers, times) = try await desk.database.run { database throws(ServerError) in
            (try database.allTeachers(), try database.policies.current().current.policy.times)
        }
        var values = typed.values(visitor.words, times)
        values["classPath"] = "\(Self.path)/\(found.id.lowercased)"
        values["attendance"] = "/pages/classes/\(found.id.lowercased)"
        values["hasTeachers"] = !teachers.isEmpty
        values["teachers"] = teachers.map {
            ["id": $0.id.lowercased, "name": $0.name, "isChosen": found.teachers.contains($0.id)] as [String: Any]
        }
        values.merge(AdminValue.notices(done: done, refusal)) { $1 }
        return desk.library.page(
            "admin_class", for: visitor, title: visitor.words("admin_class_title", ["name": found.name]),
            path: SchoolPage.path, values, status: refusal?.status ?? .ok)
    }

    @Sendable
    private func change(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try Self.visitor(context)
        let found = try await find(context)
        let typed = ClassForm(try await request.form(of: visitor))
        do {
            let details = try typed.details(visitor.words)
            _ = try await desk.database.run { database throws(ServerError) in
                try database.classes.change(found.id, to: details, by: .person(visitor.caller.id), now: Clock.now)
            }
            try await desk.database.recompute(within: Self.patience)
            return .redirect(to: "\(Self.path)/\(found.id.lowercased)?done=changed", type: .normal)
        } catch {
            guard let refusal = Self.refusal(error, visitor.words) else { throw error }
            return try await page(found, typed, for: visitor, refusal: refusal)
        }
    }

    @Sendable
    private func setTeachers(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try Self.visitor(context)
        let found = try await find(context)
        let form = try await request.form(of: visitor)
        let teachers = Set(form.all("teacher").compactMap { UUID(uuidString: $0) })
        do {
            _ = try await desk.database.run { database throws(ServerError) in
                try database.classes.setTeachers(
                    teachers, of: found.id, by: .person(visitor.caller.id), now: Clock.now)
            }
        } catch ServerError.refused {
            let refusal = FormRefusal(visitor.words["admin_no_teacher"], .conflict)
            return try await page(found, ClassForm(found), for: visitor, refusal: refusal)
        }
        return .redirect(to: "\(Self.path)/\(found.id.lowercased)?done=teachers", type: .normal)
    }

    @Sendable
    private func removeForm(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try Self.visitor(context)
        return confirmation(of: try await find(context), for: visitor)
    }

    @Sendable
    private func remove(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let visitor = try Self.visitor(context)
        let found = try await find(context)
        _ = try await request.form(of: visitor)
        do {
            _ = try await desk.database.run { database throws(ServerError) in
                try database.classes.remove(found.id, by: .person(visitor.caller.id), now: Clock.now)
            }
        } catch ServerError.taken {
            return confirmation(of: found, for: visitor, FormRefusal(visitor.words["admin_class_in_use"], .conflict))
        }
        return .redirect(to: "\(Self.path)?done=removed", type: .normal)
    }

    private func confirmation(of found: SchoolClass, for visitor: Visitor, _ refusal: FormRefusal? = nil) -> Response {
        desk.confirmation(
            ofRemoving: found.name, at: "\(Self.path)/\(found.id.lowercased)", menu: SchoolPage.path,
            text: visitor.words["admin_class_remove_text"], for: visitor, refusal)
    }

    private static func visitor(_ context: ServerRequestContext) throws -> Visitor {
        let visitor = try context.pageVisitor()
        try visitor.caller.require(.changeClasses)
        return visitor
    }

    private func find(_ context: ServerRequestContext) async throws -> SchoolClass {
        let id = try context.id("class_id")
        let found = try await desk.database.run { database throws(ServerError) in try database.classes.find(id) }
        guard let found else { throw Problem.notFound }
        return found
    }

    /// What is unique of a class is its name.
    private static func refusal(_ error: any Error, _ words: Words) -> FormRefusal? {
        if case ServerError.taken = error { return FormRefusal(words["admin_class_taken"], .conflict) }
        return FormRefusal(error, words)
    }

    /// A time of day without its seconds where it has none.
    static func short(_ time: TimeOfDay) -> String {
        time.second == 0 ? String(time.description.prefix(5)) : time.description
    }
}

extension ServerDatabase {
    /// Everybody who may teach, by name.
    func allTeachers() throws(ServerError) -> [Account] {
        var page = PageRequest(limit: PageRequest.maximumLimit)
        var found: [Account] = []
        while true {
            let rows = try accounts.list(.init(role: .teacher), page: page)
            found += rows.prefix(page.limit)
            guard rows.count > page.limit, let last = found.last else { return found }
            page.after = [last.name, last.id.lowercased]
        }
    }
}
