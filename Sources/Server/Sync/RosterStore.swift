import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// The roster as terminals pull it: what has changed since a cursor, in pages.
///
/// Every change of a person takes the next revision, and a person who was removed stays as a tombstone for ever, so a
/// cursor of this database never grows too old. One of another epoch, or from the future of this one, begins again from
/// nothing. An epoch lasts as long as a server runs: a backup can be restored only while it does not, and a cursor that
/// the restored revisions overtake could not be told from a good one.
struct RosterStore: Sendable {
    let database: any SQLDatabase
    let vault: TemplateVault

    /// Begins a new epoch: every terminal pulls the whole roster once more.
    func beginEpoch() throws(ServerError) {
        try database.run("UPDATE roster SET epoch = ?", [.id(UUID())])
    }

    /// Names the database's first epoch with its first use.
    static func prepare(_ database: any SQLDatabase) throws(DatabaseError) {
        try database.execute(
            "INSERT INTO roster (one, epoch, revision) VALUES (1, ?, 0) ON CONFLICT (one) DO NOTHING", [.id(UUID())])
    }

    /// Takes the next revision. Others wait for this transaction to end, so revisions become visible in their order.
    static func nextRevision(_ session: any SQLSession) throws(ServerError) -> Int64 {
        try session.run("UPDATE roster SET revision = revision + 1")
        return try current(session).revision
    }

    private static func current(_ session: any SQLSession) throws(ServerError) -> RosterCursor {
        guard let row = try session.first("SELECT epoch, revision FROM roster") else {
            throw .damaged(what: "the roster's revision", reason: "its row is missing")
        }
        return try ServerError.wrap { () throws(DatabaseError) in
            RosterCursor(epoch: try row.text("epoch"), revision: try row.integer("revision"))
        }
    }

    /// One page of changes.
    /// - Parameter cursor: what the terminal has; nil for nothing.
    func delta(since cursor: String?, policy: AttendancePolicy, now: Instant) throws(ServerError) -> RosterDelta {
        let current = try Self.current(database)
        let known = cursor.flatMap { RosterCursor($0) }.flatMap { cursor in
            cursor.epoch == current.epoch && cursor.revision <= current.revision ? cursor : nil
        }
        var page = Page(revision: known?.revision ?? 0)
        if page.revision < current.revision || known == nil { try fill(&page) }
        return RosterDelta(
            cursor: RosterCursor(epoch: current.epoch, revision: page.revision).description, reset: known == nil,
            people: page.people, removed: page.removed, policy: policy, serverTime: now, more: page.hasMore)
    }

    private struct Page {
        var revision: Int64
        var people: [RosterEntry] = []
        var removed: [UUID] = []
        var hasMore = false
    }

    private func fill(_ page: inout Page) throws(ServerError) {
        let rows = try database.all(
            "SELECT id, name, class, removed_ms, revision FROM people WHERE revision > ? ORDER BY revision LIMIT ?",
            [.integer(page.revision), .integer(Int64(RosterDelta.maximumRemoved + 1))])
        for row in rows {
            guard page.people.count < RosterDelta.maximumPeople, page.removed.count < RosterDelta.maximumRemoved else {
                page.hasMore = true
                return
            }
            let (id, revision) = try ServerError.wrap { () throws(DatabaseError) in
                (try row.uuid("id"), try row.integer("revision"))
            }
            if !row.isNull("removed_ms") {
                page.removed.append(id)
            } else if let person = try entry(id, row) {
                page.people.append(person)
            } else {
                // Nobody to recognise: terminals may have templates from before the consent was withdrawn.
                page.removed.append(id)
            }
            page.revision = revision
        }
        page.hasMore = rows.count > RosterDelta.maximumRemoved
    }

    /// The person with all templates; nil for one without any.
    private func entry(_ id: UUID, _ row: Row) throws(ServerError) -> RosterEntry? {
        let sealed = try database.all(
            "SELECT person, sealed, model FROM templates WHERE person = ? AND model = ? ORDER BY id LIMIT ?",
            [.id(id), .text(RosterEntry.dlibModel), .integer(Int64(RosterEntry.maximumTemplates))])
        guard !sealed.isEmpty else { return nil }
        var templates: [[UInt8]] = []
        for row in sealed { templates.append(try vault.template(in: row)) }
        let (name, className) = try ServerError.wrap { () throws(DatabaseError) in
            (try row.text("name"), try row.text("class"))
        }
        return RosterEntry(id: id, name: name, className: className, templates: templates)
    }
}
