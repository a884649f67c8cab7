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
            var results: [[MarkResult]] = []
            var changed: Set<RecordStore.Key> = []
            for batch in batches {
                var answers: [MarkResult] = []
                for received in batch.marks {
                    switch received {
                    case .invalid(let id, let reason): answers.append(.rejected(id, reason: reason))
                    case .mark(let mark):
                        let delivery = Delivery(mark: mark, source: batch.source, policy: policy, now: now)
                        let (answer, key) = try store(delivery, session)
                        answers.append(answer)
                        if let key { changed.insert(key) }
                    }
                }
                results.append(answers)
            }
            try records.recompute(changed, session)
            return results
        }
    }

    /// One mark with what the receipt adds to it.
    private struct Delivery {
        let mark: Mark
        let source: MarkSource
        let policy: SchoolPolicy
        let now: Instant

        /// The mark in the session that its time has by the server's policy: the terminal may have followed an older one.
        var filed: Mark {
            var filed = mark
            if mark.clock.isKnown { filed.session = policy.session(at: mark.at) }
            return filed
        }
    }

    /// Stores one mark; also answers whose record changes by it.
    private func store(
        _ delivery: Delivery, _ session: any SQLSession
    ) throws(ServerError) -> (MarkResult, key: RecordStore.Key?) {
        let mark = delivery.filed
        if let row = try session.first("SELECT * FROM marks WHERE id = ?", [.id(mark.id)]) {
            let stored = try ServerError.wrap { () throws(DatabaseError) in try row.mark() }
            return (.duplicate(mark.id), key: try resolve(stored, with: mark, session))
        }
        if let reason = try refusal(of: delivery, session) { return (.rejected(mark.id, reason: reason), key: nil) }
        try Self.insert(mark, from: delivery.source, now: delivery.now, session)
        return (.accepted(mark.id), key: mark.recordKey)
    }

    /// Stores a new mark. The record that follows from it is the caller's to make anew.
    static func insert(
        _ mark: Mark, from source: MarkSource, now: Instant, _ session: any SQLSession
    ) throws(ServerError) {
        try session.run(
            """
            INSERT INTO marks (id, key, source, terminal, person, session, at_ms, status, clock, boot_id, boot_time_ns,
                shots, score, received_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .id(mark.id), .text(mark.key), .text(source.name), .text(orNull: source.terminal?.lowercased),
                .id(mark.person), .text(mark.session.description), .instant(mark.at), .text(mark.status.rawValue),
                .text(mark.clock.rawValue), .id(mark.bootID), .integer(mark.bootTime), .integer(Int64(mark.shots)),
                .real(mark.score), .instant(now),
            ])
    }

    /// A mark may come again with its true time, where the first answer was lost and the clock became known meanwhile.
    /// Nothing else of a stored mark ever changes.
    private func resolve(
        _ stored: Mark, with mark: Mark, _ session: any SQLSession
    ) throws(ServerError) -> RecordStore.Key? {
        guard !stored.clock.isKnown, mark.clock.isKnown, stored.person == mark.person,
            stored.bootID == mark.bootID, stored.bootTime == mark.bootTime
        else { return nil }
        try session.run(
            "UPDATE marks SET key = ?, session = ?, at_ms = ?, status = ?, clock = ? WHERE id = ?",
            [
                .text(mark.key), .text(mark.session.description), .instant(mark.at), .text(mark.status.rawValue),
                .text(mark.clock.rawValue), .id(mark.id),
            ])
        return mark.recordKey
    }

    /// Why a mark can never be accepted; nil for a good one. A person who was removed meanwhile was there all the same.
    private func refusal(of delivery: Delivery, _ session: any SQLSession) throws(ServerError) -> String? {
        let mark = delivery.mark
        if mark.clock.isKnown {
            // A server whose own clock was never set says nothing about the future.
            if Instant.plausible ~= delivery.now, mark.at > delivery.now.advanced(byMilliseconds: Self.furthestAhead) {
                return "the time \(mark.at) is in the far future; check the clocks of the terminal and the server"
            }
            let day = Int(mark.at.seconds / 86_400)
            if abs(mark.session.date.daysSince1970 - day) > 1 {
                return "the session \(mark.session) is not the day of the time \(mark.at)"
            }
        }
        let person = try session.first("SELECT id FROM people WHERE id = ?", [.id(mark.person)])
        return person == nil ? "no person with the id \(mark.person.lowercased) was ever enrolled here" : nil
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

extension Mark {
    /// Whose record the mark may decide; nil while nobody knows its session.
    fileprivate var recordKey: RecordStore.Key? {
        clock.isKnown ? RecordStore.Key(person: person, session: session) : nil
    }
}
