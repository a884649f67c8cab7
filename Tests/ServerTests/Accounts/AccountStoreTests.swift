import Attendance
import Foundation
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct AccountStoreTests {
    private let school: School
    private var accounts: AccountStore { school.database.accounts }
    private let now = Clock.now

    init() throws { school = try School() }

    @discardableResult
    private func make(
        _ name: String, _ role: Role = .student, email: String? = nil, age: Int? = nil, className: String? = "7b"
    ) throws -> Account {
        let details = AccountDetails(
            name: name, role: role, email: email, age: age, className: role == .student ? className : nil)
        return try accounts.create(details, password: nil, by: .server, now: now)
    }

    @Test func anAccountIsWhatWasSaid() throws {
        let made = try make("  Ada ", email: "Ada@School.Example", age: 12)
        let found = try #require(try accounts.find(made.id))
        #expect(found == made)
        #expect(found.name == "Ada" && found.email == "ada@school.example" && found.age == 12)
        #expect(found.className == "7b" && found.role == .student && !found.hasConsent && found.templates == 0)
        #expect(try school.database.classes.find(name: "7b") != nil, "its class came to be with it")
    }

    @Test func anAddressIsOnePersons() throws {
        let ada = try make("Ada", email: "ada@school.example")
        let error = #expect(throws: ServerError.self) { try make("Eve", email: "ADA@school.example") }
        guard case .taken = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        _ = try accounts.remove(ada.id, by: .server, now: now)
        try make("Eve", email: "ada@school.example")
        try make("Nobody")
        try make("Nobody", className: "7b")
    }

    static let refused: [AccountDetails] = [
        .init(name: "", role: .student, email: nil, age: nil, className: "7b"),
        .init(name: "A\u{0}", role: .student, email: nil, age: nil, className: "7b"),
        .init(name: "Ada", role: .student, email: nil, age: nil, className: nil),
        .init(name: "Ada", role: .teacher, email: nil, age: nil, className: "7b"),
        .init(name: "Ada", role: .student, email: "ada", age: nil, className: "7b"),
        .init(name: "Ada", role: .student, email: nil, age: -1, className: "7b"),
        .init(name: "Ada", role: .student, email: nil, age: 1000, className: "7b"),
        .init(name: "Ada", role: .student, email: nil, age: nil, className: "  "),
    ]

    @Test(arguments: refused) func otherDetailsAreRefused(details: AccountDetails) throws {
        #expect(throws: ServerError.self) { try accounts.create(details, password: nil, by: .server, now: now) }
        #expect(try school.database.listUsers().isEmpty)
    }

    @Test func theListIsPagedWithoutGapsOrRepetitions() throws {
        for number in 0..<23 { try make("Name \(number % 5)", className: number % 2 == 0 ? "7b" : "8a") }
        var (page, seen) = (PageRequest(limit: 4), [UUID]())
        while true {
            let rows = try accounts.list(.init(), page: page)
            seen += rows.prefix(page.limit).map(\.id)
            guard rows.count > page.limit, let last = rows.prefix(page.limit).last else { break }
            page.after = [last.name, last.id.lowercased]
        }
        #expect(seen.count == 23 && Set(seen).count == 23)
        #expect(try accounts.list(.init(className: "8a"), page: PageRequest()).count == 11)
        #expect(try accounts.list(.init(role: .admin), page: PageRequest()).isEmpty)
        #expect(try accounts.list(.init(search: "name 3"), page: PageRequest()).count == 4)
        #expect(try accounts.list(.init(search: "%"), page: PageRequest()).isEmpty, "it is no pattern")
        #expect(try accounts.list(.init(search: "' OR 1=1 --"), page: PageRequest()).isEmpty)
    }

    @Test func aRemovalLeavesTheNameOnly() throws {
        let ada = try make("Ada", email: "ada@school.example", age: 12)
        _ = try school.database.people.add(
            [NewTemplate(bytes: School.randomTemplate(), quality: "")], name: "Ada", className: "7b", hasConsent: true)
        #expect(try accounts.find(ada.id)?.templates == 1)
        #expect(try accounts.remove(ada.id, by: .server, now: now)?.id == ada.id)
        #expect(try accounts.find(ada.id) == nil)
        #expect(try accounts.remove(ada.id, by: .server, now: now) == nil)
        let row = try #require(try school.look("SELECT * FROM people").first)
        for column in ["email", "age", "password", "image", "consent_ms"] { #expect(row.isNull(column), "\(column)") }
        #expect(row["name"] == .text("Ada") && !row.isNull("removed_ms"))
        #expect(try school.look("SELECT id FROM templates").isEmpty)
    }

    /// A letter to the old address opens nothing, whether it came before the change or is on its way.
    @Test func anotherAddressEndsTheTokensThatWentToTheOldOne() throws {
        let ada = try make("Ada", email: "old@school.example")
        let passwords = school.database.passwords
        let (_, token) = try #require(try passwords.beginReset(email: "old@school.example", now: now))
        func change(_ email: String?) throws {
            _ = try accounts.change(ada.id, by: .server, now: now) { old throws(ServerError) in
                var new = old
                new.email = email
                return new
            }
        }
        _ = try accounts.change(ada.id, by: .server, now: now) { old throws(ServerError) in
            var new = old
            new.age = 12
            return new
        }
        #expect(try passwords.isGood(token, now: now), "another detail is none of its business")
        try change("new@school.example")
        #expect(try !passwords.isGood(token, now: now))
        let late = SecretToken.make(.passwordReset)
        try passwords.begin(late, of: ada.id, at: "old@school.example", for: 1000, now: now)
        #expect(try !passwords.isGood(late, now: now))
        try passwords.begin(late, of: ada.id, at: "new@school.example", for: 1000, now: now)
        #expect(try passwords.isGood(late, now: now))
        try change(nil)
        #expect(try !passwords.isGood(late, now: now))
    }

    @Test func oneAdminStays() throws {
        let first = try make("Ada", .admin, email: "ada@school.example")
        #expect(throws: ServerError.self) { try accounts.remove(first.id, by: .server, now: now) }
        #expect(throws: ServerError.self) {
            _ = try accounts.change(first.id, by: .server, now: now) { old throws(ServerError) in
                var new = old
                new.role = .teacher
                return new
            }
        }
        #expect(try accounts.find(first.id)?.role == .admin)
        try make("Bo", .admin, email: "bo@school.example")
        _ = try accounts.remove(first.id, by: .server, now: now)
    }

    /// Terminals learn of a new class through the roster's revision.
    @Test func aChangeMovesTheRoster() throws {
        let person = try school.enrol("Ada")
        let terminal = try school.database.terminals.add(name: "door").terminal.id
        let first = try school.delta(for: terminal, since: nil)
        _ = try accounts.change(person.id, by: .server, now: now) { old throws(ServerError) in
            var new = old
            new.className = "8a"
            return new
        }
        let second = try school.delta(for: terminal, since: first.cursor)
        #expect(second.people.map(\.className) == ["8a"])
    }

    @Test func whatWasDoneIsInTheAuditTrail() throws {
        let ada = try make("Ada", email: "ada@school.example")
        let admin = UUID()
        _ = try accounts.change(ada.id, by: .person(admin), now: now) { old throws(ServerError) in
            var new = old
            new.email = "countess@school.example"
            new.className = "8a"
            return new
        }
        let entries = try school.database.audit.list(object: ada.id.lowercased, page: PageRequest())
        #expect(entries.map(\.action) == ["person.change", "person.create"])
        #expect(entries[0].actor == admin.lowercased)
        #expect(entries[0].detail == ["changed": "email", "class": "7b to 8a"])
        #expect(!"\(entries)".contains("countess"), "the trail keeps no address: it can never be deleted there")
    }
}
