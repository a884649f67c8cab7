import Attendance
import Foundation

@testable import Terminal

extension UnsureWalkBy {
    /// A walk-by so many seconds after Monday 08:00:00.
    static func sample(
        _ people: [UUID] = [UUID()], after seconds: Int64 = 0, reason: Reason = .suspicious
    ) -> UnsureWalkBy {
        let moment = Instant.monday.later(seconds: seconds)
        return UnsureWalkBy(
            id: UUID(), people: people, session: SessionID(of: moment), at: moment, bootID: Mark.boot,
            bootTime: max(0, seconds) * 1_000_000_000, clock: .synchronised, reason: reason, detail: "a sheet",
            shots: 3, score: 9.5)
    }

    /// One of a board that woke up in 1970.
    static func guess(_ people: [UUID] = [UUID()], after seconds: Int64) -> UnsureWalkBy {
        var walkBy = sample(people, after: seconds)
        (walkBy.at, walkBy.clock) = (Instant(milliseconds: seconds * 1000), .unknown)
        walkBy.session = SessionID(of: walkBy.at)
        return walkBy
    }
}

extension Outbox {
    /// A batch of every walk-by that may go.
    func walkByBatch(limit: Int = 10_000, after seconds: Int64 = 0) throws(OutboxError) -> [UnsureWalkBy] {
        try nextWalkBys(limit: limit, currentBoot: Mark.boot, bootTime: seconds * 1_000_000_000)
    }
}
