import Attendance
import Database
import FoundationEssentials

/// A mark as staff read it: with the names of its person and terminal, and whether it decides its session.
public struct ListedMark: Sendable, Equatable, Encodable {
    /// The mark's id.
    public let id: UUID
    /// The person's id.
    public let person: UUID
    /// The person's name.
    public let name: String
    /// The person's class.
    public let className: String
    /// The attendance day.
    public let session: SessionID
    /// When the person was seen.
    public let at: Instant
    /// nil where the terminal did not know the time: somebody has to decide.
    public let status: AttendanceStatus?
    /// How the terminal knew the time.
    public let clock: ClockTrust
    /// The terminal's name.
    public let terminal: String
    /// True for the mark that stands for the person and session; the others are kept for audit.
    public let decides: Bool
    /// When the server received it.
    public let received: Instant

    private enum CodingKeys: String, CodingKey {
        case id, person, name, session, status, clock, terminal, decides
        case className = "class"
        case at = "at_ms"
        case received = "received_ms"
    }

    /// Writes ids in lower case, and a status that is open as null.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id.lowercased, forKey: .id)
        try values.encode(person.lowercased, forKey: .person)
        try values.encode(name, forKey: .name)
        try values.encode(className, forKey: .className)
        try values.encode(session, forKey: .session)
        try values.encode(at, forKey: .at)
        try values.encode(status, forKey: .status)
        try values.encode(clock, forKey: .clock)
        try values.encode(terminal, forKey: .terminal)
        try values.encode(decides, forKey: .decides)
        try values.encode(received, forKey: .received)
    }
}

extension MarkStore {
    /// The newest marks, oldest of them first.
    /// - Parameter date: only of this session; nil for all.
    public func list(date: LocalDate? = nil, limit: Int = 1000) throws(ServerError) -> [ListedMark] {
        let filter = date == nil ? "" : "WHERE m.session = ?"
        let parameters: [SQLValue] = date.map { [.text($0.description)] } ?? []
        let rows = try database.all(
            """
            SELECT m.id, m.person, p.name, p.class, m.session, m.at_ms, m.status, m.clock, t.name AS terminal_name,
                m.received_ms, a.mark AS decisive
            FROM marks m JOIN people p ON p.id = m.person JOIN terminals t ON t.id = m.terminal
                LEFT JOIN attendance a ON a.mark = m.id
            \(filter) ORDER BY m.session DESC, m.at_ms DESC, m.id DESC LIMIT ?
            """, parameters + [.integer(Int64(limit))])
        return try ServerError.wrap { () throws(DatabaseError) in
            try rows.reversed().map { row throws(DatabaseError) in try listed(row) }
        }
    }

    private func listed(_ row: Row) throws(DatabaseError) -> ListedMark {
        let clock: ClockTrust = try row.choice("clock")
        return ListedMark(
            id: try row.uuid("id"), person: try row.uuid("person"), name: try row.text("name"),
            className: try row.text("class"), session: try row.session("session"), at: try row.instant("at_ms"),
            status: clock.isKnown ? try row.choice("status") : nil, clock: clock,
            terminal: try row.text("terminal_name"), decides: !row.isNull("decisive"),
            received: try row.instant("received_ms"))
    }
}
