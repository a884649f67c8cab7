import Attendance
import Database
import FoundationEssentials
import SyncProtocol
import Synchronization

/// The marks that the server does not have yet, and lately had, in one SQLite file with one connection behind one lock.
///
/// Every call that returns has its effect on the disk; every call that throws has none. Damage to the file that shows
/// while it is in use is repaired on the spot: the file is set aside, its readable marks go into a fresh one, and the
/// call is made again.
public final class Outbox: Sendable {
    struct State {
        var connection: SQLiteConnection?
        var isClosed = false
        var diskIsFull = false
        /// The marks of the last batch, until its answer.
        var inFlight: Set<UUID> = []
        /// The unsure walk-bys of the last batch, until its answer.
        var walkBysInFlight: Set<UUID> = []
    }

    private let file: OutboxFile
    let now: @Sendable () -> Instant
    private let state: Mutex<State>

    /// How long a mark waits for its true time before it is sent with a guess: nanoseconds of boot time.
    public static let standardHold: Int64 = 600_000_000_000
    /// How long acknowledged marks are kept: milliseconds.
    public static let standardRetention: Int64 = 30 * 86_400_000

    /// The file.
    var path: String { file.path }

    /// The folder that the file is in.
    var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The system's wall clock.
    public static let wallClock: @Sendable () -> Instant = {
        Instant(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000)).clamped
    }

    /// Opens the outbox, or makes it (mode 0600). `now` is the terminal's wall clock, right or wrong: it dates records and
    /// answers, and decides nothing.
    public init(path: String, now: @escaping @Sendable () -> Instant = wallClock) throws(OutboxError) {
        do throws(DatabaseError) {
            file = OutboxFile(path: path, lock: try FileLock(for: path), now: now)
            state = Mutex(State(connection: try file.open()))
        } catch { throw OutboxError(error) }
        self.now = now
    }

    /// Stores a mark and returns when it is durable. A mark that is before the person's stored mark of the session takes
    /// its place; one that is after it is not stored. The same mark again changes nothing.
    public func record(_ mark: Mark) throws(OutboxError) -> RecordResult {
        do throws(AttendanceError) { try mark.validate() } catch { throw .invalidMark(error) }
        return try change { (table, _) throws(DatabaseError) in try table.record(mark) }
    }

    /// The marks to send next, oldest first; they are in flight until `acknowledge`.
    ///
    /// Marks of this boot whose time is not known wait for `resolveTimes`, at most for `hold` nanoseconds; marks of
    /// earlier boots, whose time will never be known, are sent as they are.
    /// - Parameter bootTime: CLOCK_BOOTTIME now, in nanoseconds.
    public func nextBatch(
        limit: Int, currentBoot: UUID, bootTime: Int64, hold: Int64 = standardHold
    ) throws(OutboxError) -> [Mark] {
        let heldUntil = max(0, bootTime) - max(0, hold)
        return try access { (connection, state) throws(DatabaseError) in
            let marks = try MarkTable(session: connection, now: now())
                .pending(limit: max(0, limit), boot: currentBoot, heldUntil: heldUntil)
            state.inFlight = Set(marks.map(\.id))
            return marks
        }
    }

    /// Takes in the server's answer to the last batch. Only ids of that batch count, so a repeated or invented answer
    /// changes nothing. The batch is over then: marks without a result are sent again. Call it with no results when no
    /// answer came.
    @discardableResult
    public func acknowledge(_ results: [MarkResult]) throws(OutboxError) -> AcknowledgeSummary {
        try change { (table, state) throws(DatabaseError) in
            var summary = AcknowledgeSummary()
            for result in results {
                let rejected = result.result == .rejected
                guard state.inFlight.remove(result.id) != nil,
                    try table.settle(
                        result.id, as: rejected ? .rejected : .acknowledged, reason: rejected ? result.reason : nil)
                else {
                    summary.unknown += 1
                    continue
                }
                if rejected { summary.rejected += 1 } else { summary.acknowledged += 1 }
            }
            state.inFlight = []
            return summary
        }
    }

    /// Gives marks of this boot that were made while the clock was unknown their true time; returns how many. Marks in
    /// flight wait for the end of their batch. A mark whose true day has no school is kept as rejected.
    /// - Parameter resolve: `AttendancePolicy.resolve` with the person's class; must not use the outbox.
    @discardableResult
    public func resolveTimes(boot: UUID, _ resolve: (Mark) -> TimeResolution) throws(OutboxError) -> Int {
        try change { (table, state) throws(DatabaseError) in
            var count = 0
            for mark in try table.unresolved(boot: boot) where !state.inFlight.contains(mark.id) {
                switch resolve(mark) {
                case .unchanged: continue
                case .resolved(let resolved): try table.resolve(mark, to: resolved)
                case .noSchool(let moment):
                    _ = try table.settle(mark.id, as: .rejected, reason: "seen at \(moment), on a day without school")
                }
                count += 1
            }
            return count
        }
    }

    /// Deletes marks that were acknowledged before a moment, never one of today's session or one that the server does not
    /// have; returns how many.
    @discardableResult
    public func prune(acknowledgedBefore moment: Instant, today: SessionID) throws(OutboxError) -> Int {
        try change { (table, _) throws(DatabaseError) in try table.prune(before: moment, today: today) }
    }

    /// The newest marks first, whatever their state.
    public func recentMarks(limit: Int) throws(OutboxError) -> [OutboxMark] {
        try access { (connection, _) throws(DatabaseError) in
            try MarkTable(session: connection, now: now()).recent(limit: max(0, limit))
        }
    }

    /// The newest of the marks that the server rejected, with its reasons.
    public func rejectedMarks(limit: Int) throws(OutboxError) -> [OutboxMark] {
        try access { (connection, _) throws(DatabaseError) in
            try MarkTable(session: connection, now: now()).recent(limit: max(0, limit), state: .rejected)
        }
    }

    /// The outbox at a glance.
    public var summary: OutboxSummary {
        get throws(OutboxError) {
            try access { (connection, state) throws(DatabaseError) in
                let pending = try connection.queryFirst(
                    "SELECT COUNT(*) AS count, MIN(CASE WHEN clock = 'unknown' THEN NULL ELSE at_ms END) AS oldest FROM marks WHERE state = 'pending'"
                )
                let rejected = try connection.queryFirst("SELECT COUNT(*) AS count FROM marks WHERE state = 'rejected'")
                let walkBys = try WalkByTable.inFile(of: connection, now: now())?.waiting() ?? 0
                let oldest = try pending?.optionalInteger("oldest")
                let age = oldest.map { now().milliseconds.subtractingReportingOverflow($0).partialValue / 1000 } ?? 0
                return OutboxSummary(
                    depth: Int(try pending?.integer("count") ?? 0), oldestAge: max(0, age),
                    rejected: Int(try rejected?.integer("count") ?? 0), walkBys: walkBys,
                    diskIsFull: state.diskIsFull, damage: try OutboxFile.damage(connection))
            }
        }
    }

    /// Writes the log back, closes the file and gives it free; every later call throws `.closed`.
    public func close() {
        state.withLock { state in
            state.connection?.close()
            state.connection = nil
            state.isClosed = true
            file.lock.release()
        }
    }

    private func change<R: Sendable>(
        _ body: (MarkTable, inout State) throws(DatabaseError) -> R
    ) throws(OutboxError) -> R {
        try transaction { (session, state) throws(DatabaseError) in
            try body(MarkTable(session: session, now: now()), &state)
        }
    }

    /// One transaction. The state of the batch changes only when the transaction is durable.
    func transaction<R: Sendable>(
        _ body: (any SQLSession, inout State) throws(DatabaseError) -> R
    ) throws(OutboxError) -> R {
        try access { (connection, state) throws(DatabaseError) in
            var changed = state
            let before = connection.totalChanges
            let result = try connection.transaction { (session) throws(DatabaseError) in
                try body(session, &changed)
            }
            state = changed
            if connection.totalChanges != before { state.diskIsFull = false }
            return result
        }
    }

    /// Makes a call on the sound file, once more after damage was repaired.
    func access<R: Sendable>(
        _ body: (SQLiteConnection, inout State) throws(DatabaseError) -> R
    ) throws(OutboxError) -> R {
        try state.withLock { state throws(OutboxError) in
            guard !state.isClosed else { throw .closed(file: file.path) }
            do throws(DatabaseError) {
                let connection = if let open = state.connection { open } else { try file.open() }
                state.connection = connection
                do throws(DatabaseError) { return try body(connection, &state) } catch {
                    guard error.meansDamage else { throw error }
                    connection.abandon()
                    state.connection = nil
                    let repaired = try file.rebuild(because: OutboxFile.reason(error))
                    state.connection = repaired
                    return try body(repaired, &state)
                }
            } catch {
                switch error {
                case .diskFull: state.diskIsFull = true
                case .other:
                    // Nobody knows what an I/O error left in the connection's memory: the next call opens the file again.
                    state.connection?.close()
                    state.connection = nil
                default: break
                }
                throw OutboxError(error)
            }
        }
    }
}
