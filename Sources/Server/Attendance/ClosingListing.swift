import Attendance
import Database
import FoundationEssentials

/// Where the session of a class stands.
struct SessionState: Sendable, Equatable {
    /// In the order of a day.
    enum State: String, Sendable, Encodable, CaseIterable {
        /// The school takes no attendance on that day.
        case noSchool = "no_school"
        /// It is not over, or nobody has looked since it was.
        case open
        /// It is over, and terminals have not reported.
        case waiting
        /// Who was not seen is Absent.
        case closed
    }

    /// A terminal that has not reported.
    struct Terminal: Sendable, Equatable, Encodable {
        let id: UUID
        let name: String

        private enum CodingKeys: CodingKey { case id, name }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(id.lowercased, forKey: .id)
            try values.encode(name, forKey: .name)
        }
    }

    let classID: UUID
    let className: String
    let session: SessionID
    let state: State
    /// When it is over; nil without school.
    let ends: Instant?
    let closed: Instant?
    let waitsFor: [Terminal]
}

extension ClosingStore {
    /// Where the sessions of a day stand, one page of classes by name.
    func list(
        of day: SessionID, _ scope: PeopleScope, page: PageRequest
    ) throws(ServerError) -> [SessionState] {
        let policy = try records.policies.current()
        var (conditions, parameters) = scope.condition(person: "c.id", className: "c.name")
        conditions.append("c.name > ?")
        parameters.append(.text(page.after?[0] ?? ""))
        let rows = try database.all(
            """
            SELECT c.id, c.name, s.closed_ms, s.waits_for
            FROM classes c LEFT JOIN closings s ON s.class = c.name AND s.session = ?
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY c.name LIMIT ?
            """, [.text(day.description)] + parameters + [page.rows])
        let names = try terminalNames()
        return try ServerError.wrap { () throws(DatabaseError) in
            try rows.map { row throws(DatabaseError) in try state(in: row, of: day, by: policy, names) }
        }
    }

    private func state(
        in row: Row, of day: SessionID, by policy: SchoolPolicy, _ names: [UUID: String]
    ) throws(DatabaseError) -> SessionState {
        let className = try row.text("name")
        let closed = try row.optionalInstant("closed_ms")
        let ids = try row.optionalText("waits_for")?.split(separator: " ").compactMap { UUID(uuidString: String($0)) }
        let hasSchool = policy.hasSchool(on: day)
        let state: SessionState.State =
            if !hasSchool { .noSchool } else if closed != nil { .closed } else { ids == nil ? .open : .waiting }
        return SessionState(
            classID: try row.uuid("id"), className: className, session: day, state: state,
            ends: hasSchool ? policy.closing(of: day, for: className) : nil, closed: hasSchool ? closed : nil,
            waitsFor: hasSchool ? (ids ?? []).map { .init(id: $0, name: names[$0] ?? "") } : [])
    }

    private func terminalNames() throws(ServerError) -> [UUID: String] {
        let rows = try database.all("SELECT id, name FROM terminals")
        return try ServerError.wrap { () throws(DatabaseError) in
            var names: [UUID: String] = [:]
            for row in rows { names[try row.uuid("id")] = try row.text("name") }
            return names
        }
    }
}
