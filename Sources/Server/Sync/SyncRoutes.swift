import Attendance
import Hummingbird
import Logging
import SyncProtocol
import Systemd

/// What a terminal may ask of the server. Everything here is behind `TerminalAuthenticator`.
struct SyncRoutes: Sendable {
    let database: DatabaseThread
    private let tags = RosterTags()
    private let intake: MarkIntake

    init(database: DatabaseThread) {
        self.database = database
        intake = MarkIntake(database: database, width: database.width)
    }

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.post("\(Endpoint.marks)", use: receiveMarks)
        router.post("\(Endpoint.walkBys)", use: receiveWalkBys)
        router.get("\(Endpoint.roster)", use: roster)
        router.post("\(Endpoint.heartbeat)", use: receiveHeartbeat)
        router.post("\(Endpoint.token)", use: makeToken)
    }

    @Sendable
    private func receiveMarks(_ request: Request, _ context: ServerRequestContext) async throws -> Answer<MarkReceipt> {
        let terminal = try context.authenticatedTerminal()
        let batch = try await request.message(ReceivedMarkBatch.self)
        let results = try await intake.receive(batch.marks, from: terminal.id)
        log(results, context.logger)
        return Answer(MarkReceipt(results: results, serverTime: Clock.now))
    }

    /// In its turn, behind marks.
    @Sendable
    private func receiveWalkBys(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> Answer<WalkByReceipt> {
        let terminal = try context.authenticatedTerminal()
        let batch = try await request.message(ReceivedWalkByBatch.self)
        let results = try await database.run { database throws(ServerError) in
            try database.walkBys.receive(batch.walkBys, from: terminal.id, now: Clock.now)
        }
        let rejected = results.filter { $0.result == .rejected }
        context.logger.info(
            "Walk-bys received",
            metadata: [
                "walk_bys": "\(results.count)", "rejected": "\(rejected.count)",
                "reason": "\(rejected.first?.reason ?? "none")",
            ])
        return Answer(WalkByReceipt(results: results, serverTime: Clock.now))
    }

    /// The usual answer is that nothing has changed, which costs three small reads: of the token, of the
    /// policy's revision and of the roster's.
    @Sendable
    private func roster(_ request: Request, _ context: ServerRequestContext) async throws -> RosterAnswer {
        let terminal = try context.authenticatedTerminal()
        let cursor = request.uri.queryParameters[Substring(Endpoint.cursorParameter)].map(String.init)
        return try await database.run { [tags] database throws(ServerError) in
            let now = Clock.now
            let policy = try database.policies.current().forTerminals(now: now)
            let position = try database.roster.position(of: terminal.id, cursor: cursor)
            let tag = tags.tag(of: position, policy: policy)
            // Who begins from nothing is given everything, whatever they say that they have.
            if position.known != nil, request.hasMatch(of: tag) { return RosterAnswer(tag: tag, delta: nil) }
            return RosterAnswer(tag: tag, delta: try database.roster.delta(from: position, policy: policy, now: now))
        }
    }

    @Sendable
    private func receiveHeartbeat(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> Answer<HeartbeatReply> {
        let terminal = try context.authenticatedTerminal()
        let heartbeat = try await request.message(Heartbeat.self)
        let json = String(decoding: try heartbeat.json(), as: UTF8.self)
        let now = Clock.now
        try await database.run { database throws(ServerError) in
            try database.terminals.recordHeartbeat(of: terminal.id, heartbeat, health: json, at: now)
        }
        return Answer(HeartbeatReply(serverTime: Clock.now))
    }

    /// The token that follows the terminal's; both are good until the new one is used.
    @Sendable
    private func makeToken(_ request: Request, _ context: ServerRequestContext) async throws -> Answer<TokenGrant> {
        let terminal = try context.authenticatedTerminal()
        _ = try await request.message(TokenRequest.self)
        let token = try await database.run { database throws(ServerError) in
            try database.terminals.makeNextToken(of: terminal.id)
        }
        context.logger.info("Token renewed")
        return Answer(TokenGrant(token: token.text, name: terminal.name))
    }

    private func log(_ results: [MarkResult], _ logger: Logger) {
        for result in results where result.result == .rejected {
            logger.log(
                .markRejected, .warning, "Mark rejected",
                metadata: ["mark": "\(result.id.lowercased)", "reason": "\(result.reason ?? "")"])
        }
        let accepted = results.count { $0.result == .accepted }
        if accepted > 0 {
            let known = results.count { $0.result == .duplicate }
            logger.info("Marks accepted", metadata: ["accepted": "\(accepted)", "duplicates": "\(known)"])
        }
    }
}
