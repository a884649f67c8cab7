import Attendance
import Capture
import FoundationEssentials
import Logging
import SyncProtocol

/// Sends unsure walk-bys, one batch at a time, so that marks get their turn between two.
struct WalkBySender {
    /// How long a server that takes none is left alone: it has to be updated first.
    static let rest = Duration.seconds(6 * 3600)

    let server: ServerConversation
    let outbox: Outbox
    let boot: UUID
    let logger: Logger
    private var restsUntil: Duration?

    /// A batch that was answered.
    struct Sent {
        let answer: ServerConversation.Answer<WalkByReceipt>
        let isFull: Bool
    }

    init(server: ServerConversation, outbox: Outbox, boot: UUID, logger: Logger) {
        self.server = server
        self.outbox = outbox
        self.boot = boot
        self.logger = logger
    }

    /// Sends the next batch.
    /// - Returns: nil where there is none, or where the server takes none: they stay in the outbox.
    mutating func send(at now: Duration) throws(SyncError) -> Sent? {
        if let restsUntil, now < restsUntil { return nil }
        let batch = try SyncError.storing { () throws(OutboxError) in
            try outbox.nextWalkBys(
                limit: WalkByBatch.maximumWalkBys, currentBoot: boot, bootTime: now.nanoseconds)
        }
        guard !batch.isEmpty else { return nil }
        let answer: ServerConversation.Answer<WalkByReceipt>
        do throws(SyncError) {
            answer = try server.send(batch)
        } catch {
            _ = try SyncError.storing { () throws(OutboxError) in try outbox.acknowledgeWalkBys([]) }
            guard case .notFound = error else { throw error }
            if restsUntil == nil {
                logger.notice("this server takes no unsure walk-bys, which wait in the outbox: update rollcall-server")
            }
            restsUntil = now + Self.rest
            return nil
        }
        restsUntil = nil
        let summary = try SyncError.storing { () throws(OutboxError) in
            try outbox.acknowledgeWalkBys(answer.message.results)
        }
        note(summary, answer.message)
        guard summary.acknowledged + summary.rejected > 0 else {
            throw .badReply("the receipt answers none of the \(batch.count) walk-bys sent")
        }
        return Sent(answer: answer, isFull: batch.count == WalkByBatch.maximumWalkBys)
    }

    private func note(_ summary: AcknowledgeSummary, _ receipt: WalkByReceipt) {
        guard summary.rejected > 0 else { return }
        let reason = ForeignText.clean(receipt.results.lazy.compactMap(\.reason).first ?? "no reason given")
        logger.notice("server rejected \(summary.rejected) unsure walk-bys (\(reason))")
    }
}
