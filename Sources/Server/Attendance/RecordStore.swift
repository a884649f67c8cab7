import Attendance
import Database
import FoundationEssentials

/// The records: what stands for each person and session. A record is made anew, from everything that is known, in the
/// transaction of whatever changes; so it is the same whatever came first, twice or in pieces.
struct RecordStore: Sendable {
    let database: any SQLDatabase
    let policies: PolicyStore

    /// Which record.
    struct Key: Sendable, Hashable {
        let person: UUID
        let session: SessionID
    }

    /// Makes records anew.
    func recompute(_ keys: Set<Key>, _ session: any SQLSession) throws(ServerError) {
        guard !keys.isEmpty else { return }
        let policy = try policies.current(session)
        // In one order everywhere: two transactions never wait for each other.
        let sorted = keys.sorted { ($0.person.uuidString, $0.session) < ($1.person.uuidString, $1.session) }
        for key in sorted { try recompute(key, by: policy, session) }
    }

    /// Makes the records of a class in a session anew.
    func recompute(_ work: RecordQueue.Work, _ session: any SQLSession) throws(ServerError) {
        let rows = try session.all(
            """
            SELECT person FROM memberships WHERE class = ?
            UNION SELECT person FROM attendance WHERE class = ? AND session = ?
            """, [.text(work.className), .text(work.className), .text(work.session.description)])
        let people = try ServerError.wrap { () throws(DatabaseError) in
            try rows.map { row throws(DatabaseError) in try row.uuid("person") }
        }
        try recompute(Set(people.map { Key(person: $0, session: work.session) }), session)
    }

    /// Makes the next records anew that wait for it.
    /// - Returns: false when none are left.
    func step() throws(ServerError) -> Bool {
        // Without a transaction first: mostly there is nothing to do.
        guard try RecordQueue.next(database) != nil else { return false }
        return try database.transaction { session throws(ServerError) in
            guard let work = try RecordQueue.next(session) else { return false }
            try recompute(work, session)
            try RecordQueue.remove(work, session)
            return true
        }
    }

    /// Gives a class another name in everything that follows from it, in the transaction that renames the class.
    static func renameClass(_ before: String, to name: String, _ session: any SQLSession) throws(ServerError) {
        try PolicyStore.rename(before, to: name, session)
        // A class of the new name that was removed may have left its own.
        for table in ["closings", "recomputations"] {
            try session.run(
                """
                UPDATE \(table) SET class = ? WHERE class = ?
                    AND session NOT IN (SELECT session FROM \(table) WHERE class = ?)
                """, [.text(name), .text(before), .text(name)])
            try session.run("DELETE FROM \(table) WHERE class = ?", [.text(before)])
        }
        for table in ["memberships", "attendance"] {
            try session.run("UPDATE \(table) SET class = ? WHERE class = ?", [.text(name), .text(before)])
        }
    }

    private func recompute(_ key: Key, by policy: SchoolPolicy, _ session: any SQLSession) throws(ServerError) {
        let basis = try basis(of: key, by: policy, session)
        guard let record = policy.record(on: basis) else {
            try session.run(
                "DELETE FROM attendance WHERE person = ? AND session = ?",
                [.id(key.person), .text(key.session.description)])
            return
        }
        try session.run(
            """
            INSERT INTO attendance (person, session, class, status, cause, mark, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (person, session) DO UPDATE SET class = excluded.class, status = excluded.status,
                cause = excluded.cause, mark = excluded.mark, at_ms = excluded.at_ms
            """,
            [
                .id(key.person), .text(key.session.description), .text(basis.className), .text(record.status.rawValue),
                .text(record.cause.rawValue), .text(orNull: record.mark?.lowercased),
                .integer(orNull: record.at?.milliseconds),
            ])
    }

    private func basis(
        of key: Key, by policy: SchoolPolicy, _ session: any SQLSession
    ) throws(ServerError) -> RecordBasis {
        let place = Place(of: try Membership.all(of: key.person, session), in: key.session, by: policy)
        let parameters: [SQLValue] = [.id(key.person), .text(key.session.description)]
        // The earliest is enough: no policy prefers another.
        let marks = try session.all(
            """
            SELECT * FROM marks WHERE person = ? AND session = ? AND voided_ms IS NULL AND clock <> 'unknown'
            ORDER BY at_ms, id LIMIT 1
            """, parameters)
        let corrections = try session.all(
            "SELECT id, made_ms, status FROM corrections WHERE person = ? AND session = ?", parameters)
        let excuses = try session.all(
            """
            SELECT first_day, last_day FROM excuses
            WHERE person = ? AND last_day >= ? AND first_day <= ? AND withdrawn_ms IS NULL LIMIT 1
            """, parameters + [.text(key.session.description)])
        // Who was seen is not Absent by the closing.
        let mayBeAbsent = place.isExpected && marks.isEmpty
        let isClosed = mayBeAbsent ? try isClosed(key.session, of: place.className, session) : false
        return try ServerError.wrap { () throws(DatabaseError) in
            RecordBasis(
                className: place.className, session: key.session, hasSchool: policy.hasSchool(on: key.session),
                marks: try marks.map { row throws(DatabaseError) in try row.mark() },
                corrections: try corrections.map { row throws(DatabaseError) in try row.correction() },
                excuses: try excuses.map { row throws(DatabaseError) in try row.excuse() }, isClosed: isClosed)
        }
    }

    private func isClosed(
        _ day: SessionID, of className: String, _ session: any SQLSession
    ) throws(ServerError) -> Bool {
        let closing = try session.first(
            "SELECT session FROM closings WHERE class = ? AND session = ? AND closed_ms IS NOT NULL",
            [.text(className), .text(day.description)])
        return closing != nil
    }
}

extension Row {
    /// The mark in a row of the table `marks`.
    func mark() throws(DatabaseError) -> Mark {
        Mark(
            id: try uuid("id"), person: try uuid("person"), session: try session("session"), at: try instant("at_ms"),
            status: try choice("status"), bootID: try uuid("boot_id"), bootTime: try integer("boot_time_ns"),
            clock: try choice("clock"), shots: Int(try integer("shots")), score: try real("score"))
    }

    fileprivate func correction() throws(DatabaseError) -> Correction {
        let status: RecordStatus? = isNull("status") ? nil : try choice("status")
        return Correction(id: try uuid("id"), made: try instant("made_ms"), status: status)
    }

    fileprivate func excuse() throws(DatabaseError) -> Excuse {
        Excuse(firstDay: try session("first_day").date, lastDay: try session("last_day").date)
    }
}
