import Attendance
import Database
import FoundationEssentials

/// The queue of letters, for any number of processes at once.
///
/// Between the end of a letter and the mail server's reply nobody can know whether it was taken: SMTP leaves the choice
/// between sending some letters twice and sending some never. Here none is sent twice. A process claims a letter, and the
/// claim goes from `claimed` to `handed` in the database before the letter's last bytes are given away. A process that dies
/// before leaves a letter that others may take; one that dies between that and the reply leaves one that is found,
/// reported as `interrupted`, and sent again only when somebody says so.
struct LetterStore: Sendable {
    let database: any SQLDatabase
    let audit: AuditTrail

    /// How long a claim is another process's, in milliseconds: longer than sending can take.
    static let lease: Int64 = 600_000

    private static let columns = "id, kind, period, recipient, made_ms, state, tries, sent_ms, problem, claim"

    /// Puts a letter into the queue, unless it was there before.
    static func add(
        _ kind: LetterKind, period: String, to recipient: UUID, now: Instant, _ session: any SQLSession
    ) throws(ServerError) -> Bool {
        let added = try session.run(
            """
            INSERT INTO letters (id, kind, period, recipient, made_ms, state, tries, next_try_ms)
            VALUES (?, ?, ?, ?, ?, 'waiting', 0, ?) ON CONFLICT (kind, period, recipient) DO NOTHING
            """,
            [.id(UUID()), .text(kind.rawValue), .text(period), .id(recipient), .instant(now), .instant(now)])
        return added == 1
    }

    /// Takes one letter that is due: a waiting one, or one that another process has claimed and forgotten before it handed
    /// it over. nil where there is none.
    func claim(now: Instant) throws(ServerError) -> QueuedLetter? {
        try database.transaction { session throws(ServerError) in
            let row = try session.first(
                """
                SELECT id, state, claim FROM letters WHERE state IN ('waiting', 'claimed') AND next_try_ms <= ?
                    ORDER BY next_try_ms, id LIMIT 1
                """, [.instant(now)])
            guard let row else { return nil }
            let (id, state, old) = try ServerError.wrap { () throws(DatabaseError) in
                (try row.uuid("id"), try row.text("state"), try row.optionalText("claim"))
            }
            // Whoever was faster has changed the state or the claim.
            let claimed = try session.run(
                """
                UPDATE letters SET state = 'claimed', claim = ?, next_try_ms = ?
                    WHERE id = ? AND state = ? AND COALESCE(claim, '') = ?
                """,
                [
                    .text(UUID().lowercased), .instant(now.advanced(byMilliseconds: Self.lease)), .id(id), .text(state),
                    .text(old ?? ""),
                ])
            return claimed == 1 ? try find(id, session) : nil
        }
    }

    /// Takes note that the letter's end is given away now.
    /// - Returns: false where the claim is no longer this one: then the letter must be kept back.
    func handOver(_ letter: QueuedLetter, now: Instant) throws(ServerError) -> Bool {
        let lease = SQLValue.instant(now.advanced(byMilliseconds: Self.lease))
        return try change(letter, from: "'claimed'", "state = 'handed', next_try_ms = ?", [lease])
    }

    /// The mail server has taken it.
    @discardableResult
    func finish(_ letter: QueuedLetter, now: Instant) throws(ServerError) -> Bool {
        try change(
            letter, from: "'claimed', 'handed', 'interrupted'", "state = 'sent', sent_ms = ?, problem = NULL",
            [.instant(now)])
    }

    /// It was not taken and is tried again from `next` on.
    /// - Parameter isTry: false where it had no part in the failure.
    @discardableResult
    func postpone(
        _ letter: QueuedLetter, until next: Instant, _ problem: String, isTry: Bool
    ) throws(ServerError) -> Bool {
        try change(
            letter, from: "'claimed', 'handed'",
            "state = 'waiting', claim = NULL, next_try_ms = ?, tries = tries + ?, problem = ?",
            [.instant(next), .integer(isTry ? 1 : 0), .text(problem)])
    }

    /// It is given up.
    @discardableResult
    func fail(_ letter: QueuedLetter, _ problem: String) throws(ServerError) -> Bool {
        try change(letter, from: "'claimed', 'handed'", "state = 'failed', problem = ?", [.text(problem)])
    }

    /// Nobody knows what became of it.
    @discardableResult
    func interrupt(_ letter: QueuedLetter, _ problem: String) throws(ServerError) -> Bool {
        try change(letter, from: "'handed'", "state = 'interrupted', problem = ?", [.text(problem)])
    }

    /// The letters that a process has handed over and did not live to finish; from now on they are `interrupted`. Each is
    /// given to one caller only.
    func takeInterrupted(now: Instant) throws(ServerError) -> [QueuedLetter] {
        let rows = try database.all(
            "SELECT \(Self.columns) FROM letters WHERE state = 'handed' AND next_try_ms <= ? ORDER BY id LIMIT 1000",
            [.instant(now)])
        var found: [QueuedLetter] = []
        for row in rows {
            let letter = try ServerError.wrap { () throws(DatabaseError) in try QueuedLetter(row) }
            let problem = MailError.interrupted("the server ended while it waited for the reply").description
            if try interrupt(letter, problem) { found.append(letter) }
        }
        return found
    }

    private func change(
        _ letter: QueuedLetter, from states: String, _ assignments: String, _ values: [SQLValue]
    ) throws(ServerError) -> Bool {
        try database.run(
            "UPDATE letters SET \(assignments) WHERE id = ? AND claim = ? AND state IN (\(states))",
            values + [.id(letter.id), .text(letter.claim ?? "")]) == 1
    }

    private func find(_ id: UUID, _ session: any SQLSession) throws(ServerError) -> QueuedLetter? {
        let row = try session.first("SELECT \(Self.columns) FROM letters WHERE id = ?", [.id(id)])
        return try ServerError.wrap { () throws(DatabaseError) in
            try row.map { row throws(DatabaseError) in try QueuedLetter(row) }
        }
    }
}

extension LetterStore {
    /// Letters, the newest first.
    /// - Parameter states: only those of them; nil for all.
    func list(_ states: [LetterState]? = nil, page: PageRequest) throws(ServerError) -> [QueuedLetter] {
        let names = states?.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let isWanted = names.map { "state IN (\($0)) AND " } ?? ""
        let before = try page.number(0) ?? Int64.max
        let id = try page.id(1) ?? ""
        let rows = try database.all(
            """
            SELECT \(Self.columns) FROM letters WHERE \(isWanted)made_ms <= ? AND (made_ms < ? OR id > ?)
                ORDER BY made_ms DESC, id LIMIT ?
            """, [.integer(before), .integer(before), .text(id), page.rows])
        return try ServerError.wrap { () throws(DatabaseError) in
            try rows.map { row throws(DatabaseError) in try QueuedLetter(row) }
        }
    }

    /// Sends a letter once more that was given up or interrupted: somebody has decided that it may come twice.
    /// - Returns: the letter; nil where there is none.
    /// - Throws: `.taken` for a letter in another state.
    func sendAgain(_ id: UUID, by actor: AuditTrail.Actor, now: Instant) throws(ServerError) -> QueuedLetter? {
        try database.transaction { session throws(ServerError) in
            let changed = try session.run(
                """
                UPDATE letters SET state = 'waiting', claim = NULL, tries = 0, next_try_ms = ?, made_ms = ?, problem = NULL
                    WHERE id = ? AND state IN ('failed', 'interrupted')
                """, [.instant(now), .instant(now), .id(id)])
            guard let letter = try find(id, session) else { return nil }
            guard changed == 1 else {
                throw .taken(
                    "this letter is \(letter.state.rawValue); only one that was given up or interrupted is sent again")
            }
            try audit.record("letter.again", of: id.lowercased, by: actor, at: now, session)
            return letter
        }
    }

    /// How many letters are to be sent still, now or later.
    func countWaiting() throws(ServerError) -> Int {
        let row = try database.first("SELECT COUNT(*) AS count FROM letters WHERE state = 'waiting'", [])
        return try ServerError.wrap { () throws(DatabaseError) in Int(try row?.integer("count") ?? 0) }
    }

    /// How many letters of a kind somebody was to get since a moment.
    static func count(
        _ kind: LetterKind, to recipient: UUID, since moment: Instant, _ session: any SQLSession
    ) throws(ServerError) -> Int {
        let row = try session.first(
            "SELECT COUNT(*) AS count FROM letters WHERE recipient = ? AND kind = ? AND made_ms >= ?",
            [.id(recipient), .text(kind.rawValue), .instant(moment)])
        return try ServerError.wrap { () throws(DatabaseError) in Int(try row?.integer("count") ?? 0) }
    }
}
