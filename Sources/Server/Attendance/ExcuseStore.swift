import Attendance
import Database
import FoundationEssentials

/// An excuse as people read it.
struct ListedExcuse: Sendable, Equatable {
    let id: UUID
    let person: UUID
    let firstDay: LocalDate
    let lastDay: LocalDate
    let reason: String
    let madeBy: UUID
    let made: Instant
    /// Since when it no longer counts; nil for one that does.
    let withdrawn: Instant?
}

/// Days on which people are excused.
struct ExcuseStore: Sendable {
    let database: any SQLDatabase
    let audit: AuditTrail
    let records: RecordStore

    /// Who is to be excused.
    struct New: Sendable, Equatable {
        let person: UUID
        let firstDay: LocalDate
        let lastDay: LocalDate
        let reason: String
    }

    private static let columns =
        "e.id, e.person, e.first_day, e.last_day, e.reason, e.made_by, e.made_ms, e.withdrawn_ms"

    /// Excuses somebody; it counts at once.
    /// - Throws: `.refused` for days in the wrong order, or too far away.
    func make(_ new: New, by actor: UUID, now: Instant) throws(ServerError) -> ListedExcuse {
        let reason = try Reason.checked(new.reason)
        guard new.firstDay <= new.lastDay else {
            throw .refused("first_day must not be after last_day")
        }
        return try database.transaction { session throws(ServerError) in
            let today = try records.policies.current(session).session(at: now)
            try DayRange.requireNear(new.firstDay, today: today.date, field: "first_day")
            try DayRange.requireNear(new.lastDay, today: today.date, field: "last_day")
            let excuse = ListedExcuse(
                id: UUID(), person: new.person, firstDay: new.firstDay, lastDay: new.lastDay, reason: reason,
                madeBy: actor, made: now, withdrawn: nil)
            try session.run(
                """
                INSERT INTO excuses (id, person, first_day, last_day, reason, made_by, made_ms)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .id(excuse.id), .id(excuse.person), .text(excuse.firstDay.description),
                    .text(excuse.lastDay.description), .text(reason), .id(actor), .instant(now),
                ])
            try audit.record(
                "excuse.make", of: new.person.lowercased, by: .person(actor),
                [
                    "excuse": excuse.id.lowercased, "first_day": new.firstDay.description,
                    "last_day": new.lastDay.description, "reason": reason,
                ], at: now, session)
            try recompute(excuse, session)
            return excuse
        }
    }

    /// Takes an excuse back; it stays in the list.
    /// - Returns: false where there is no such excuse.
    /// - Throws: `.taken` for one that was taken back already.
    func withdraw(_ id: UUID, by actor: UUID, now: Instant) throws(ServerError) -> Bool {
        try database.transaction { session throws(ServerError) in
            guard let excuse = try Self.find(id, session) else { return false }
            guard excuse.withdrawn == nil else { throw .taken("this excuse was taken back already") }
            try session.run("UPDATE excuses SET withdrawn_ms = ? WHERE id = ?", [.instant(now), .id(id)])
            try audit.record(
                "excuse.withdraw", of: excuse.person.lowercased, by: .person(actor), ["excuse": id.lowercased], at: now,
                session)
            try recompute(excuse, session)
            return true
        }
    }

    /// The excuse; nil where there is none.
    func find(_ id: UUID) throws(ServerError) -> ListedExcuse? { try Self.find(id, database) }

    /// One page of the excuses, those that end last first; withdrawn ones included.
    func list(
        _ scope: PeopleScope, from: LocalDate?, to: LocalDate?, page: PageRequest
    ) throws(ServerError) -> [ListedExcuse] {
        var (conditions, parameters) = scope.condition(person: "e.person", className: "p.class")
        if let from {
            conditions.append("e.last_day >= ?")
            parameters.append(.text(from.description))
        }
        if let to {
            conditions.append("e.first_day <= ?")
            parameters.append(.text(to.description))
        }
        if let day = try page.date(0), let id = try page.id(1) {
            conditions.append("(e.last_day, e.id) < (?, ?)")
            parameters += [.text(day.description), .text(id)]
        }
        let filters = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        let rows = try database.all(
            """
            SELECT \(Self.columns) FROM excuses e JOIN people p ON p.id = e.person
            \(filters) ORDER BY e.last_day DESC, e.id DESC LIMIT ?
            """, parameters + [page.rows])
        return try ServerError.wrap { () throws(DatabaseError) in try rows.map(Self.excuse(in:)) }
    }

    private func recompute(_ excuse: ListedExcuse, _ session: any SQLSession) throws(ServerError) {
        let days = excuse.firstDay.daysSince1970...excuse.lastDay.daysSince1970
        let keys = days.map {
            RecordStore.Key(person: excuse.person, session: SessionID(date: LocalDate(daysSince1970: $0)))
        }
        try records.recompute(Set(keys), session)
    }

    private static func find(_ id: UUID, _ session: any SQLSession) throws(ServerError) -> ListedExcuse? {
        let rows = try session.all("SELECT \(columns) FROM excuses e WHERE e.id = ?", [.id(id)])
        return try ServerError.wrap { () throws(DatabaseError) in try rows.map(excuse(in:)).first }
    }

    private static func excuse(in row: Row) throws(DatabaseError) -> ListedExcuse {
        ListedExcuse(
            id: try row.uuid("id"), person: try row.uuid("person"), firstDay: try row.session("first_day").date,
            lastDay: try row.session("last_day").date, reason: try row.text("reason"), madeBy: try row.uuid("made_by"),
            made: try row.instant("made_ms"), withdrawn: try row.optionalInstant("withdrawn_ms"))
    }
}
