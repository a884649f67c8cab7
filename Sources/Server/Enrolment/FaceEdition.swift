import Attendance
import Database
import Faces
import FoundationEssentials
import Identification
import SyncProtocol

/// Everybody's templates as they were at a revision of the roster.
struct FaceEdition: Sendable {
    /// How far the roster was read.
    struct Place: Sendable, Equatable {
        let epoch: String
        var revision: Int64
    }

    private(set) var place = Place(epoch: "", revision: 0)
    /// How often the identifier was made in this epoch.
    private(set) var number = 0
    private(set) var identifier = Identifier(roster: Roster(people: []), rule: .upload)
    private var people: [UUID: RosterPerson] = [:]
    /// Somebody is another than in `identifier`.
    private var isChanged = false

    /// Whether there is nothing newer at a place.
    func isAsNew(as now: Place) -> Bool { place.epoch == now.epoch && place.revision >= now.revision }

    /// Begins to follow the roster to a place: from here, or in another epoch from nothing.
    mutating func begin(_ now: Place) {
        if now.epoch != place.epoch { self = FaceEdition() }
        place = Place(epoch: now.epoch, revision: place.revision)
    }

    mutating func take(_ page: FaceChanges) {
        for change in page.changes where people[change.id] != change.person {
            people[change.id] = change.person
            isChanged = true
        }
        place.revision = max(page.revision, place.revision)
    }

    /// Makes the identifier, unless nobody on the roster is another than before: a new account moves the revision too.
    mutating func finish(_ now: Place) {
        place.revision = max(place.revision, now.revision)
        guard isChanged else { return }
        isChanged = false
        number += 1
        identifier = Identifier(
            roster: Roster(people: people.values.sorted { $0.id < $1.id }), rule: .upload, reusing: identifier)
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

    /// Follows the roster to its place now, at once: a command has the database to itself.
    func follow(_ edition: inout FaceEdition) throws(ServerError) {
        let now = try revision()
        guard now != edition.place else { return }
        edition.begin(now)
        var hasMore = true
        while hasMore {
            let page = try changes(since: edition.place.revision)
            edition.take(page)
            hasMore = page.hasMore
        }
        edition.finish(now)
    }

    /// The roster's epoch and revision now.
    func revision() throws(ServerError) -> FaceEdition.Place {
        guard let row = try database.first("SELECT epoch, revision FROM roster") else {
            throw .damaged(what: "the roster's revision", reason: "its row is missing")
        }
        return try ServerError.wrap { () throws(DatabaseError) in
            FaceEdition.Place(epoch: try row.text("epoch"), revision: try row.integer("revision"))
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
