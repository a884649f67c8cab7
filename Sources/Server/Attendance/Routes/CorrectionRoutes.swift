import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// What staff say of records: corrections and excuses.
struct CorrectionRoutes: Sendable {
    let database: DatabaseThread

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.post("/attendance/corrections", use: correct)
        router.get("/attendance/corrections", use: corrections)
        router.post("/excuses", use: excuse)
        router.get("/excuses", use: excuses)
        router.delete("/excuses/{excuse_id}", use: withdraw)
    }

    private struct CorrectionBody: RequestBody {
        let person: UUID
        let session: LocalDate
        let status: RecordStatus?
        let reason: String
        let mark: UUID?

        static let wireName = "correction"
        enum CodingKeys: CodingKey, CaseIterable { case person, session, status, reason, mark }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            person = try values.decode(UUID.self, forKey: .person)
            session = try values.decode(LocalDate.self, forKey: .session)
            // Null takes corrections back, which nobody should do by leaving a field out.
            guard values.contains(.status) else {
                throw DecodingError.keyNotFound(
                    CodingKeys.status, .init(codingPath: [], debugDescription: "give a status, or null"))
            }
            status = try values.decodeIfPresent(RecordStatus.self, forKey: .status)
            reason = try values.decode(String.self, forKey: .reason)
            mark = try values.decodeIfPresent(UUID.self, forKey: .mark)
        }
    }

    private struct ExcuseBody: RequestBody {
        let person: UUID
        let firstDay: LocalDate
        let lastDay: LocalDate
        let reason: String

        static let wireName = "excuse"
        enum CodingKeys: String, CodingKey, CaseIterable {
            case person, reason
            case firstDay = "first_day"
            case lastDay = "last_day"
        }
    }

    @Sendable
    private func correct(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<
        CorrectionAnswer
    > {
        let caller = try context.authenticatedCaller()
        try caller.requireSome(.correctAttendance)
        let body = try await request.body(CorrectionBody.self)
        try requireStudent(try await database.person(body.person, for: caller, .correctAttendance))
        let new = CorrectionStore.New(
            person: body.person, session: SessionID(date: body.session), status: body.status, reason: body.reason,
            mark: body.mark)
        let (made, zone) = try await database.run { database throws(ServerError) in
            (
                try database.corrections.make(new, by: caller.id, now: Clock.now),
                try database.policies.current().zone
            )
        }
        return JSONAnswer(CorrectionAnswer(correction: made, zone: zone), status: .created)
    }

    @Sendable
    private func corrections(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<Page<CorrectionAnswer>> {
        let caller = try context.authenticatedCaller()
        guard let id = try request.id("person") else { throw Problem.badRequest("person: give the id of one") }
        let page = try PageRequest(request, keys: 2)
        _ = try await database.person(id, for: caller, .readAttendanceOfStudent)
        let (corrections, zone) = try await database.run { database throws(ServerError) in
            (try database.corrections.list(of: id, page: page), try database.policies.current().zone)
        }
        let answers = corrections.map { CorrectionAnswer(correction: $0, zone: zone) }
        return JSONAnswer(
            page.page(of: answers) { ["\($0.correction.made.milliseconds)", $0.correction.id.lowercased] })
    }

    @Sendable
    private func excuse(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<ExcuseAnswer> {
        let caller = try context.authenticatedCaller()
        try caller.requireSome(.excuse)
        let body = try await request.body(ExcuseBody.self)
        try requireStudent(try await database.person(body.person, for: caller, .excuse))
        let new = ExcuseStore.New(
            person: body.person, firstDay: body.firstDay, lastDay: body.lastDay, reason: body.reason)
        let (made, zone) = try await database.run { database throws(ServerError) in
            (try database.excuses.make(new, by: caller.id, now: Clock.now), try database.policies.current().zone)
        }
        return JSONAnswer(
            ExcuseAnswer(excuse: made, zone: zone), status: .created)
    }

    @Sendable
    private func excuses(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<Page<ExcuseAnswer>> {
        let caller = try context.authenticatedCaller()
        let page = try PageRequest(request, keys: 2)
        let (from, to) = (try request.date("from"), try request.date("to"))
        let scope = try await database.scope(of: request, for: caller, one: .readAttendanceOfStudent, many: .excuse)
        let (excuses, zone) = try await database.run { database throws(ServerError) in
            (try database.excuses.list(scope, from: from, to: to, page: page), try database.policies.current().zone)
        }
        let answers = excuses.map { ExcuseAnswer(excuse: $0, zone: zone) }
        return JSONAnswer(page.page(of: answers) { [$0.excuse.lastDay.description, $0.excuse.id.lowercased] })
    }

    @Sendable
    private func withdraw(_ request: Request, _ context: ServerRequestContext) async throws -> NoContent {
        let caller = try context.authenticatedCaller()
        try caller.requireSome(.excuse)
        let id = try context.id("excuse_id")
        let excuse = try await database.run { database throws(ServerError) in try database.excuses.find(id) }
        // Of what there is not, the same is said as of somebody else's.
        _ = try await database.person(excuse?.person ?? id, for: caller, .excuse)
        _ = try await database.run { database throws(ServerError) in
            try database.excuses.withdraw(id, by: caller.id, now: Clock.now)
        }
        return NoContent()
    }

    private func requireStudent(_ person: Account) throws(Problem) {
        guard person.role == .student else { throw .badRequest("person: attendance is taken of students only") }
    }
}

extension DatabaseThread {
    /// Whose part of a list the caller gets: that of the person whom the query names, or everything that they may see.
    /// - Parameters:
    ///   - one: what the caller must be allowed to do to the person in the query.
    ///   - many: what they must be allowed to do to somebody where the query names nobody.
    func scope(
        of request: Request, for caller: Caller, one: Access.Action, many: Access.Action
    ) async throws -> PeopleScope {
        if let id = try request.id("person") { return .person(try await person(id, for: caller, one).id) }
        try caller.requireSome(many)
        return caller.may(many) ? .everybody : .taught(by: caller.id)
    }
}
