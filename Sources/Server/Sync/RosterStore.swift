import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// The roster as terminals pull it: what has changed since a cursor, in pages, for the classes that the terminal serves.
///
/// Every change of a person takes the next revision, and a person who was removed stays as a tombstone for ever, so a
/// cursor of this database never grows too old. One of another epoch, or from the future of this one, begins again from
/// nothing, and so does one from before a change of the terminal's classes. An epoch of a file lasts as long as its server
/// runs: a backup can be restored only while it does not, and a cursor that the restored revisions overtake could not be
/// told from a good one. Where several servers share a database, the operator begins the epoch after a restore.
struct RosterStore: Sendable {
    let database: any SQLDatabase
    let vault: TemplateVault

    /// Begins a new epoch: every terminal pulls the whole roster once more.
    func beginEpoch() throws(ServerError) {
        try Self.beginEpoch(database)
    }

    static func beginEpoch(_ session: any SQLSession) throws(ServerError) {
        try session.run("UPDATE roster SET epoch = ?", [.id(UUID())])
    }

    /// Names the database's first epoch with its first use.
    static func prepare(_ database: any SQLDatabase) throws(DatabaseError) {
        try database.execute(
            "INSERT INTO roster (one, epoch, revision) VALUES (1, ?, 0) ON CONFLICT (one) DO NOTHING", [.id(UUID())])
    }

    /// Takes the next revision. Others wait for this transaction to end, so revisions become visible in their order.
    static func nextRevision(_ session: any SQLSession) throws(ServerError) -> Int64 {
        try session.run("UPDATE roster SET revision = revision + 1")
        return try revision(session)
    }

    /// The newest revision.
    static func revision(_ session: any SQLSession) throws(ServerError) -> Int64 {
        guard let row = try session.first("SELECT revision FROM roster") else {
            throw .damaged(what: "the roster's revision", reason: "its row is missing")
        }
        return try ServerError.wrap { () throws(DatabaseError) in try row.integer("revision") }
    }

    /// Where a terminal stands.
    func position(of terminal: UUID, cursor: String?) throws(ServerError) -> RosterPosition {
        try RosterPosition.read(of: terminal, cursor: cursor, database)
    }

    /// One page of changes for a terminal. When nothing has changed the database is not asked again.
    func delta(from position: RosterPosition, policy: AttendancePolicy, now: Instant) throws(ServerError) -> RosterDelta
    {
        let known = position.known
        let newest = position.newest
        var page = RosterPage(revision: known?.revision ?? 0, start: known == nil ? newest.revision : known?.start)
        if page.revision < newest.revision || known == nil {
            try fill(&page, for: position.terminal)
            if !position.wasGiven, !page.people.isEmpty { try noteGiven(position.terminal, now: now) }
        }
        let cursor = RosterCursor(
            epoch: newest.epoch, generation: newest.generation, revision: page.revision,
            start: page.hasMore ? page.start : nil)
        return RosterDelta(
            cursor: cursor.description, reset: known == nil, people: page.people, removed: page.removed, policy: policy,
            serverTime: now, more: page.hasMore)
    }

    private func noteGiven(_ terminal: UUID, now: Instant) throws(ServerError) {
        try database.run(
            "UPDATE terminals SET roster_given_ms = ? WHERE id = ? AND roster_given_ms IS NULL",
            [.instant(now), .id(terminal)])
    }

    /// Takes people in the order of their changes until the page is full or there are no more.
    private func fill(_ page: inout RosterPage, for terminal: UUID) throws(ServerError) {
        let served = try TerminalStore.servedClasses(of: terminal, database)
        // A terminal that begins from nothing has nobody to forget: of a large school only its own classes are read, and of
        // those only an index but for the people of the page.
        if served != nil, let start = page.start, page.revision < start {
            try fill(&page, served) { revision, limit throws(ServerError) in
                try database.all(
                    """
                    SELECT id, name, class, removed_ms, revision FROM people WHERE revision IN (
                        SELECT p.revision FROM terminal_classes t JOIN classes c ON c.id = t.class
                            JOIN people p ON p.class = c.name
                            WHERE t.terminal = ? AND p.revision > ? AND p.revision <= ? ORDER BY p.revision LIMIT ?)
                    ORDER BY revision
                    """, [.id(terminal), revision, .integer(start), limit])
            }
            if page.hasMore { return }
            page.pass(start)
        }
        try fill(&page, served) { revision, limit throws(ServerError) in
            try database.all(
                "SELECT id, name, class, removed_ms, revision FROM people WHERE revision > ? ORDER BY revision LIMIT ?",
                [revision, limit])
        }
    }

    /// - Parameter next: the next people after a revision, at most so many.
    private func fill(
        _ page: inout RosterPage, _ served: Set<String>?,
        _ next: (_ revision: SQLValue, _ limit: SQLValue) throws(ServerError) -> [Row]
    ) throws(ServerError) {
        while true {
            let limit = page.room + 1
            let rows = try next(.integer(page.revision), .integer(Int64(limit)))
            let people = try ServerError.wrap { () throws(DatabaseError) in
                try rows.map { row throws(DatabaseError) in try RosterPage.Person(row, served: served) }
            }
            let templates = try templates(of: people.filter(\.isServed).map(\.id))
            for person in people {
                guard !page.isFull else {
                    page.hasMore = true
                    return
                }
                page.take(person, templates: templates[person.id] ?? [])
            }
            if rows.count < limit { return }
        }
    }

    /// The templates of each person, opened.
    private func templates(of people: [UUID]) throws(ServerError) -> [UUID: [[UInt8]]] {
        guard !people.isEmpty else { return [:] }
        let places = Array(repeating: "?", count: people.count).joined(separator: ", ")
        let rows = try database.all(
            "SELECT person, sealed, model FROM templates WHERE person IN (\(places)) AND model = ? ORDER BY person, id",
            people.map { .id($0) } + [.text(RosterEntry.dlibModel)])
        var templates: [UUID: [[UInt8]]] = [:]
        for row in rows {
            let person = try ServerError.wrap { () throws(DatabaseError) in try row.uuid("person") }
            guard templates[person, default: []].count < RosterEntry.maximumTemplates else { continue }
            templates[person, default: []].append(try vault.template(in: row))
        }
        return templates
    }
}
