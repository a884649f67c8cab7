import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird
import SyncProtocol

/// The terminals of the school, for those who look after them.
struct TerminalRoutes: Sendable {
    let database: DatabaseThread

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/terminals", use: list)
        router.post("/terminals", use: create)
        router.get("/terminals/attention", use: attention)
        router.get("/terminals/{terminal_id}", use: read)
        router.delete("/terminals/{terminal_id}", use: remove)
        router.put("/terminals/{terminal_id}/classes", use: setClasses)
        router.post("/terminals/{terminal_id}/renew", use: renew)
        router.post("/terminals/{terminal_id}/revoke", use: revoke)
        router.get("/users/{user_id}/deletion", use: deletion)
    }

    private struct NewTerminal: RequestBody {
        let name: String
        let classes: [UUID]?

        static let wireName = "terminal"
        enum CodingKeys: CodingKey, CaseIterable { case name, classes }
    }

    private struct ClassesBody: RequestBody {
        let classes: [UUID]

        static let wireName = "classes of a terminal"
        enum CodingKeys: CodingKey, CaseIterable { case classes }
    }

    /// The one answer that shows a code.
    private struct CodeAnswer: Encodable, Sendable {
        let terminal: TerminalReport
        let code: String

        enum CodingKeys: String, CodingKey {
            case terminal
            case code = "registration_code"
        }
    }

    /// One thing that a technician has to see to.
    private struct Attention: Encodable, Sendable {
        let report: TerminalReport
        let need: TerminalNeed

        enum CodingKeys: String, CodingKey {
            case name, reason, detail
            case terminal = "terminal_id"
            case lastSeen = "last_seen_at"
        }

        var key: [String] { [report.terminal.name, need.reason.rawValue] }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(report.terminal.id.lowercased, forKey: .terminal)
            try values.encode(report.terminal.name, forKey: .name)
            try values.encode(report.terminal.lastSeen.map(report.zone.text(of:)), forKey: .lastSeen)
            try values.encode(need.reason, forKey: .reason)
            try values.encode(need.detail, forKey: .detail)
        }
    }

    @Sendable
    private func list(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<Page<TerminalReport>> {
        try context.authenticatedCaller().require(.readTerminals)
        let page = try PageRequest(request, keys: 1)
        let reports = try await database.run { database throws(ServerError) in
            try database.reports(of: try database.terminals.list(page: page), now: Clock.now)
        }
        return JSONAnswer(page.page(of: reports) { [$0.terminal.name] })
    }

    @Sendable
    private func attention(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<Page<Attention>> {
        try context.authenticatedCaller().require(.readTerminals)
        let page = try PageRequest(request, keys: 2)
        let reports = try await database.run { database throws(ServerError) in
            try database.reports(of: try database.terminals.list(), now: Clock.now)
        }
        let all = reports.flatMap { report in report.needs.map { Attention(report: report, need: $0) } }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
        let rest = all.filter { item in page.after?.lexicographicallyPrecedes(item.key) ?? true }
        return JSONAnswer(page.page(of: Array(rest.prefix(page.limit + 1))) { $0.key })
    }

    @Sendable
    private func create(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<CodeAnswer> {
        let caller = try context.authenticatedCaller()
        try caller.require(.changeTerminals)
        let body = try await request.body(NewTerminal.self)
        let answer = try await database.run { database throws(ServerError) in
            let now = Clock.now
            let (terminal, code) = try database.terminals.create(
                body.name, classes: Set(body.classes ?? []), by: .person(caller.id), now: now)
            return try Self.answer(terminal, code, database, now: now)
        }
        return JSONAnswer(
            answer, status: .created, headers: [.location: "/terminals/\(answer.terminal.terminal.id.lowercased)"])
    }

    @Sendable
    private func read(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<TerminalReport> {
        try context.authenticatedCaller().require(.readTerminals)
        let id = try context.id("terminal_id")
        return try await answer { database throws(ServerError) in try database.terminals.find(id) }
    }

    @Sendable
    private func remove(_ request: Request, _ context: ServerRequestContext) async throws -> NoContent {
        let caller = try context.authenticatedCaller()
        try caller.require(.changeTerminals)
        let id = try context.id("terminal_id")
        let isRemoved = try await database.run { database throws(ServerError) in
            try database.terminals.remove(id, by: .person(caller.id), now: Clock.now)
        }
        guard isRemoved else { throw Problem.notFound }
        return NoContent()
    }

    @Sendable
    private func setClasses(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<TerminalReport> {
        let caller = try context.authenticatedCaller()
        try caller.require(.changeTerminals)
        let id = try context.id("terminal_id")
        let body = try await request.body(ClassesBody.self)
        return try await answer { database throws(ServerError) in
            try database.terminals.setClasses(Set(body.classes), of: id, by: .person(caller.id), now: Clock.now)
        }
    }

    @Sendable
    private func renew(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<CodeAnswer> {
        let caller = try context.authenticatedCaller()
        try caller.require(.changeTerminals)
        let id = try context.id("terminal_id")
        let answer = try await database.run { database throws(ServerError) -> CodeAnswer? in
            let now = Clock.now
            guard let (terminal, code) = try database.terminals.renew(id, by: .person(caller.id), now: now) else {
                return nil
            }
            return try Self.answer(terminal, code, database, now: now)
        }
        guard let answer else { throw Problem.notFound }
        return JSONAnswer(answer)
    }

    @Sendable
    private func revoke(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<TerminalReport> {
        let caller = try context.authenticatedCaller()
        try caller.require(.changeTerminals)
        let id = try context.id("terminal_id")
        return try await answer { database throws(ServerError) in
            try database.terminals.revoke(id, by: .person(caller.id), now: Clock.now)
        }
    }

    @Sendable
    private func deletion(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<DeletionAnswer> {
        try context.authenticatedCaller().require(.readDeletion)
        let id = try context.id("user_id")
        let (deletion, zone) = try await database.run { database throws(ServerError) in
            (try database.terminals.deletion(of: id), try database.policies.current().zone)
        }
        guard let deletion else { throw Problem.notFound }
        return JSONAnswer(DeletionAnswer(deletion: deletion, zone: zone))
    }

    /// The terminal that the body finds, or 404.
    private func answer(
        _ body: @escaping @Sendable (ServerDatabase) throws(ServerError) -> TerminalAccount?
    ) async throws -> JSONAnswer<TerminalReport> {
        let report = try await database.run { database throws(ServerError) -> TerminalReport? in
            guard let terminal = try body(database) else { return nil }
            return try database.reports(of: [terminal], now: Clock.now).first
        }
        guard let report else { throw Problem.notFound }
        return JSONAnswer(report)
    }

    private static func answer(
        _ terminal: TerminalAccount, _ code: RegistrationCode, _ database: ServerDatabase, now: Instant
    ) throws(ServerError) -> CodeAnswer {
        guard let report = try database.reports(of: [terminal], now: now).first else {
            throw .damaged(what: "terminal \(terminal.id.lowercased)", reason: "there is no report of it")
        }
        return CodeAnswer(terminal: report, code: code.code.text)
    }
}
