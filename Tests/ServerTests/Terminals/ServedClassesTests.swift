import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct ServedClassesTests {
    let school: School
    let terminal: UUID

    init() throws {
        school = try School()
        terminal = try school.database.terminals.add(name: "door").terminal.id
    }

    private func serve(_ names: String...) throws {
        var ids: Set<UUID> = []
        for name in names {
            try ClassStore.ensure(name, now: School.morning, school.database.terminals.database)
            ids.insert(try #require(try school.database.classes.find(name: name)).id)
        }
        _ = try school.database.terminals.setClasses(ids, of: terminal, by: .server, now: School.morning)
    }

    private func move(_ person: UUID, to className: String) throws {
        _ = try school.database.accounts.change(person, by: .server, now: School.morning) { old throws(ServerError) in
            var new = old
            new.className = className
            return new
        }
    }

    @Test func theRosterHoldsOnlyItsClasses() throws {
        let ada = try school.enrol("Ada", className: "7b")
        _ = try school.enrol("Ben", className: "8a")
        let carl = try school.enrol("Carl", className: "9c")
        try serve("7b", "9c")
        let (pages, cursor) = try school.pull(for: terminal)
        #expect(Set(pages.flatMap(\.people).map(\.id)) == [ada.id, carl.id])
        #expect(pages.flatMap(\.removed).isEmpty, "a roster from nothing takes nobody away")
        #expect(try school.delta(for: terminal, since: cursor).people.isEmpty)
        let other = try school.database.terminals.add(name: "gate").terminal.id
        #expect(try school.pull(for: other).pages.flatMap(\.people).count == 3)
    }

    @Test func aChangeOfItsClassesBeginsTheRosterAnew() throws {
        let ada = try school.enrol("Ada", className: "7b")
        let ben = try school.enrol("Ben", className: "8a")
        try serve("7b")
        let cursor = try school.pull(for: terminal).cursor
        try serve("7b")
        #expect(try !school.delta(for: terminal, since: cursor).reset, "the same classes are no change")
        try serve("8a")
        let (pages, second) = try school.pull(for: terminal, since: cursor)
        #expect(pages[0].reset && pages.flatMap(\.people).map(\.id) == [ben.id])
        try serve()
        let all = try school.pull(for: terminal, since: second).pages
        #expect(all[0].reset && Set(all.flatMap(\.people).map(\.id)) == [ada.id, ben.id])
    }

    @Test func whoMovesToAnotherClassComesOrGoes() throws {
        let ada = try school.enrol("Ada", className: "7b")
        try serve("7b")
        let first = try school.pull(for: terminal).cursor
        try move(ada.id, to: "8a")
        let away = try school.delta(for: terminal, since: first)
        #expect(away.removed == [ada.id] && away.people.isEmpty && !away.reset)
        try move(ada.id, to: "7b")
        let back = try school.delta(for: terminal, since: away.cursor)
        #expect(back.people.map(\.id) == [ada.id] && back.removed.isEmpty)
    }

    @Test func aClassWithAnotherNameIsStillServed() throws {
        let ada = try school.enrol("Ada", className: "7b")
        try serve("7b")
        let cursor = try school.pull(for: terminal).cursor
        let id = try #require(try school.database.classes.find(name: "7b")).id
        _ = try school.database.classes.change(id, to: .init(name: "8b"), by: .server, now: School.morning)
        let delta = try school.delta(for: terminal, since: cursor)
        #expect(delta.people.map(\.className) == ["8b"] && delta.people.map(\.id) == [ada.id])
        #expect(delta.removed.isEmpty)
    }

    @Test func theLastClassOfATerminalCannotBeRemoved() throws {
        try serve("7b")
        let id = try #require(try school.database.classes.find(name: "7b")).id
        let refusal = #expect(throws: ServerError.self) {
            try school.database.classes.remove(id, by: .server, now: School.morning)
        }
        #expect(refusal?.description.contains("door") == true)
        try serve("7b", "8a")
        #expect(try school.database.classes.remove(id, by: .server, now: School.morning))
        _ = try school.enrol("Ben", className: "9c")
        #expect(try school.pull(for: terminal).pages.flatMap(\.people).isEmpty, "it does not serve every class now")
    }

    @Test func whoHasNoTemplatesAnyMoreIsTakenAway() throws {
        let ada = try school.enrol("Ada")
        let cursor = try school.pull(for: terminal).cursor
        let database = school.database.terminals.database
        try database.transaction { session throws(ServerError) in
            try session.run("DELETE FROM templates WHERE person = ?", [.id(ada.id)])
            let revision = try RosterStore.nextRevision(session)
            try session.run("UPDATE people SET revision = ? WHERE id = ?", [.integer(revision), .id(ada.id)])
        }
        #expect(try school.delta(for: terminal, since: cursor).removed == [ada.id])
        let whole = try school.delta(for: terminal, since: nil)
        #expect(whole.reset && whole.removed.isEmpty && whole.people.isEmpty)
    }

    /// Somebody goes while a terminal is between two pages of a roster from nothing.
    @Test func whoIsRemovedDuringALongPullIsTakenAway() throws {
        let people = try (0..<70).map { try school.enrol("Person \($0)") }
        let first = try school.delta(for: terminal, since: nil)
        #expect(first.more && first.people.contains { $0.id == people[3].id })
        _ = try school.database.people.remove(people[3].id.uuidString)
        _ = try school.database.people.remove(people[60].id.uuidString)
        let rest = try school.pull(for: terminal, since: first.cursor).pages
        #expect(Set(rest.flatMap(\.removed)) == [people[3].id, people[60].id])
        #expect(rest.flatMap(\.people).count == 19)
        #expect(rest.allSatisfy { !$0.reset })
    }

    /// Somebody comes, and somebody goes, while a terminal is between two pages of its classes.
    @Test func whoMovesDuringALongPullIsTold() throws {
        var own: [UUID] = []
        for index in 0..<60 {
            own.append(try school.enrol("Person \(index)", className: index % 2 == 0 ? "7b" : "9c").id)
            if index % 3 == 0 { _ = try school.enrol("Other \(index)", className: "8a") }
        }
        let comer = try school.enrol("Comer", className: "8a").id
        try serve("7b", "9c")
        let first = try school.delta(for: terminal, since: nil)
        #expect(first.more && first.people.map(\.id) == Array(own.prefix(50)) && first.removed.isEmpty)
        try move(comer, to: "9c")
        try move(own[0], to: "8a")
        try move(own[55], to: "8a")
        let rest = try school.pull(for: terminal, since: first.cursor).pages
        #expect(rest.flatMap(\.people).map(\.id) == own[50...].filter { $0 != own[55] } + [comer])
        #expect(rest.flatMap(\.removed) == [own[0], own[55]])
    }

    /// Many without a face, and of other classes, make neither long pages nor empty ones.
    @Test func aSmallClassInALargeSchoolIsOnePage() throws {
        for index in 0..<150 {
            _ = try school.database.people.add([], name: "Nobody \(index)", className: "8a", hasConsent: true)
        }
        let ada = try school.enrol("Ada", className: "7b")
        try serve("7b")
        let pages = try school.pull(for: terminal).pages
        #expect(pages.count == 1 && pages[0].people.map(\.id) == [ada.id] && pages[0].removed.isEmpty)
    }
}
