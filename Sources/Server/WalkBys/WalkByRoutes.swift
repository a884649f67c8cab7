import Attendance
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// What terminals could not decide, as staff look at it and decide it.
struct WalkByRoutes: Sendable {
    let database: DatabaseThread

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/walk-bys", use: list)
        router.post("/walk-bys/{walk_by_id}/decision", use: decide)
    }

    private struct DecisionBody: RequestBody {
        let decision: ListedWalkBy.Decision.Choice
        let person: UUID?
        let reason: String

        static let wireName = "decision"
        enum CodingKeys: CodingKey, CaseIterable { case decision, person, reason }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            decision = try values.decode(ListedWalkBy.Decision.Choice.self, forKey: .decision)
            person = try values.decodeIfPresent(UUID.self, forKey: .person)
            reason = try values.decode(String.self, forKey: .reason)
        }

        /// - Throws: 400 for a mark of nobody, and for a dismissal of somebody.
        func choice() throws(Problem) -> WalkByStore.Choice {
            switch (decision, person) {
            case (.mark, let person?): return .mark(person)
            case (.mark, nil): throw .badRequest("person: say who it was")
            case (.dismiss, nil): return .dismiss
            case (.dismiss, _?): throw .badRequest("person: nobody is marked by what is dismissed; leave it out")
            }
        }
    }

    @Sendable
    private func list(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<Page<WalkByAnswer>> {
        let caller = try context.authenticatedCaller()
        try caller.requireSome(.readWalkBys)
        let page = try PageRequest(request, keys: 3)
        var filter = WalkByStore.Filter(from: try request.date("from"), to: try request.date("to"))
        filter.state = try request.choice("state", of: WalkByStore.State.self)
        filter.scope = caller.may(.readWalkBys) ? .everybody : .taught(by: caller.id)
        if let id = try request.id("class") {
            try caller.require(.readWalkBys, .ofClass(id))
            let found = try await database.run { database throws(ServerError) in try database.classes.find(id) }
            guard let found else { throw Problem.notFound }
            filter.className = found.name
        }
        let (walkBys, zone) = try await database.run { [filter] database throws(ServerError) in
            (try database.walkBys.list(filter, page: page), try database.policies.current().zone)
        }
        let answers = walkBys.map { WalkByAnswer(walkBy: $0, zone: zone) }
        return JSONAnswer(
            page.page(of: answers) {
                ["\($0.walkBy.session)", "\($0.walkBy.at.milliseconds)", $0.walkBy.id.lowercased]
            })
    }

    @Sendable
    private func decide(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> JSONAnswer<WalkByAnswer> {
        let caller = try context.authenticatedCaller()
        try caller.requireSome(.decideWalkBy)
        let id = try context.id("walk_by_id")
        // Whatever a body takes to come, rights are those of the moment of the decision.
        let body = try await request.body(DecisionBody.self)
        let choice = try body.choice()
        let decided = try await database.decide(id, choice, reason: body.reason, by: caller)
        let zone = try await database.run { database throws(ServerError) in try database.policies.current().zone }
        return JSONAnswer(WalkByAnswer(walkBy: decided, zone: zone))
    }
}
