import Attendance
import Database
import FoundationEssentials

extension WalkByStore {
    /// How far walk-bys are decided.
    public enum State: String, Sendable, CaseIterable {
        /// Somebody has to decide.
        case open
        /// Nobody has decided, and nobody has to: whoever it may have been was seen or corrected on that day all the same.
        case settled
        /// Somebody has decided.
        case decided
    }

    /// Which walk-bys are wanted.
    struct Filter: Sendable, Equatable {
        /// Whose: of a walk-by, the people in it are told, and the others counted.
        var scope = PeopleScope.everybody
        /// Of this class, besides.
        var className: String?
        var state: State?
        var from: LocalDate?
        var to: LocalDate?
    }

    /// The newest walk-bys, oldest of them first.
    public func list(
        date: LocalDate? = nil, state: State? = nil, limit: Int = 1000
    ) throws(ServerError) -> [ListedWalkBy] {
        let filter = Filter(state: state, from: date, to: date)
        return Array(try list(filter, after: [], limit: Int64(limit)).reversed())
    }

    /// One page of walk-bys, the newest first. The cursor has the session, the time and the id.
    func list(_ filter: Filter, page: PageRequest) throws(ServerError) -> [ListedWalkBy] {
        var after: [SQLValue] = []
        if let session = try page.date(0), let time = try page.number(1), let id = try page.id(2) {
            after = [.text(session.description), .integer(time), .text(id)]
        }
        return try list(filter, after: after, limit: Int64(page.limit) + 1)
    }

    /// The walk-by with everybody whom it may have been; nil where there is none.
    func find(_ id: UUID) throws(ServerError) -> ListedWalkBy? { try Self.find(id, database) }

    static func find(_ id: UUID, _ session: any SQLSession) throws(ServerError) -> ListedWalkBy? {
        let rows = try session.all("\(selection) WHERE b.id = ?", [.id(id)])
        return try withPeople(rows, .everybody, session).first
    }

    private static let selection =
        "SELECT b.*, t.name AS terminal_name FROM walk_bys b JOIN terminals t ON t.id = b.terminal"

    /// A face that may be a picture is worth a look, whoever was seen besides; so is one that came before the mark that
    /// made its person late.
    private static let isSettled = """
        b.reason <> 'suspicious' AND b.clock <> 'unknown' AND NOT EXISTS (
            SELECT 1 FROM walk_by_people w LEFT JOIN attendance a ON a.person = w.person AND a.session = b.session
                AND (a.cause = 'correction' OR a.cause = 'mark' AND (a.status = 'present' OR a.at_ms <= b.at_ms))
            WHERE w.walk_by = b.id AND a.person IS NULL)
        """

    private func list(_ filter: Filter, after: [SQLValue], limit: Int64) throws(ServerError) -> [ListedWalkBy] {
        var conditions: [String] = []
        var parameters: [SQLValue] = []
        var scopes = [filter.scope]
        if let className = filter.className { scopes.append(.inClass(className)) }
        for scope in scopes where scope != .everybody {
            let (some, values) = scope.condition(person: "w.person", className: "p.class")
            conditions.append(
                """
                EXISTS (SELECT 1 FROM walk_by_people w JOIN people p ON p.id = w.person
                    WHERE w.walk_by = b.id AND \(some.joined(separator: " AND ")))
                """)
            parameters += values
        }
        switch filter.state {
        case .open: conditions.append("b.decision IS NULL AND NOT (\(Self.isSettled))")
        case .settled: conditions.append("b.decision IS NULL AND (\(Self.isSettled))")
        case .decided: conditions.append("b.decision IS NOT NULL")
        case nil: break
        }
        for (day, sign) in [(filter.from, ">="), (filter.to, "<=")] {
            guard let day else { continue }
            conditions.append("b.session \(sign) ?")
            parameters.append(.text(day.description))
        }
        if !after.isEmpty {
            conditions.append("(b.session, b.at_ms, b.id) < (?, ?, ?)")
            parameters += after
        }
        let filters = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        let rows = try database.all(
            "\(Self.selection) \(filters) ORDER BY b.session DESC, b.at_ms DESC, b.id DESC LIMIT ?",
            parameters + [.integer(limit)])
        return try Self.withPeople(rows, filter.scope, database)
    }

    /// The walk-bys in the rows with their people, of whom those outside the scope are only counted.
    private static func withPeople(
        _ rows: [Row], _ scope: PeopleScope, _ session: any SQLSession
    ) throws(ServerError) -> [ListedWalkBy] {
        var walkBys = try ServerError.wrap { () throws(DatabaseError) in try rows.map(listed) }
        let places = Dictionary(uniqueKeysWithValues: walkBys.enumerated().map { ($1.id, $0) })
        // Whose part of the list is one person's sees the others of a walk-by all the same.
        let (some, values) =
            if case .taught = scope { scope.condition(person: "p.id", className: "p.class") } else { ([], []) }
        let isShown = some.isEmpty ? "1" : "CASE WHEN \(some.joined(separator: " AND ")) THEN 1 ELSE 0 END"
        for piece in walkBys.map(\.id).pieces {
            let people = try session.all(
                """
                SELECT w.walk_by, w.person, p.name, p.class, \(isShown) AS shown,
                    CASE WHEN b.clock <> 'unknown' THEN a.status END AS status
                FROM walk_by_people w JOIN walk_bys b ON b.id = w.walk_by JOIN people p ON p.id = w.person
                    LEFT JOIN attendance a ON a.person = w.person AND a.session = b.session
                WHERE w.walk_by IN (\(piece.places())) ORDER BY w.walk_by, w.place
                """, values + piece.map { .id($0) })
            for row in people {
                try ServerError.wrap { () throws(DatabaseError) in
                    guard let place = places[try row.uuid("walk_by")] else { return }
                    guard try row.integer("shown") == 1 else { return walkBys[place].others += 1 }
                    walkBys[place].people.append(
                        ListedWalkBy.Candidate(
                            person: try row.uuid("person"), name: try row.text("name"),
                            className: try row.text("class"),
                            status: row.isNull("status") ? nil : try row.choice("status")))
                }
            }
        }
        return walkBys
    }

    private static func listed(_ row: Row) throws(DatabaseError) -> ListedWalkBy {
        var decision: ListedWalkBy.Decision?
        if !row.isNull("decision") {
            decision = ListedWalkBy.Decision(
                choice: try row.choice("decision"), person: row.isNull("marked") ? nil : try row.uuid("marked"),
                reason: try row.text("decision_reason"), by: try row.uuid("decided_by"),
                at: try row.instant("decided_ms"))
        }
        return ListedWalkBy(
            id: try row.uuid("id"), session: try row.session("session"), at: try row.instant("at_ms"),
            clock: try row.choice("clock"), reason: try row.choice("reason"), detail: try row.text("detail"),
            terminal: try row.text("terminal_name"), shots: Int(try row.integer("shots")),
            score: try row.real("score"), received: try row.instant("received_ms"), people: [], others: 0,
            decision: decision)
    }
}
