import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// The walk-bys of one batch of one terminal, answered one after the other.
struct WalkByReception {
    private let terminal: UUID
    private let policy: SchoolPolicy
    private let now: Instant
    /// Of the people whom the batch is about, those whom this terminal may recognise.
    private let people: Set<UUID>
    /// How many more this terminal may have stored today.
    private var room: Int

    init(
        _ walkBys: [ReceivedWalkBy], from terminal: UUID, by policy: SchoolPolicy, now: Instant,
        _ session: any SQLSession
    ) throws(ServerError) {
        self.terminal = terminal
        self.policy = policy
        self.now = now
        let named = walkBys.flatMap { received -> [UUID] in
            guard case .valid(let walkBy) = received else { return [] }
            return walkBy.people
        }
        people = try Self.recognisable(Set(named), by: terminal, session)
        let row = try session.first(
            "SELECT COUNT(*) AS count FROM walk_bys WHERE terminal = ? AND received_ms > ?",
            [.id(terminal), .instant(now.advanced(byMilliseconds: -86_400_000))])
        let count = try ServerError.wrap { () throws(DatabaseError) in try row?.integer("count") ?? 0 }
        room = WalkByStore.mostADay - Int(count)
    }

    /// What the terminal is told of the walk-by.
    mutating func answer(_ received: ReceivedWalkBy, _ session: any SQLSession) throws(ServerError) -> MarkResult {
        var walkBy: UnsureWalkBy
        switch received {
        case .invalid(let id, let reason): return .rejected(id, reason: reason)
        case .valid(let filed): walkBy = filed
        }
        if let reason = refusal(of: walkBy) { return .rejected(walkBy.id, reason: reason) }
        // The terminal may have followed an older policy.
        if walkBy.clock.isKnown { walkBy.session = policy.session(at: walkBy.at) }
        let likely = walkBy.people.filter(people.contains)
        guard !likely.isEmpty, room > 0 else {
            let known = try session.first("SELECT id FROM walk_bys WHERE id = ?", [.id(walkBy.id)])
            if known != nil { return .duplicate(walkBy.id) }
            return .rejected(
                walkBy.id,
                reason: likely.isEmpty
                    ? "this terminal recognises none of the people whom it names"
                    : "more than \(WalkByStore.mostADay) came from this terminal in a day")
        }
        guard try insert(walkBy, session) else {
            try resolve(walkBy, session)
            return .duplicate(walkBy.id)
        }
        room -= 1
        for (place, person) in likely.enumerated() {
            try session.run(
                "INSERT INTO walk_by_people (walk_by, place, person) VALUES (?, ?, ?)",
                [.id(walkBy.id), .integer(Int64(place)), .id(person)])
        }
        return .accepted(walkBy.id)
    }

    private func refusal(of walkBy: UnsureWalkBy) -> String? {
        MarkReception.Arrival.refusal(of: walkBy.at, in: walkBy.session, clock: walkBy.clock, now: now)
    }

    /// One may come again with its true time, as a mark may. Nothing else of it ever changes, and nothing after it was
    /// decided.
    private func resolve(_ walkBy: UnsureWalkBy, _ session: any SQLSession) throws(ServerError) {
        guard walkBy.clock.isKnown else { return }
        try session.run(
            """
            UPDATE walk_bys SET session = ?, at_ms = ?, clock = ? WHERE id = ? AND terminal = ? AND clock = 'unknown'
                AND boot_id = ? AND boot_time_ns = ? AND decision IS NULL
            """,
            [
                .text(walkBy.session.description), .instant(walkBy.at), .text(walkBy.clock.rawValue), .id(walkBy.id),
                .id(terminal), .id(walkBy.bootID), .integer(walkBy.bootTime),
            ])
    }

    /// Stores a new one. Nobody looks first, for the reason that `MarkStore.insert` gives.
    /// - Returns: false for one that was there.
    private func insert(_ walkBy: UnsureWalkBy, _ session: any SQLSession) throws(ServerError) -> Bool {
        let new = try session.first(
            """
            INSERT INTO walk_bys (id, terminal, session, at_ms, clock, boot_id, boot_time_ns, reason, detail, shots,
                score, received_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING id
            """,
            [
                .id(walkBy.id), .id(terminal), .text(walkBy.session.description), .instant(walkBy.at),
                .text(walkBy.clock.rawValue), .id(walkBy.bootID), .integer(walkBy.bootTime),
                .text(walkBy.reason.rawValue), .text(walkBy.detail), .integer(Int64(walkBy.shots)),
                .real(walkBy.score), .instant(now),
            ])
        return new != nil
    }

    /// Students who are there, have consented and are in a class that the terminal serves.
    private static func recognisable(
        _ ids: Set<UUID>, by terminal: UUID, _ session: any SQLSession
    ) throws(ServerError) -> Set<UUID> {
        let served = try TerminalStore.servedClasses(of: terminal, session)
        var found: Set<UUID> = []
        for piece in Array(ids).pieces {
            let rows = try session.all(
                """
                SELECT id, class FROM people WHERE id IN (\(piece.places())) AND role = 'student'
                    AND removed_ms IS NULL AND consent_ms IS NOT NULL
                """, piece.map { .id($0) })
            for row in rows {
                let (id, className) = try ServerError.wrap { () throws(DatabaseError) in
                    (try row.uuid("id"), try row.text("class"))
                }
                if served?.contains(className) ?? true { found.insert(id) }
            }
        }
        return found
    }
}
