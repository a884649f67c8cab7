import Attendance
import Database
import Foundation
import SyncProtocol
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct RosterStoreTests {
    let school: School
    let terminal: UUID

    init() throws {
        school = try School()
        terminal = try school.database.terminals.add(name: "door").terminal.id
    }

    private func delta(_ cursor: String?) throws -> RosterDelta { try school.delta(for: terminal, since: cursor) }

    private func follow(_ start: String?) throws -> (pages: [RosterDelta], cursor: String) {
        try school.pull(for: terminal, since: start)
    }

    @Test func carriesPeopleWithTheirTemplatesInPages() throws {
        for index in 0..<120 { _ = try school.enrol("Person \(index)", templates: index == 7 ? 16 : 1) }
        let (pages, cursor) = try follow(nil)
        #expect(pages.map(\.people.count) == [50, 50, 20])
        #expect(pages.map(\.reset) == [true, false, false])
        #expect(Set(pages.flatMap(\.people).map(\.name)).count == 120)
        #expect(pages.flatMap(\.people).first { $0.name == "Person 7" }?.templates.count == 16)
        for page in pages { #expect(try page.json().count < RosterDelta.maximumBytes) }
        let nothing = try delta(cursor)
        #expect(nothing.people.isEmpty && nothing.removed.isEmpty && !nothing.reset && !nothing.more)
        #expect(nothing.cursor == cursor)
    }

    @Test func sendsTheTemplatesThatWereEnrolled() throws {
        let templates = (0..<3).map { _ in NewTemplate(bytes: School.randomTemplate(), quality: "") }
        let person = try school.database.people.add(templates, name: "Ada", className: "7b", hasConsent: true).person
        let entry = try #require(try delta(nil).people.first)
        #expect(entry.id == person.id && entry.className == "7b" && entry.model == RosterEntry.dlibModel)
        #expect(Set(entry.templates) == Set(templates.map(\.bytes)))
    }

    @Test func carriesOnlyWhatChanged() throws {
        let ada = try school.enrol("Ada")
        _ = try school.enrol("Ben")
        let cursor = try follow(nil).cursor
        _ = try school.enrol("Ada")
        let change = try delta(cursor)
        #expect(change.people.map(\.id) == [ada.id])
        #expect(change.people.first?.templates.count == 2)
        #expect(!change.reset)
    }

    @Test func removesAPersonEverywhereAndForGood() throws {
        let template = School.randomTemplate()
        let ada = try school.database.people.add(
            [NewTemplate(bytes: template, quality: "")], name: "Ada", className: "7b", hasConsent: true
        ).person
        let cursor = try follow(nil).cursor
        let sealed = try #require(try school.look("SELECT sealed FROM templates").first?.blob("sealed"))
        if let file = school.file { #expect(try Data(contentsOf: URL(filePath: file)).range(of: Data(sealed)) != nil) }
        _ = try school.database.people.remove(ada.id.uuidString)
        #expect(try school.look("SELECT sealed FROM templates").isEmpty)
        #expect(try delta(cursor).removed == [ada.id])
        #expect(try delta(cursor).people.isEmpty)
        if let file = school.file {
            #expect(
                try Data(contentsOf: URL(filePath: file)).range(of: Data(sealed)) == nil,
                "deleted bytes are still there")
        }
        #expect(throws: ServerError.self) { try school.database.people.remove("Ada") }
        let again = try school.enrol("Ada")
        #expect(again.id != ada.id)
    }

    @Test func beginsAgainForACursorThatIsNotItsOwn() throws {
        _ = try school.enrol("Ada")
        let cursor = try follow(nil).cursor
        let epoch = String(cursor.prefix { $0 != "." })
        let foreign = [
            "\(UUID().lowercased).0.1", "\(epoch).0.2000", "\(epoch).1.1", "\(epoch).1", "\(epoch).0.-1",
            "\(epoch).0.x",
            "\(epoch).0.1.x", "\(epoch).0.1.1.1", "\(epoch).0..", "", ".", "...", "junk", epoch,
        ]
        for cursor in foreign {
            let page = try delta(cursor)
            #expect(page.reset && page.people.count == 1, "\(cursor)")
        }
    }

    /// The server starts again on yesterday's backup, and goes on from there past the terminals' cursors.
    @Test func aRestoredBackupIsPulledAnew() throws {
        guard let file = school.file else { return try aRestoredPostgresDatabaseIsPulledAnewOnceRenewed() }
        try school.database.roster.beginEpoch()
        _ = try school.enrol("Ada")
        let backup = try Data(contentsOf: URL(filePath: file))
        _ = try school.enrol("Grace")
        let cursor = try follow(nil).cursor
        #expect(try !delta(cursor).reset)
        school.database.close()
        try backup.write(to: URL(filePath: file))

        let restored = try ServerDatabase(path: file, vault: school.vault)
        try restored.roster.beginEpoch()
        for name in ["Eileen", "Katherine"] {
            let template = NewTemplate(bytes: School.randomTemplate(), quality: "")
            _ = try restored.people.add([template], name: name, className: "7b", hasConsent: true)
        }
        let position = try restored.roster.position(of: terminal, cursor: cursor)
        let page = try restored.roster.delta(from: position, policy: School.policy(), now: School.morning)
        #expect(page.reset)
        #expect(Set(page.people.map(\.name)) == ["Ada", "Eileen", "Katherine"])
    }

    /// A shared database keeps its epoch when a server starts; the operator begins the next.
    private func aRestoredPostgresDatabaseIsPulledAnewOnceRenewed() throws {
        _ = try school.enrol("Ada")
        let cursor = try follow(nil).cursor
        let second = try ServerDatabase(school.location, vault: school.vault)
        defer { second.close() }
        #expect(second.isShared)
        #expect(try !delta(cursor).reset)
        try second.renewRoster()
        #expect(try delta(cursor).reset)
        #expect(
            try school.database.audit.list(object: "roster", page: .init(limit: 9)).map(\.action) == ["roster.renew"])
    }

    @Test func templatesRestSealedAndOpenOnlyWithTheirKey() throws {
        let template = School.randomTemplate()
        _ = try school.database.people.add(
            [NewTemplate(bytes: template, quality: "")], name: "Ada", className: "7b", hasConsent: true)
        let stored = try school.look("SELECT sealed FROM templates").map { try $0.blob("sealed") }
        #expect(stored.count == 1 && stored.allSatisfy { Data($0).range(of: Data(template.prefix(16))) == nil })
        if let file = school.file {
            #expect(try Data(contentsOf: URL(filePath: file)).range(of: Data(template)) == nil)
        }
        let other = try TemplateVault(key: [UInt8](repeating: 8, count: 32))
        #expect(throws: ServerError.self) {
            try ServerDatabase(school.location, vault: other)
        }
    }

    @Test func aPhotographTwiceIsOneTemplateAndSixteenAreTheMost() throws {
        let template = NewTemplate(bytes: School.randomTemplate(), quality: "")
        #expect(
            try school.database.people.add([template], name: "Ada", className: "7b", hasConsent: true).verdicts == [
                .added
            ])
        let cursor = try follow(nil).cursor
        #expect(try school.database.people.add([template], name: " Ada ", className: "7b").verdicts == [.known])
        #expect(try delta(cursor).people.isEmpty, "nothing changed, so nothing is sent")
        let more = (0..<16).map { _ in NewTemplate(bytes: School.randomTemplate(), quality: "") }
        let verdicts = try school.database.people.add(more, name: "Ada", className: "7b").verdicts
        #expect(verdicts.filter { $0 == .added }.count == 15)
        #expect(verdicts.last == .noRoom(limit: 16))
    }

    @Test func theSameNameInAnotherClassIsSomebodyElse() throws {
        let first = try school.enrol("Ada", className: "7b")
        let second = try school.enrol("Ada", className: "8a")
        #expect(first.id != second.id)
        let refusal = #expect(throws: ServerError.self) { try school.database.people.remove("Ada") }
        #expect(refusal?.description.contains(first.id.lowercased) == true)
        #expect(try school.database.people.remove(second.id.uuidString).className == "8a")
    }

    @Test(arguments: ["", "   ", "a\u{0}b", "a\nb", String(repeating: "n", count: 201)])
    func refusesNamesThatDoNotFitOnALine(name: String) throws {
        #expect(throws: ServerError.self) { try school.enrol(name) }
        #expect(try school.database.people.list().isEmpty)
    }
}
