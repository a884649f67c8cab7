import Attendance
import Database
import Faces
import FoundationEssentials
import Identification
import SyncProtocol
import Synchronization

/// Everybody's templates in memory, for the pictures that the server looks at itself. It follows the database's revision
/// at each use, whichever process moved it: who lost their templates is not matched any more.
final class FaceRoster: Sendable {
    private struct Edition: Sendable {
        var cursor = Place(epoch: "", revision: 0)
        var people: [UUID: RosterPerson] = [:]
        var matcher = Matcher(roster: Roster(people: []))
    }

    /// How far the roster was read.
    struct Place: Sendable, Equatable {
        let epoch: String
        var revision: Int64
    }

    private let database: DatabaseThread
    private let edition = Mutex(Edition())

    init(database: DatabaseThread) {
        self.database = database
    }

    /// A matcher over the roster as it is now.
    func matcher() async throws -> Matcher {
        let old = edition.withLock { $0 }
        let now = try await database.run { database throws(ServerError) in try database.people.revision() }
        guard now != old.cursor else { return old.matcher }
        var new = now.epoch == old.cursor.epoch ? old : Edition()
        var hasMore = true
        while hasMore {
            let since = new.cursor.revision
            let page = try await database.run { database throws(ServerError) in
                try database.people.changes(since: since)
            }
            for change in page.changes { new.people[change.id] = change.person }
            new.cursor = Place(epoch: now.epoch, revision: max(page.revision, since))
            hasMore = page.hasMore
        }
        new.cursor.revision = max(new.cursor.revision, now.revision)
        let ordered = new.people.values.sorted { $0.id.uuidString < $1.id.uuidString }
        new.matcher = Matcher(roster: Roster(people: ordered))
        return edition.withLock { [new] edition in
            // Somebody else may have read on meanwhile.
            if edition.cursor.epoch != new.cursor.epoch || edition.cursor.revision < new.cursor.revision {
                edition = new
            }
            return edition.matcher
        }
    }
}

/// What has become of some people since a revision.
struct FaceChanges: Sendable {
    struct Change: Sendable {
        let id: UUID
        /// nil for one who was removed or has no template.
        let person: RosterPerson?
    }

    var changes: [Change] = []
    /// The revision of the last change.
    var revision: Int64 = 0
    var hasMore = false
}

extension PeopleStore {
    /// So many people are read at once, so that others get at the database between the pages.
    private static let pageSize = 500

    /// The roster's epoch and revision now.
    func revision() throws(ServerError) -> FaceRoster.Place {
        guard let row = try database.first("SELECT epoch, revision FROM roster") else {
            throw .damaged(what: "the roster's revision", reason: "its row is missing")
        }
        return try ServerError.wrap { () throws(DatabaseError) in
            FaceRoster.Place(epoch: try row.text("epoch"), revision: try row.integer("revision"))
        }
    }

    /// One page of the people who changed after a revision, with their templates.
    func changes(since revision: Int64) throws(ServerError) -> FaceChanges {
        let rows = try database.all(
            "SELECT id, name, class, removed_ms, revision FROM people WHERE revision > ? ORDER BY revision LIMIT ?",
            [.integer(revision), .integer(Int64(Self.pageSize))])
        var page = FaceChanges(hasMore: rows.count == Self.pageSize)
        page.revision = try ServerError.wrap { () throws(DatabaseError) in try rows.last?.integer("revision") ?? 0 }
        let templates = try templates(after: revision, upTo: page.revision)
        for row in rows {
            let (id, name, className) = try ServerError.wrap { () throws(DatabaseError) in
                (try row.uuid("id"), try row.text("name"), try row.text("class"))
            }
            let own = row.isNull("removed_ms") ? templates[id] ?? [] : []
            page.changes.append(
                .init(
                    id: id,
                    person: own.isEmpty
                        ? nil : RosterPerson(id: id, name: name, className: className, templates: own)))
        }
        return page
    }

    private func templates(
        after first: Int64, upTo last: Int64
    ) throws(ServerError) -> [UUID: [Descriptor]] {
        let rows = try database.all(
            """
            SELECT t.person, t.sealed, t.model FROM people p JOIN templates t ON t.person = p.id
            WHERE p.revision > ? AND p.revision <= ? AND t.model = ? ORDER BY t.person, t.id
            """, [.integer(first), .integer(last), .text(RosterEntry.dlibModel)])
        var found: [UUID: [Descriptor]] = [:]
        for row in rows {
            let person = try ServerError.wrap { () throws(DatabaseError) in try row.uuid("person") }
            guard let descriptor = Descriptor(littleEndianBytes: try vault.template(in: row)) else {
                throw .damaged(
                    what: "a template of person \(person.lowercased)", reason: "it is no list of 128 numbers")
            }
            found[person, default: []].append(descriptor)
        }
        return found
    }
}
