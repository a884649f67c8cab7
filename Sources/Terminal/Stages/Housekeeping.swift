import Attendance
import Capture
import FoundationEssentials
import Logging
import Progress
import Systemd

/// What the main thread does every second: looks at the clocks, brings the status board up to date, says each change of
/// the outbox's state once, and tells the service manager that all stages move on.
final class Housekeeping {
    private static let pruneInterval: Duration = .seconds(3600)
    private static let trimInterval: Duration = .seconds(10)

    private let outbox: Outbox
    /// Where the outbox's file is.
    private let folder: String
    private let board: StatusBoard
    private let book: SchoolBook
    private let time: TimeKeeper
    private let times: TimeResolver
    private let cleaning: WalkByCleaning
    private let sync: SyncClient
    /// How long a stage may stand still before the watchdog is no longer petted.
    private let patience: Duration
    /// nil when the source need not deliver at a rate, as a file.
    private let capture: StageBeat?
    private let notifier: Notifier
    private let logger: Logger
    private var alarm: String?
    private var stalled: [String] = []
    private var lastPrune = BootClock.now
    private var lastTrim = BootClock.now
    private var lastTry: Duration?
    private var refusesFiles = false
    private var statusLine = ""
    private var rejectedShown = -1
    private var lookAlikes: LookAlikeWatch

    init(
        outbox: Outbox, folder: String, board: StatusBoard, book: SchoolBook, time: TimeKeeper, times: TimeResolver,
        cleaning: WalkByCleaning, sync: SyncClient,
        capture: StageBeat?, patience: Duration, notifier: Notifier, logger: Logger
    ) {
        self.outbox = outbox
        self.folder = folder
        self.board = board
        self.book = book
        self.time = time
        self.times = times
        self.cleaning = cleaning
        self.sync = sync
        self.patience = patience
        self.capture = capture
        self.notifier = notifier
        self.logger = logger
        lookAlikes = LookAlikeWatch(logger: logger)
    }

    /// One round.
    func round() {
        time.look()
        times.resolve()
        book.retry()
        cleaning.clean()
        let isOutboxWell = watchOutbox()
        watchSync()
        watchRoster()
        prune()
        trimMemory()
        petWatchdog(isOutboxWell: isOutboxWell)
    }

    private func watchOutbox() -> Bool {
        do {
            let summary = try outbox.summary
            let space = freeSpace()?.alarm
            let alarm = summary.alarm ?? space
            board.update { facts in
                facts.outbox.depth = summary.depth
                facts.outboxOldest = summary.depth > 0 ? BootClock.now - .seconds(summary.oldestAge) : nil
                facts.outbox.rejected = summary.rejected
                facts.outbox.walkBys = summary.walkBys
                facts.outbox.alarm = alarm
            }
            announce(alarm, isFull: summary.diskIsFull || space != nil)
            try showRejected(summary.rejected)
            return true
        } catch {
            board.update { $0.outbox.alarm = error.description }
            announce(error.description, isFull: false)
            return false
        }
    }

    /// What the disk has left. Whether it takes files is tried twice a minute: each try wears a card a little.
    private func freeSpace() -> FreeSpace? {
        if lastTry.map({ BootClock.now - $0 >= .seconds(30) }) ?? true {
            lastTry = BootClock.now
            refusesFiles = FreeSpace.refusesFiles(in: folder)
        }
        guard var space = FreeSpace(of: folder) else { return nil }
        space.isReadOnly = space.isReadOnly || refusesFiles
        return space
    }

    private func showRejected(_ count: Int) throws(OutboxError) {
        guard count != rejectedShown else { return }
        let rejected = try count == 0 ? [] : outbox.rejectedMarks(limit: StatusFacts.marksKept)
        board.update { $0.rejectedMarks = rejected.map(RejectedMarkStatus.init) }
        rejectedShown = count
    }

    private func announce(_ new: String?, isFull: Bool) {
        guard new != alarm else { return }
        alarm = new
        if let new {
            logger.log(isFull ? .outboxDiskFull : .outboxDamaged, .error, "\(new)")
        } else {
            logger.log(.outboxOK, .notice, "the outbox is well again")
        }
    }

    private func watchSync() {
        let state = sync.state
        board.update { facts in
            facts.sync.state = state.lastError != nil ? .failing : state.lastSuccess == nil ? .waiting : .ok
            facts.sync.lastError = state.lastError.map { "\($0)" }
            facts.lastSyncSuccess = state.lastSuccess
        }
    }

    private func watchRoster() {
        let edition = book.current
        lookAlikes.round(edition)
        let pairs = lookAlikes.pairs
        let trust = time.trust
        board.update { facts in
            facts.roster.people = edition.roster.people.count
            facts.roster.templates = edition.roster.people.reduce(0) { $0 + $1.templates.count }
            facts.roster.cursor = edition.cursor
            facts.roster.operatingPoint = OperatingPointStatus(edition.identifier.point, lookAlikePairs: pairs)
            facts.clock = trust
        }
    }

    private func prune() {
        guard BootClock.now - lastPrune >= Self.pruneInterval else { return }
        lastPrune = BootClock.now
        cleaning.clean(again: true)
        let moment = time.current.moment(at: BootClock.now.nanoseconds)
        // By a wrong clock a mark of today may look old.
        guard moment.clock.isKnown else { return }
        let today = SessionID(date: book.current.school.zone.local(of: moment.at.seconds).date)
        do {
            let before = moment.at.advanced(byMilliseconds: -Outbox.standardRetention)
            let count = try outbox.prune(acknowledgedBefore: before, today: today)
            if count > 0 { logger.info("\(count) old acknowledged marks were deleted") }
            try outbox.pruneWalkBys(answeredBefore: before, today: today)
        } catch {
            logger.error("old marks were not deleted: \(error)")
        }
    }

    private func trimMemory() {
        guard BootClock.now - lastTrim >= Self.trimInterval else { return }
        lastTrim = BootClock.now
        ProcessMemory.giveBack()
    }

    private func petWatchdog(isOutboxWell: Bool) {
        var standing: [String] = []
        if let capture, capture.age > patience { standing.append("capture") }
        if BootClock.now - sync.lastBeat > patience { standing.append("sync") }
        if standing != stalled {
            stalled = standing
            board.update { $0.stalledStages = standing }
            if !standing.isEmpty {
                let (message, metadata) = Self.words(stalled: standing, patience: patience)
                logger.log(.progressStalled, .critical, message, metadata: metadata)
            }
        }
        // An outbox that cannot be read is no reason to restart again and again: its alarm is on the status page.
        if standing.isEmpty { tell { try notifier.watchdog() } }
        let line =
            "\(counted(book.current.roster.people.count, "person", "people")), outbox \(board.current.outbox.depth), "
            + "clock \(time.trust.rawValue)"
            + (isOutboxWell ? "" : ", outbox fails")
        if line != statusLine {
            statusLine = line
            tell { try notifier.status(line) }
        }
    }

    /// What is said of stages that stand still, with the field that the journal's catalogue shows.
    static func words(stalled: [String], patience: Duration) -> (Logger.Message, Logger.Metadata) {
        let stages = stalled.joined(separator: " and ")
        let message: Logger.Message = """
            \(stages) has made no progress for \(patience.components.seconds) s: the service manager restarts the daemon; \
            if it happens again, report it with: journalctl -u rollcalld --since -1h
            """
        return (message, ["stage": "\(stages)"])
    }

    private func tell(_ body: () throws -> Bool) {
        do { _ = try body() } catch { logger.debug("the service manager was not told: \(error)") }
    }
}
