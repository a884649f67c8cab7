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
        // In one order everywhere: two transactions seldom wait for each other.
        let sorted = keys.sorted { ($0.session, $0.person) < ($1.session, $1.person) }
        for piece in sorted.pieces { try recompute(piece, by: policy, session) }
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

    private func recompute(
        _ keys: ArraySlice<Key>, by policy: SchoolPolicy, _ session: any SQLSession
    ) throws(ServerError) {
        let bases = try RecordBases(keys, by: policy, session)
        var without: [Key] = []
        var records: [[SQLValue]] = []
        for key in keys {
            let basis = bases.basis(of: key)
            guard let record = policy.record(on: basis) else {
                without.append(key)
                continue
            }
            records.append(
                key.values + [
                    .text(basis.className), .text(record.status.rawValue), .text(record.cause.rawValue),
                    .text(orNull: record.mark?.lowercased), .integer(orNull: record.at?.milliseconds),
                ])
        }
        for piece in without.pieces {
            try session.run(
                "DELETE FROM attendance WHERE (person, session) IN (VALUES \(piece.places("(?, ?)")))",
                piece.flatMap(\.values))
        }
        for piece in records.pieces {
            try session.run(
                """
                INSERT INTO attendance (person, session, class, status, cause, mark, at_ms)
                VALUES \(piece.places("(?, ?, ?, ?, ?, ?, ?)"))
                ON CONFLICT (person, session) DO UPDATE SET class = excluded.class, status = excluded.status,
                    cause = excluded.cause, mark = excluded.mark, at_ms = excluded.at_ms
                """, piece.flatMap(\.self))
        }
    }
}
