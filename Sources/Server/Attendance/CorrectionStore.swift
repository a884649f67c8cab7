import Attendance
import Database
import FoundationEssentials

/// A correction as people read it.
struct ListedCorrection: Sendable, Equatable {
    let id: UUID
    let person: UUID
    let session: SessionID
    /// nil for one that takes those before it back.
    let status: RecordStatus?
    let reason: String
    /// The mark that it is about; nil for none.
    let mark: UUID?
    let madeBy: UUID
    let made: Instant
}

/// What staff have decided about records. Corrections are added and never changed.
struct CorrectionStore: Sendable {
    let database: any SQLDatabase
    let audit: AuditTrail
    let records: RecordStore

    /// What is to be corrected.
    struct New: Sendable, Equatable {
        let person: UUID
        let session: SessionID
        let status: RecordStatus?
        let reason: String
        var mark: UUID?
    }

    private static let columns = "id, person, session, status, reason, mark, made_by, made_ms"

    /// Corrects a record; it counts at once.
    /// - Throws: `.refused` for a day that is too far away, and for a mark that is not the person's.
    func make(_ new: New, by actor: UUID, now: Instant) throws(ServerError) -> ListedCorrection {
        try database.transaction { session throws(ServerError) in try make(new, by: actor, now: now, session) }
    }

    /// The same in the transaction of whatever else follows from it.
    func make(
        _ new: New, by actor: UUID, now: Instant, _ session: any SQLSession
    ) throws(ServerError) -> ListedCorrection {
        let reason = try Reason.checked(new.reason)
        let today = try records.policies.current(session).session(at: now)
        try DayRange.requireNear(new.session.date, today: today.date, field: "session")
        if let mark = new.mark {
            let own = try session.first(
                "SELECT id FROM marks WHERE id = ? AND person = ?", [.id(mark), .id(new.person)])
            guard own != nil else { throw .refused("mark: there is no such mark of this person") }
        }
        let correction = ListedCorrection(
            id: UUID(), person: new.person, session: new.session, status: new.status, reason: reason, mark: new.mark,
            madeBy: actor, made: try Self.moment(new, now: now, session))
        try insert(correction, session)
        try audit.record(
            "attendance.correct", of: new.person.lowercased, by: .person(actor),
            [
                "session": new.session.description, "status": new.status?.rawValue ?? "taken back",
                "reason": reason, "correction": correction.id.lowercased,
            ], at: now, session)
        try records.recompute([.init(person: new.person, session: new.session)], session)
        return correction
    }

    /// One page of a person's corrections, the newest first.
    func list(of person: UUID, page: PageRequest) throws(ServerError) -> [ListedCorrection] {
        var (condition, parameters) = ("person = ?", [SQLValue.id(person)])
        if let made = try page.number(0), let id = try page.id(1) {
            condition += " AND (made_ms, id) < (?, ?)"
            parameters += [.integer(made), .text(id)]
        }
        let rows = try database.all(
            "SELECT \(Self.columns) FROM corrections WHERE \(condition) ORDER BY made_ms DESC, id DESC LIMIT ?",
            parameters + [page.rows])
        return try ServerError.wrap { () throws(DatabaseError) in try rows.map(Self.correction(in:)) }
    }

    /// The corrections of some people and days, the oldest of each day first.
    func list(of people: [UUID], _ days: ClosedRange<LocalDate>) throws(ServerError) -> [ListedCorrection] {
        var found: [ListedCorrection] = []
        for piece in people.pieces {
            let rows = try database.all(
                """
                SELECT \(Self.columns) FROM corrections
                WHERE person IN (\(piece.places())) AND session >= ? AND session <= ?
                ORDER BY person, session, made_ms, id
                """,
                piece.map { .id($0) } + [.text(days.lowerBound.description), .text(days.upperBound.description)])
            found += try ServerError.wrap { () throws(DatabaseError) in try rows.map(Self.correction(in:)) }
        }
        return found
    }

    private static func correction(in row: Row) throws(DatabaseError) -> ListedCorrection {
        ListedCorrection(
            id: try row.uuid("id"), person: try row.uuid("person"), session: try row.session("session"),
            status: row.isNull("status") ? nil : try row.choice("status"), reason: try row.text("reason"),
            mark: row.isNull("mark") ? nil : try row.uuid("mark"), madeBy: try row.uuid("made_by"),
            made: try row.instant("made_ms"))
    }

    /// After the one before, also in one millisecond and where the clock was set back: the newest counts.
    private static func moment(_ new: New, now: Instant, _ session: any SQLSession) throws(ServerError) -> Instant {
        let row = try session.first(
            "SELECT made_ms FROM corrections WHERE person = ? AND session = ? ORDER BY made_ms DESC LIMIT 1",
            [.id(new.person), .text(new.session.description)])
        let last = try ServerError.wrap { () throws(DatabaseError) in
            try row.map { row throws(DatabaseError) in try row.instant("made_ms") }
        }
        return max(now, last?.advanced(byMilliseconds: 1) ?? now)
    }

    private func insert(_ correction: ListedCorrection, _ session: any SQLSession) throws(ServerError) {
        try session.run(
            "INSERT INTO corrections (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                .id(correction.id), .id(correction.person), .text(correction.session.description),
                .text(orNull: correction.status?.rawValue), .text(correction.reason),
                .text(orNull: correction.mark?.lowercased), .id(correction.madeBy), .instant(correction.made),
            ])
    }
}
