import Attendance
import Hummingbird
import Logging
import SyncProtocol
import Systemd

/// What a terminal may ask of the server. Everything here is behind `TerminalAuthenticator`.
struct SyncRoutes: Sendable {
    let database: DatabaseThread

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.post("\(Endpoint.marks)", use: receiveMarks)
        router.get("\(Endpoint.roster)", use: roster)
        router.post("\(Endpoint.heartbeat)", use: receiveHeartbeat)
    }

    @Sendable
    private func receiveMarks(_ request: Request, _ context: ServerRequestContext) async throws -> Answer<MarkReceipt> {
        let terminal = try context.authenticatedTerminal()
        let batch = try await request.message(ReceivedMarkBatch.self)
        let now = Clock.now
        let results = try await database.run { database throws(ServerError) in
            try database.marks.receive(batch.marks, from: .terminal(terminal.id), now: now)
        }
        log(results, context.logger)
        return Answer(MarkReceipt(results: results, serverTime: Clock.now))
    }

    @Sendable
    private func roster(_ request: Request, _ context: ServerRequestContext) async throws -> Answer<RosterDelta> {
        let cursor = request.uri.queryParameters[Substring(Endpoint.cursorParameter)].map(String.init)
        let delta = try await database.run { database throws(ServerError) in
            let now = Clock.now
            let policy = try database.policies.current().forTerminals(now: now)
            return try database.roster.delta(since: cursor, policy: policy, now: now)
        }
        return Answer(delta)
    }

    @Sendable
    private func receiveHeartbeat(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> Answer<HeartbeatReply> {
        let terminal = try context.authenticatedTerminal()
        let heartbeat = try await request.message(Heartbeat.self)
        let health = String(decoding: try heartbeat.json(), as: UTF8.self)
        try await database.run { database throws(ServerError) in
            try database.terminals.recordHeartbeat(
                of: terminal.id, health: health, hasSentAll: heartbeat.outboxDepth == 0, at: Clock.now)
        }
        return Answer(HeartbeatReply(serverTime: Clock.now))
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
