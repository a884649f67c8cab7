import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// What terminals could not decide: walk-bys that may have been somebody, for staff to decide. They are kept for a while
/// only, and what they say of a person goes with the person.
public struct WalkByStore: Sendable {
    let database: any SQLDatabase
    let audit: AuditTrail
    let records: RecordStore
    let corrections: CorrectionStore

    /// No terminal has so many a day; a terminal keeps no more in its outbox.
    static let mostADay = 2000

    /// Stores a batch in one transaction that is durable when this returns, and answers every walk-by by its id.
    func receive(
        _ walkBys: [ReceivedWalkBy], from terminal: UUID, now: Instant
    ) throws(ServerError) -> [MarkResult] {
        try database.transaction { session throws(ServerError) in
            let policy = try records.policies.current(session)
            var reception = try WalkByReception(walkBys, from: terminal, by: policy, now: now, session)
            var results: [MarkResult] = []
            for walkBy in walkBys { results.append(try reception.answer(walkBy, session)) }
            return results
        }
    }

    /// Deletes those that were received before a moment, decided or not; what was decided stays as a correction and in the
    /// audit trail.
    /// - Returns: how many.
    @discardableResult
    func sweep(receivedBefore moment: Instant) throws(ServerError) -> Int {
        try database.transaction { session throws(ServerError) in
            try session.run(
                "DELETE FROM walk_by_people WHERE walk_by IN (SELECT id FROM walk_bys WHERE received_ms < ?)",
                [.instant(moment)])
            return try session.run("DELETE FROM walk_bys WHERE received_ms < ?", [.instant(moment)])
        }
    }

    /// Takes a person out of every walk-by, in the transaction that removes the person or their templates. One that names
    /// nobody else, or was decided to be the person, goes whole.
    static func forget(_ person: UUID, _ session: any SQLSession) throws(ServerError) {
        let rows = try session.all(
            "SELECT walk_by AS id FROM walk_by_people WHERE person = ? UNION SELECT id FROM walk_bys WHERE marked = ?",
            [.id(person), .id(person)])
        let ids = try ServerError.wrap { () throws(DatabaseError) in
            try rows.map { row throws(DatabaseError) in SQLValue.id(try row.uuid("id")) }
        }
        for piece in ids.pieces {
            let some = "(\(piece.places()))"
            try session.run(
                """
                DELETE FROM walk_by_people WHERE walk_by IN \(some) AND
                    (person = ? OR walk_by IN (SELECT id FROM walk_bys WHERE id IN \(some) AND marked = ?))
                """, piece + [.id(person)] + piece + [.id(person)])
            try session.run(
                """
                DELETE FROM walk_bys WHERE id IN \(some)
                    AND NOT EXISTS (SELECT 1 FROM walk_by_people w WHERE w.walk_by = walk_bys.id)
                """, Array(piece))
        }
    }
}
