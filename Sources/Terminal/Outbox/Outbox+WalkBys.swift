import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// The unsure walk-bys that the server does not have yet, and lately had: as durable as marks, and never in their way.
extension Outbox {
    /// So many are kept at most, whatever happens at the door.
    public static let maximumWalkBys = 2000

    /// That walk-bys are not kept, with the next step, in one line: the disk had no room for their table when a file of
    /// before them was opened. It is tried again at each walk-by. nil where they are kept.
    public var walkByWarning: String? {
        get throws(OutboxError) {
            let hasTable = try access { (connection, _) throws(DatabaseError) in
                try OutboxSchema.hasWalkBys(connection)
            }
            guard !hasTable else { return nil }
            return "outbox \(path): its disk has no room for the table of unsure walk-bys, which are not kept until it"
                + " has; marks are; free space on its file system: see df -h"
        }
    }

    /// Stores an unsure walk-by and returns when it is durable, unless one of the same session, people and reason is there.
    /// - Returns: whether it is new.
    /// - Throws: `.keptForMarks` while the disk has little room, besides what `record` of a mark throws.
    public func record(_ walkBy: UnsureWalkBy) throws(OutboxError) -> Bool {
        do throws(AttendanceError) { try walkBy.validate() } catch { throw .invalidMark(error) }
        guard try hasRoomBesideMarks else { throw .keptForMarks(file: path) }
        try access { (connection, _) throws(DatabaseError) in try connection.bringUp(to: OutboxSchema.migrations) }
        return try transaction { (session, _) throws(DatabaseError) in
            try WalkByTable(session: session, now: now()).record(walkBy, limit: Self.maximumWalkBys)
        }
    }

    /// The walk-bys to send next, oldest first; they are in flight until `acknowledgeWalkBys`. Which of them wait for their
    /// true time is said at `nextBatch`.
    public func nextWalkBys(
        limit: Int, currentBoot: UUID, bootTime: Int64, hold: Int64 = standardHold
    ) throws(OutboxError) -> [UnsureWalkBy] {
        let heldUntil = max(0, bootTime) - max(0, hold)
        return try access { (connection, state) throws(DatabaseError) in
            let walkBys =
                try table(connection)?.pending(limit: max(0, limit), boot: currentBoot, heldUntil: heldUntil) ?? []
            state.walkBysInFlight = Set(walkBys.map(\.id))
            return walkBys
        }
    }

    /// Takes in the server's answer to the last walk-bys, as `acknowledge` does with marks.
    @discardableResult
    public func acknowledgeWalkBys(_ results: [MarkResult]) throws(OutboxError) -> AcknowledgeSummary {
        try transaction { (session, state) throws(DatabaseError) in
            var summary = AcknowledgeSummary()
            for result in results {
                guard state.walkBysInFlight.remove(result.id) != nil else {
                    summary.unknown += 1
                    continue
                }
                let isRejected = result.result == .rejected
                // One that has gone meanwhile, as its person has, needs no answer.
                try table(session)?.settle(
                    result.id, as: isRejected ? .rejected : .acknowledged, refusal: isRejected ? result.reason : nil)
                if isRejected { summary.rejected += 1 } else { summary.acknowledged += 1 }
            }
            state.walkBysInFlight = []
            return summary
        }
    }

    /// Gives walk-bys of this boot that were made while the clock was unknown their true time; returns how many. Those in
    /// flight wait for the end of their batch. One whose true day has no school is deleted.
    /// - Parameter resolve: `AttendancePolicy.resolve`; must not use the outbox.
    @discardableResult
    public func resolveWalkBys(
        boot: UUID, _ resolve: (UnsureWalkBy) -> WalkByResolution
    ) throws(OutboxError) -> Int {
        try transaction { (session, state) throws(DatabaseError) in
            guard let table = try table(session) else { return 0 }
            var count = 0
            for walkBy in try table.unresolved(boot: boot) where !state.walkBysInFlight.contains(walkBy.id) {
                switch resolve(walkBy) {
                case .unchanged: continue
                case .resolved(let resolved): try table.resolve(resolved)
                case .noSchool: try table.delete(walkBy.id)
                }
                count += 1
            }
            return count
        }
    }

    /// Deletes walk-bys that the server answered before a moment, never one of today's session; returns how many.
    @discardableResult
    public func pruneWalkBys(answeredBefore moment: Instant, today: SessionID) throws(OutboxError) -> Int {
        try transaction { (session, _) throws(DatabaseError) in
            try table(session)?.prune(before: moment, today: today) ?? 0
        }
    }

    /// Deletes every walk-by that names somebody else than these people, sent or not; returns how many.
    @discardableResult
    public func keepWalkBys(ofOnly people: Set<UUID>) throws(OutboxError) -> Int {
        try transaction { (session, _) throws(DatabaseError) in try table(session)?.keep(people) ?? 0 }
    }

    /// The newest walk-bys first, whatever their state.
    public func recentWalkBys(limit: Int) throws(OutboxError) -> [OutboxWalkBy] {
        try access { (connection, _) throws(DatabaseError) in
            try table(connection)?.recent(limit: max(0, limit)) ?? []
        }
    }

    /// False once a mark found the disk full, and while so little is left that marks may find it so.
    private var hasRoomBesideMarks: Bool {
        get throws(OutboxError) {
            let isFull = try access { (_, state) throws(DatabaseError) in state.diskIsFull }
            return !isFull && FreeSpace(of: folder)?.alarm == nil
        }
    }

    private func table(_ session: any SQLSession) throws(DatabaseError) -> WalkByTable? {
        try .inFile(of: session, now: now())
    }
}
