import Attendance
import Capture
import FoundationEssentials
import Logging
import SyncProtocol

/// The work of the sync thread.
final class SyncLoop {
    /// Pages of a roster that are fetched in one go; then marks get their turn.
    static let pagesAtOnce = 64
    /// The thread shows at least this often that it moves on.
    static let beat = Duration.seconds(10)

    private let control: SyncControl
    private let client: HTTPSClient
    private let server: ServerConversation
    private let outbox: Outbox
    private let roster: RosterStore
    private let boot: UUID
    private let hooks: SyncHooks
    private var schedule: SyncSchedule
    private var journal: SyncJournal
    private var random = SystemRandomNumberGenerator()
    private var pull = RosterPull()
    private var tokens: TokenKeeper?
    private var walkBys: WalkBySender

    init(
        control: SyncControl, client: HTTPSClient, tokens: TokenKeeper?, outbox: Outbox, roster: RosterStore,
        boot: UUID, hooks: SyncHooks, schedule: SyncSchedule, logger: Logger
    ) {
        self.control = control
        self.client = client
        self.tokens = tokens
        if let tokens { client.token = tokens.current }
        server = ServerConversation(client: client)
        walkBys = WalkBySender(server: server, outbox: outbox, boot: boot, logger: logger)
        self.outbox = outbox
        self.roster = roster
        self.boot = boot
        self.hooks = hooks
        self.schedule = schedule
        journal = SyncJournal(logger: logger)
    }

    /// Does what is due, waits for what is due next, and ends with the last attempt when it is told to stop.
    func run() {
        while !control.stop.isThrown {
            control.beat()
            let wait = schedule.next - BootClock.now
            if wait > .zero {
                control.update { $0.nextAttempt = schedule.next }
                if control.wake.wait(atMost: min(wait, Self.beat)) { schedule.markRecorded(at: BootClock.now) }
                continue
            }
            control.update { $0.nextAttempt = nil }
            for step in SyncStep.allCases where schedule.isDue(step, at: BootClock.now) { attempt(step) }
        }
        flush()
    }

    private func attempt(_ step: SyncStep) {
        do throws(SyncError) {
            let outcome = try perform(step)
            let now = BootClock.now
            schedule.ended(step, with: outcome, at: now, random: &random)
            control.update {
                if outcome != .nothingToDo { $0.lastSuccess = now }
                $0.errors[step] = nil
            }
        } catch {
            // The order to stop is no failure.
            guard error != .cancelled else { return }
            if case .unauthorised = error, let other = tokens?.takeOther() { client.token = other }
            schedule.failed(step, with: error, at: BootClock.now, random: &random)
            control.update { $0.errors[step] = error }
        }
        control.update { $0.consecutiveFailures = schedule.failures }
        journal.note(control.snapshot, nextAttempt: schedule.next - BootClock.now)
    }

    private func perform(_ step: SyncStep) throws(SyncError) -> StepOutcome {
        switch step {
        case .roster: return try pullRoster()
        case .marks: return try sendMarks()
        case .walkBys: return try sendWalkBys()
        case .heartbeat:
            try sendHeartbeat()
            return .done
        }
    }

    /// Applies page after page. The old roster stays in use until the last one is stored.
    private func pullRoster() throws(SyncError) -> StepOutcome {
        for _ in 0..<Self.pagesAtOnce {
            let cursor = try SyncError.storing { () throws(RosterStoreError) in try roster.cursor }
            guard let answer = try server.roster(after: cursor, unless: pull.tag(after: cursor)) else { return .done }
            let delta = answer.message
            learnTime(delta.serverTime, answer.sent, answer.answered)
            try pull.check(delta, after: cursor)
            var change = RosterChange()
            if !pull.isEmpty(delta, after: cursor) {
                change = try SyncError.storing { () throws(RosterStoreError) in try roster.apply(delta, since: cursor) }
            }
            if pull.take(delta, change: change) {
                hooks.rosterChanged()
            } else if !delta.more {
                hooks.rosterConfirmed(delta.cursor)
            }
            pull.remember(answer.tag, of: delta, after: cursor)
            if !delta.more { return .done }
        }
        return .moreToDo
    }

    /// Sends batch after batch until the outbox is empty. Only a mark whose id was in the batch and in the receipt
    /// leaves the outbox; a receipt that answers none is an error, or the same batch would be sent without end.
    private func sendMarks() throws(SyncError) -> StepOutcome {
        var outcome = StepOutcome.nothingToDo
        while true {
            let batch = try SyncError.storing { () throws(OutboxError) in
                try outbox.nextBatch(
                    limit: MarkBatch.maximumMarks, currentBoot: boot, bootTime: BootClock.now.nanoseconds)
            }
            guard !batch.isEmpty else { return outcome }
            let answer: ServerConversation.Answer<MarkReceipt>
            do throws(SyncError) {
                answer = try server.send(batch)
            } catch {
                _ = try SyncError.storing { () throws(OutboxError) in try outbox.acknowledge([]) }
                throw error
            }
            let receipt = answer.message
            let summary = try SyncError.storing { () throws(OutboxError) in try outbox.acknowledge(receipt.results) }
            learnTime(receipt.serverTime, answer.sent, answer.answered)
            control.update {
                $0.marksTaken += summary.acknowledged
                $0.marksRejected += summary.rejected
                $0.foreignResults += summary.unknown
            }
            journal.note(summary, reason: receipt.results.lazy.compactMap(\.reason).first)
            guard summary.acknowledged + summary.rejected > 0 else {
                throw .badReply("the receipt answers none of the \(batch.count) marks sent")
            }
            outcome = .done
        }
    }

    /// Sends a batch of unsure walk-bys, unless marks wait for a server that does not take them.
    private func sendWalkBys() throws(SyncError) -> StepOutcome {
        guard control.snapshot.errors[.marks] == nil, let sent = try walkBys.send(at: BootClock.now) else {
            return .nothingToDo
        }
        learnTime(sent.answer.message.serverTime, sent.answer.sent, sent.answer.answered)
        return sent.isFull ? .moreToDo : .done
    }

    private func sendHeartbeat() throws(SyncError) {
        let answer = try server.send(hooks.heartbeat())
        learnTime(answer.message.serverTime, answer.sent, answer.answered)
        renewToken(at: answer.message.serverTime)
    }

    /// Changes the token when it is old. One that cannot be changed stays, and is tried again later: nothing else waits
    /// for it.
    private func renewToken(at time: Instant) {
        guard Instant.plausible ~= time, var keeper = tokens else { return }
        defer { tokens = keeper }
        do throws(TokenError) {
            guard try keeper.isDue(at: time) else { return }
            let grant: TokenGrant
            do throws(SyncError) { grant = try server.nextToken().message } catch { throw .notGranted(error) }
            client.token = try keeper.take(grant, at: time)
            journal.noteNewToken()
        } catch {
            keeper.putOff(at: time)
            journal.noteOldToken(error)
        }
    }

    private func learnTime(_ time: Instant, _ sent: Duration, _ answered: Duration) {
        guard Instant.plausible ~= time else { return }
        let middle = sent + (answered - sent) / 2
        let wall = Date.now.timeIntervalSince1970 * 1000
        let ours = Int64(wall) - (BootClock.now - middle).wholeMilliseconds
        control.update { $0.serverOffset = time.milliseconds - ours }
        hooks.serverTime(time, sent, answered)
    }

    /// One last attempt for the marks that wait.
    private func flush() {
        guard let deadline = control.flushDeadline, deadline > BootClock.now else { return }
        client.lastMoment = deadline
        do throws(SyncError) { _ = try sendMarks() } catch { journal.noteFlush(error) }
    }
}
