import Attendance
import Database
import FoundationEssentials

/// Marks that come from uploaded photographs, in the table of all marks: their source is `upload`, and no terminal is
/// theirs.
enum UploadMarks {
    static let source = MarkSource.upload.name

    /// Who was seen on a photograph, and when.
    struct Sighting: Sendable {
        let person: UUID
        let session: SessionID
        let at: Instant
        /// What follows from the time.
        let status: AttendanceStatus
        let score: Double
    }

    /// What a photograph means for its person.
    struct Outcome: Sendable, Equatable {
        /// Of the session's earliest mark. What staff have corrected is not told to who has not logged in.
        let status: AttendanceStatus
        /// The new mark; nil where the session had one.
        let mark: UUID?
    }

    /// Stores a mark unless the session has one of this person. One that staff have voided is not made again by another
    /// photograph: then, and for somebody who was removed meanwhile, nobody is recognised.
    static func store(_ seen: Sighting, in marks: MarkStore, now: Instant) throws(ServerError) -> Outcome? {
        try marks.database.transaction { session throws(ServerError) in
            let person = try session.first(
                "SELECT id FROM people WHERE id = ? AND removed_ms IS NULL AND consent_ms IS NOT NULL",
                [.id(seen.person)])
            guard person != nil else { return nil }
            let rows = try session.all(
                """
                SELECT status, source, voided_ms FROM marks WHERE person = ? AND session = ? AND clock <> 'unknown'
                ORDER BY at_ms, id
                """, [.id(seen.person), .text(seen.session.description)])
            for row in rows where !row.isNull("voided_ms") {
                let its = try ServerError.wrap { () throws(DatabaseError) in try row.text("source") }
                if its == source { return nil }
            }
            let outcome = try outcome(seen, rows.first { $0.isNull("voided_ms") }, now, session)
            if outcome.mark != nil {
                try marks.records.recompute([RecordStore.Key(person: seen.person, session: seen.session)], session)
            }
            return outcome
        }
    }

    private static func outcome(
        _ seen: Sighting, _ earliest: Row?, _ now: Instant, _ session: any SQLSession
    ) throws(ServerError) -> Outcome {
        if let earliest {
            let status: AttendanceStatus = try ServerError.wrap { () throws(DatabaseError) in
                try earliest.choice("status")
            }
            return Outcome(status: status, mark: nil)
        }
        return Outcome(status: seen.status, mark: try insert(seen, now, session))
    }

    /// No boot of a terminal belongs to it; the clock is the server's.
    private static func insert(
        _ seen: Sighting, _ now: Instant, _ session: any SQLSession
    ) throws(ServerError) -> UUID {
        var random = SystemRandomNumberGenerator()
        let noBoot = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        let mark = Mark(
            id: UUIDv7.make(at: seen.at, using: &random), person: seen.person, session: seen.session, at: seen.at,
            status: seen.status, bootID: noBoot, bootTime: 0, clock: .synchronised, shots: 1, score: seen.score)
        try MarkStore.insert([(mark, .upload)], now: now, session)
        return mark.id
    }
}
