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
    /// What the terminal made of it; nil where it did not know the time: somebody has to decide.
    public let status: AttendanceStatus?
    /// How the terminal knew the time.
    public let clock: ClockTrust
    /// "terminal" or "upload".
    public let source: String
    /// The terminal's name; nil for an upload.
    public let terminal: String?
    /// True for the mark that decides the record of the person and session; the others are kept for audit.
    public let decides: Bool
    /// When the server received it.
    public let received: Instant
    /// Since when it is void; nil for one that counts.
    public let voided: Instant?
    /// Why it is void.
    public let voidReason: String?

    private enum CodingKeys: String, CodingKey {
        case id, person, name, session, status, clock, source, terminal, decides
        case className = "class"
        case at = "at_ms"
        case received = "received_ms"
        case voided = "voided_ms"
        case voidReason = "void_reason"
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
        try values.encode(source, forKey: .source)
        try values.encode(terminal, forKey: .terminal)
        try values.encode(decides, forKey: .decides)
        try values.encode(received, forKey: .received)
        try values.encode(voided, forKey: .voided)
        try values.encode(voidReason, forKey: .voidReason)
    }
}

extension MarkStore {
    /// Which marks are wanted.
    struct Filter: Sendable, Equatable {
        var scope = PeopleScope.everybody
        /// Of this session.
        var date: LocalDate?
        /// Only those whose time nobody knows and nobody has decided.
        var isToReview = false
    }

    /// The newest marks, oldest of them first.
    /// - Parameter date: only of this session; nil for all.
    public func list(date: LocalDate? = nil, limit: Int = 1000) throws(ServerError) -> [ListedMark] {
        Array(try list(Filter(date: date), after: [], limit: Int64(limit)).reversed())
    }

    /// One page of marks, the newest session first. The cursor has the session, the time and the id.
    func list(_ filter: Filter, page: PageRequest) throws(ServerError) -> [ListedMark] {
        var after: [SQLValue] = []
        if let session = try page.date(0), let time = try page.number(1), let id = try page.id(2) {
            after = [.text(session.description), .integer(time), .text(id)]
        }
        return try list(filter, after: after, limit: Int64(page.limit) + 1)
    }

    /// The mark; nil where there is none.
    func find(_ id: UUID) throws(ServerError) -> ListedMark? {
        let rows = try database.all("\(Self.selection) WHERE m.id = ?", [.id(id)])
        return try ServerError.wrap { () throws(DatabaseError) in try rows.map(listed).first }
    }

    private static let selection = """
        SELECT m.id, m.person, p.name, p.class, m.session, m.at_ms, m.status, m.clock, m.source, t.name AS terminal_name,
            m.received_ms, m.voided_ms, m.void_reason, a.mark AS decisive
        FROM marks m JOIN people p ON p.id = m.person LEFT JOIN terminals t ON t.id = m.terminal
            LEFT JOIN attendance a ON a.person = m.person AND a.session = m.session AND a.mark = m.id
        """

    /// A mark is reviewed by a correction that names it, unless the corrections of that session were taken back since.
    private static let unreviewed = """
        m.clock = 'unknown' AND m.voided_ms IS NULL AND NOT EXISTS (
            SELECT 1 FROM corrections c WHERE c.mark = m.id AND NOT EXISTS (
                SELECT 1 FROM corrections b WHERE b.person = c.person AND b.session = c.session
                    AND b.made_ms >= c.made_ms AND b.status IS NULL))
        """

    /// - Parameter after: the session, time and id of the last mark of the page before; empty for the first page.
    private func list(_ filter: Filter, after: [SQLValue], limit: Int64) throws(ServerError) -> [ListedMark] {
        var (conditions, parameters) = filter.scope.condition(person: "m.person", className: "p.class")
        if let date = filter.date {
            conditions.append("m.session = ?")
            parameters.append(.text(date.description))
        }
        if filter.isToReview { conditions.append(Self.unreviewed) }
        if !after.isEmpty {
            conditions.append("(m.session, m.at_ms, m.id) < (?, ?, ?)")
            parameters += after
        }
        let filters = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        let rows = try database.all(
            "\(Self.selection) \(filters) ORDER BY m.session DESC, m.at_ms DESC, m.id DESC LIMIT ?",
            parameters + [.integer(limit)])
        return try ServerError.wrap { () throws(DatabaseError) in try rows.map(listed) }
    }

    private func listed(_ row: Row) throws(DatabaseError) -> ListedMark {
        let clock: ClockTrust = try row.choice("clock")
        return ListedMark(
            id: try row.uuid("id"), person: try row.uuid("person"), name: try row.text("name"),
            className: try row.text("class"), session: try row.session("session"), at: try row.instant("at_ms"),
            status: clock.isKnown ? try row.choice("status") : nil, clock: clock, source: try row.text("source"),
            terminal: try row.optionalText("terminal_name"), decides: !row.isNull("decisive"),
            received: try row.instant("received_ms"), voided: try row.optionalInstant("voided_ms"),
            voidReason: try row.optionalText("void_reason"))
    }
}
