import Attendance
import FoundationEssentials
import SyncProtocol

/// The requests of the protocol, each with its typed answer. It belongs to one thread.
struct ServerConversation {
    let client: HTTPSClient

    /// An answer, and when its request was sent and it began to arrive, on the boot clock.
    struct Answer<Message> {
        let message: Message
        let sent: Duration
        let answered: Duration
        /// What the server calls this state of the answer.
        let tag: EntityTag?
    }

    /// The changes of the roster after a cursor; all of it without one.
    func roster(after cursor: String?) throws(SyncError) -> Answer<RosterDelta> {
        guard let answer = try roster(after: cursor, unless: nil) else { throw .notModified }
        return answer
    }

    /// The same; nil where the answer to the same question, which had this tag, still holds.
    func roster(after cursor: String?, unless tag: EntityTag?) throws(SyncError) -> Answer<RosterDelta>? {
        let query = cursor.map { "?\(Endpoint.cursorParameter)=\($0)" } ?? ""
        let request = HTTPSRequest(
            path: Endpoint.roster + query, bodyLimit: RosterDelta.maximumBytes, unless: tag)
        let reply = try client.perform(request)
        if reply.status == 304, tag != nil { return nil }
        return try answer(in: reply)
    }

    /// What became of each mark.
    func send(_ marks: [Mark]) throws(SyncError) -> Answer<MarkReceipt> {
        try ask(Endpoint.marks, sending: MarkBatch(marks: marks))
    }

    /// What became of each unsure walk-by.
    func send(_ walkBys: [UnsureWalkBy]) throws(SyncError) -> Answer<WalkByReceipt> {
        try ask(Endpoint.walkBys, sending: WalkByBatch(walkBys: walkBys))
    }

    func send(_ heartbeat: Heartbeat) throws(SyncError) -> Answer<HeartbeatReply> {
        try ask(Endpoint.heartbeat, sending: heartbeat)
    }

    /// The terminal's first token, for its code.
    func register(_ request: RegistrationRequest) throws(SyncError) -> Answer<TokenGrant> {
        try ask(Endpoint.register, sending: request)
    }

    /// The token that follows the terminal's.
    func nextToken() throws(SyncError) -> Answer<TokenGrant> {
        try ask(Endpoint.token, sending: TokenRequest())
    }

    private func ask<Reply: WireMessage & Decodable>(
        _ path: String, sending message: (some WireMessage & Encodable)
    ) throws(SyncError) -> Answer<Reply> {
        let body: [UInt8]
        do { body = try message.json() } catch { throw .badMessage(error) }
        return try answer(in: client.perform(HTTPSRequest(path: path, body: body, bodyLimit: Reply.maximumBytes)))
    }

    private func answer<Reply: WireMessage & Decodable>(in reply: HTTPSReply) throws(SyncError) -> Answer<Reply> {
        if let error = SyncError(refusal: reply) { throw error }
        guard reply.fields.isJSON else {
            throw .badReply("Content-Type is \(reply.fields.contentType ?? "missing") instead of \(Endpoint.mediaType)")
        }
        guard reply.fields.contentEncoding == nil else { throw .badReply("it is compressed, which was not asked for") }
        do {
            return Answer(
                message: try Reply(json: reply.body), sent: reply.sent, answered: reply.answered,
                tag: reply.fields.entityTag.flatMap { EntityTag($0) })
        } catch {
            throw .badMessage(error)
        }
    }
}

extension SyncError {
    /// 304 where nobody has asked whether anything changed.
    fileprivate static let notModified = SyncError.badReply("status 304 (Not Modified), which was not asked for")

    /// What a reply says by its status; nil for 200.
    init?(refusal reply: HTTPSReply) {
        let title = Self.title(of: reply)
        let wait = reply.fields.retryAfter.flatMap { RetryAfter.wait($0, date: reply.fields.date) }
        switch reply.status {
        case 200: return nil
        case 304: self = .notModified
        case 300...399: self = .redirected(reply.status, to: reply.fields.location)
        case 401: self = .unauthorised(title)
        case 403: self = .forbidden(title)
        case 404: self = .notFound(title)
        case 410: self = .gone(title)
        case 429: self = .tooManyRequests(retryAfter: wait, title)
        case 400...499: self = .refused(reply.status, title)
        case 500...599: self = .serverError(reply.status, retryAfter: wait, title)
        default: self = .badReply("status \(reply.status)")
        }
    }

    private static func title(of reply: HTTPSReply) -> String? {
        guard reply.fields.isJSON, let title = (try? ProblemDocument(json: reply.body))?.title else { return nil }
        let clean = ForeignText.clean(title)
        return clean.isEmpty ? nil : clean
    }
}
