import Database
import FoundationEssentials

/// Where a terminal stands, as one indexed read tells it.
struct RosterPosition: Equatable {
    let terminal: UUID
    /// The newest revision, in the terminal's generation.
    let newest: RosterCursor
    /// The terminal's own cursor; nil where it begins from nothing.
    let known: RosterCursor?
    /// People were given to the terminal before.
    let wasGiven: Bool

    /// - Parameter cursor: what the terminal has; nil for nothing. A cursor of another epoch or generation, or from the
    ///   future of this one, counts as none.
    static func read(
        of terminal: UUID, cursor: String?, _ session: any SQLSession
    ) throws(ServerError) -> RosterPosition {
        let row = try session.first(
            """
            SELECT roster.epoch, roster.revision, terminals.roster_generation, terminals.roster_given_ms
            FROM roster CROSS JOIN terminals WHERE terminals.id = ?
            """, [.id(terminal)])
        guard let row else { throw .damaged(what: "the roster's revision", reason: "its row is missing") }
        return try ServerError.wrap { () throws(DatabaseError) in
            let newest = RosterCursor(
                epoch: try row.text("epoch"), generation: try row.integer("roster_generation"),
                revision: try row.integer("revision"))
            let known = cursor.flatMap { RosterCursor($0) }.flatMap { newest.isAhead(of: $0) ? $0 : nil }
            return RosterPosition(
                terminal: terminal, newest: newest, known: known, wasGiven: !row.isNull("roster_given_ms"))
        }
    }

    /// The revision up to which the terminal's disk has every change; nil while its roster is not whole.
    var confirmed: Int64? { known.flatMap { $0.start == nil ? $0.revision : nil } }
}

extension RosterCursor {
    /// Whether the other one is of the same epoch and generation, and not newer.
    fileprivate func isAhead(of other: RosterCursor) -> Bool {
        other.epoch == epoch && other.generation == generation && other.revision <= revision
    }
}
