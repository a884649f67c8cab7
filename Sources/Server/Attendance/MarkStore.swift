import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// What terminals have sent and people have uploaded. Marks are stored once by their id and never deleted; whatever
/// changes among them makes the records of their people and sessions anew.
public struct MarkStore: Sendable {
    let database: any SQLDatabase
    let audit: AuditTrail
    let records: RecordStore

    /// A terminal's clock that is known cannot be this far ahead of the server's, in milliseconds: a day.
    static let furthestAhead: Int64 = 86_400_000

    /// What was sent at once, by one sender.
    struct Batch: Sendable {
        let marks: [ReceivedMark]
        let source: MarkSource
    }

    /// Stores a batch in one transaction that is durable when this returns, and answers every mark by its id.
    func receive(
        _ marks: [ReceivedMark], from source: MarkSource, now: Instant
    ) throws(ServerError) -> [MarkResult] {
        try receive([Batch(marks: marks, source: source)], now: now).flatMap(\.self)
    }

    /// Stores several batches in one transaction that is durable when this returns, and answers every mark by its id.
    func receive(_ batches: [Batch], now: Instant) throws(ServerError) -> [[MarkResult]] {
        try database.transaction { session throws(ServerError) in
            let policy = try records.policies.current(session)
            let arrivals = batches.map { batch in
                batch.marks.map { MarkReception.Arrival($0, from: batch.source, by: policy, now: now) }
            }
            var reception = try MarkReception(arrivals.flatMap(\.self), now: now, session)
            var results: [[MarkResult]] = []
            for batch in arrivals {
                var answers: [MarkResult] = []
                for arrival in batch { answers.append(try reception.answer(arrival, session)) }
                results.append(answers)
            }
            try records.recompute(reception.changed, session)
            return results
        }
    }

    /// Stores those marks whose ids are new. The records that follow from them are the caller's to make anew.
    /// - Parameter marks: each id once.
    /// - Returns: the ids that were new.
    @discardableResult
    static func insert(
        _ marks: [(mark: Mark, source: MarkSource)], now: Instant, _ session: any SQLSession
    ) throws(ServerError) -> Set<UUID> {
        var new: Set<UUID> = []
        for piece in marks.pieces {
            // Nobody looks first: two transactions that look at one place of the index and then write there could not have
            // happened one after the other, and PostgreSQL would give one of them up.
            let rows = try session.all(
                """
                INSERT INTO marks (id, key, source, terminal, person, session, at_ms, status, clock, boot_id, boot_time_ns,
                    shots, score, received_ms)
                VALUES \(piece.places("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"))
                ON CONFLICT (id) DO NOTHING RETURNING id
                """, piece.flatMap { values(of: $0.mark, from: $0.source, now: now) })
            for row in rows { new.insert(try ServerError.wrap { () throws(DatabaseError) in try row.uuid("id") }) }
        }
        return new
    }

    private static func values(of mark: Mark, from source: MarkSource, now: Instant) -> [SQLValue] {
        [
            .id(mark.id), .text(mark.key), .text(source.name), .text(orNull: source.terminal?.lowercased),
            .id(mark.person), .text(mark.session.description), .instant(mark.at), .text(mark.status.rawValue),
            .text(mark.clock.rawValue), .id(mark.bootID), .integer(mark.bootTime), .integer(Int64(mark.shots)),
            .real(mark.score), .instant(now),
        ]
    }

    /// Makes a mark void: it stays in the list, and decides nothing any more.
    /// - Returns: false where there is no such mark.
    /// - Throws: `.taken` for one that is void already.
    func void(_ id: UUID, reason: String, by actor: UUID, now: Instant) throws(ServerError) -> Bool {
        let reason = try Reason.checked(reason)
        return try database.transaction { session throws(ServerError) in
            guard let row = try session.first("SELECT * FROM marks WHERE id = ?", [.id(id)]) else { return false }
            guard row.isNull("voided_ms") else { throw .taken("this mark is void already") }
            let mark = try ServerError.wrap { () throws(DatabaseError) in try row.mark() }
            try session.run(
                "UPDATE marks SET voided_ms = ?, voided_by = ?, void_reason = ? WHERE id = ?",
                [.instant(now), .id(actor), .text(reason), .id(id)])
            try audit.record(
                "mark.void", of: id.lowercased, by: .person(actor),
                ["person": mark.person.lowercased, "session": mark.session.description, "reason": reason], at: now,
                session)
            if let key = mark.recordKey { try records.recompute([key], session) }
            return true
        }
    }
}
