import Hummingbird

/// The queue of letters, for admins: what was sent, what could not be, and what may have got lost.
struct LetterRoutes: Sendable {
    let database: DatabaseThread

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.get("/letters", use: list)
        router.post("/letters/{letter_id}/again", use: sendAgain)
    }

    @Sendable
    private func list(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<
        Page<LetterAnswer>
    > {
        try context.authenticatedCaller().require(.sendReports)
        let page = try PageRequest(request, keys: 2)
        let state: LetterState? = try request.choice("state")
        let (letters, zone) = try await database.run { database throws(ServerError) in
            (
                try database.letters.list(state.map { [$0] }, page: page),
                try database.policies.current().zone
            )
        }
        let answers = letters.map { LetterAnswer(letter: $0, zone: zone) }
        return JSONAnswer(page.page(of: answers) { ["\($0.letter.made.milliseconds)", $0.letter.id.lowercased] })
    }

    /// Sends a letter once more that was given up, or that may not have arrived.
    @Sendable
    private func sendAgain(_ request: Request, _ context: ServerRequestContext) async throws -> JSONAnswer<LetterAnswer>
    {
        let caller = try context.authenticatedCaller()
        try caller.require(.sendReports)
        let id = try context.id("letter_id")
        let (letter, zone) = try await database.run { database throws(ServerError) in
            (
                try database.letters.sendAgain(id, by: .person(caller.id), now: Clock.now),
                try database.policies.current().zone
            )
        }
        guard let letter else { throw Problem.notFound }
        return JSONAnswer(LetterAnswer(letter: letter, zone: zone), status: .accepted)
    }
}
