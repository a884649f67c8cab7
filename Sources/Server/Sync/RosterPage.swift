import Database
import FoundationEssentials
import SyncProtocol

/// One page of a roster as it is filled, person by person in the order of the revisions.
struct RosterPage {
    /// Of the last person taken or passed.
    private(set) var revision: Int64
    /// See `RosterCursor.start`.
    let start: Int64?
    private(set) var people: [RosterEntry] = []
    private(set) var removed: [UUID] = []
    /// Somebody follows who has no room here.
    var hasMore = false

    init(revision: Int64, start: Int64?) {
        self.revision = revision
        self.start = start
    }

    /// A row of `people`, seen from a terminal.
    struct Person {
        let id: UUID
        let name: String
        let className: String
        let revision: Int64
        /// There, and of a class that the terminal serves.
        let isServed: Bool

        /// - Parameter served: the names of the terminal's classes; nil for every class.
        init(_ row: Row, served: Set<String>?) throws(DatabaseError) {
            id = try row.uuid("id")
            name = try row.text("name")
            className = try row.text("class")
            revision = try row.integer("revision")
            isServed = row.isNull("removed_ms") && (served?.contains(className) ?? true)
        }
    }

    /// For how many more people there is room.
    var room: Int { RosterDelta.maximumPeople - people.count }

    var isFull: Bool { room <= 0 || removed.count >= RosterDelta.maximumRemoved }

    /// Takes the next person: with templates somebody to recognise, without any, removed or of another class somebody
    /// whom the terminal has to forget if it knows them.
    mutating func take(_ person: Person, templates: [[UInt8]]) {
        revision = person.revision
        if person.isServed, !templates.isEmpty {
            people.append(
                RosterEntry(id: person.id, name: person.name, className: person.className, templates: templates))
        } else if start.map({ person.revision > $0 }) ?? true {
            removed.append(person.id)
        }
    }

    /// Nobody else up to this revision belongs on the page.
    mutating func pass(_ revision: Int64) { self.revision = max(self.revision, revision) }
}
