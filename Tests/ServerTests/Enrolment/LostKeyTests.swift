import Attendance
import Database
import Foundation
import Testing

@testable import Server

/// The way back from a template key that is lost, as the store goes it.
@Suite(.onEveryDatabase) struct LostKeyTests {
    private let school: School
    private let other: TemplateVault
    private var configuration: ServerConfiguration

    init() throws {
        school = try School()
        other = try TemplateVault(key: [UInt8](repeating: 9, count: 32))
        configuration = ServerConfiguration(
            address: "127.0.0.1", port: 0, tls: .init(certificate: "", key: ""), database: school.location,
            models: .init(folder: ""), templateKeyFile: "", signingKeyFile: "", policy: try School.policy())
        configuration.images.folder = school.folder.file("images")
    }

    private func openWithOtherKey() throws -> ServerDatabase {
        try ServerDatabase(school.location, vault: other, isKeyLost: true)
    }

    /// Gives somebody an image that was sealed with the school's key.
    private func giveImage(to person: UUID) throws {
        let record = ImageRecords.Record(
            id: UUID(), person: person, store: "folder", place: ImageStore.newPlace(), bytes: 3)
        try school.database.images.begin(record, now: School.morning)
        try configuration.images.open(vault: school.vault).put([1, 2, 3], at: record.place, of: person)
        #expect(try school.database.images.use(record, by: .server, now: School.morning))
    }

    @Test func anotherKeyIsRefusedWithTheWayBack() throws {
        let person = try school.enrol("Ada")
        let error = #expect(throws: ServerError.self) { try ServerDatabase(school.location, vault: other) }
        #expect(error == .sealed(what: "a template of person \(person.id.lowercased)"))
        #expect(error?.exitStatus == 78)
        let text = error?.description ?? ""
        let (copy, command) = (text.range(of: "from its copy"), text.range(of: "`rollcall-server key lost`"))
        #expect(try #require(copy).lowerBound < #require(command).lowerBound)
    }

    @Test func everyTemplateGoesAndPeopleStay() throws {
        let (ada, ben) = (try school.enrol("Ada", templates: 2), try school.enrol("Ben"))
        let terminal = try school.database.terminals.add(name: "door").terminal.id
        let before = try school.pull(for: terminal)
        #expect(before.pages.flatMap(\.people).count == 2)
        _ = try school.receive([School.mark(of: ada.id)], from: terminal)
        try giveImage(to: ada.id)

        let database = try openWithOtherKey()
        defer { database.close() }
        let lost = try database.lostSeals(configuration)
        #expect(lost.templates == 3 && lost.people == 2 && lost.images == 1 && lost.hasTrail)
        let last = try database.audit.list(object: nil, page: PageRequest())[0].number
        #expect(try database.delete(lost) == last)

        #expect(try school.look("SELECT id FROM templates").isEmpty)
        let after = try school.pull(for: terminal, since: before.cursor)
        #expect(after.pages.flatMap(\.people).isEmpty)
        #expect(Set(after.pages.flatMap(\.removed)) == [ada.id, ben.id], "terminals delete theirs")
        let account = try #require(try database.accounts.find(ada.id))
        #expect(account.hasConsent && account.templates == 0 && !account.hasImage && account.className == "7b")
        #expect(try school.look("SELECT id FROM marks").count == 1)
        let entries = try database.audit.list(object: nil, page: PageRequest())
        #expect(entries.prefix(2).map(\.action) == ["key.lost", "audit.renew"])
        #expect(entries[0].detail == ["templates": "3", "people": "2", "images": "1"])
        let check = try database.audit.verify()
        #expect(check.fault == nil && check.checkedFrom == last + 1)

        let next = try ServerDatabase(school.location, vault: other)
        defer { next.close() }
        #expect(try next.lostSeals(configuration).isEmpty)
        let again = NewTemplate(bytes: School.randomTemplate(), quality: "made by a test")
        #expect(try next.people.add([again], name: "Ada", className: "7b").person.id == ada.id)
    }

    @Test func theRightKeyDeletesNothing() throws {
        let person = try school.enrol("Ada")
        try giveImage(to: person.id)
        #expect(try school.database.lostSeals(configuration).isEmpty)
        _ = try school.look("DELETE FROM audit_head")
        #expect(try school.database.lostSeals(configuration).isEmpty, "a trail that was changed is no lost key")
    }

    @Test func oneTemplateThatWasChangedGoesAlone() throws {
        let (ada, ben) = (try school.enrol("Ada"), try school.enrol("Ben"))
        _ = try school.look("UPDATE templates SET model = 'x' WHERE person = ?", [.id(ada.id)])
        let database = try ServerDatabase(school.location, vault: school.vault, isKeyLost: true)
        defer { database.close() }
        let lost = try database.lostSeals(configuration)
        #expect(lost.templates == 1 && lost.people == 1 && !lost.hasTrail)
        #expect(try database.delete(lost) == nil)
        #expect(try database.people.list().map(\.templates) == [0, 1])
        #expect(try database.people.list()[1].id == ben.id)
        #expect(try database.audit.verify().fault == nil)
    }

    /// The key of the images is a file of its own then.
    @Test func imagesWithAKeyOfTheirOwnStay() throws {
        let person = try school.enrol("Ada")
        var configuration = configuration
        configuration.images.keyFile = school.folder.file("image-key")
        try giveImage(to: person.id)
        let database = try openWithOtherKey()
        defer { database.close() }
        let lost = try database.lostSeals(configuration)
        #expect(lost.templates == 1 && lost.images == 0)
        _ = try database.delete(lost)
        #expect(try database.accounts.find(person.id)?.hasImage == true)
    }
}
