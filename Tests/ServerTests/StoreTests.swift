import Attendance
import Database
import Foundation
import Testing

@testable import Server

/// Accounts, passwords, sessions, classes and the audit trail, the same on each database.
@Suite(.onEveryDatabase) struct StoreTests {
    let school: School

    init() throws { school = try School() }

    private var database: ServerDatabase { school.database }

    private func make(
        _ name: String, _ role: Role = .student, email: String? = nil, className: String? = nil,
        password: PasswordHash? = nil
    ) throws -> Account {
        let details = AccountDetails(
            name: name, role: role, email: email, age: 12, className: className ?? (role == .student ? "7b" : nil))
        return try database.accounts.create(details, password: password, by: .server, now: School.morning)
    }

    private func hash(_ password: String) throws -> PasswordHash {
        try PasswordHash(of: try Password(chosen: password), cost: School.cost)
    }

    private func isTaken(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return false
        } catch ServerError.taken { return true } catch { return false }
    }

    @Test func anAccountIsMadeFoundChangedAndRemoved() throws {
        let ada = try make("Ada", email: "Ada@School.example")
        #expect(try database.accounts.find(ada.id) == ada)
        #expect(ada.email == "ada@school.example" && ada.className == "7b" && ada.created == School.morning)
        #expect(isTaken { _ = try make("Other", email: "ada@school.example") })
        let changed = try database.accounts.change(ada.id, by: .server, now: School.morning) {
            details throws(ServerError) in
            var details = details
            details.name = "Ada L."
            details.className = "8a"
            return details
        }
        #expect(changed?.name == "Ada L." && changed?.className == "8a")
        #expect(try database.classes.all().map(\.name) == ["7b", "8a"])
        #expect(try database.accounts.remove(ada.id, by: .server, now: School.morning)?.name == "Ada L.")
        #expect(try database.accounts.find(ada.id) == nil)
        #expect(try make("Again", email: "ada@school.example").id != ada.id)
    }

    @Test func theLastAdminStays() throws {
        let only = try make("Root", .admin, email: "root@school.example")
        #expect(isTaken { _ = try database.accounts.remove(only.id, by: .server, now: School.morning) })
        _ = try make("Second", .admin, email: "second@school.example")
        #expect(try database.accounts.remove(only.id, by: .server, now: School.morning) != nil)
    }

    @Test func listsAreFilteredAndPaged() throws {
        for name in ["Cem", "Ada", "Ben", "Ada", "Émile"] { _ = try make(name) }
        _ = try make("Teacher", .teacher, email: "t@school.example")
        var page = PageRequest(limit: 2)
        var names: [String] = []
        while true {
            let rows = try database.accounts.list(.init(role: .student), page: page)
            names += rows.prefix(2).map(\.name)
            guard rows.count > 2, let last = rows.prefix(2).last else { break }
            page.after = [last.name, last.id.lowercased]
        }
        #expect(names == ["Ada", "Ada", "Ben", "Cem", "Émile"])
        func found(_ filter: AccountStore.Filter) throws -> [String] {
            try database.accounts.list(filter, page: .init(limit: 50)).map(\.name)
        }
        #expect(try found(.init(search: "aD")) == ["Ada", "Ada"])
        #expect(try found(.init(search: "t@sch")) == ["Teacher"])
        #expect(try found(.init(search: "%")).isEmpty && found(.init(search: "' OR 1=1 --")).isEmpty)
        #expect(try found(.init(role: .teacher)) == ["Teacher"] && found(.init(className: "9z")).isEmpty)
    }

    @Test func aPasswordIsSetResetOnceAndEndsEveryLogin() throws {
        let ada = try make("Ada", email: "ada@school.example", password: try hash("correct horse battery"))
        #expect(try database.passwords.find(email: "ada@school.example")?.person == ada.id)
        let opened = try database.sessions.open(ada.id, now: School.morning)
        let reset = try #require(try database.passwords.beginReset(email: "ada@school.example", now: School.morning))
        #expect(try database.passwords.beginReset(email: "nobody@school.example", now: School.morning) == nil)
        #expect(try database.passwords.isGood(reset.token, now: School.morning))
        let later = School.morning.advanced(byMilliseconds: PasswordStore.resetLifetime)
        #expect(try !database.passwords.isGood(reset.token, now: later))
        let new = try hash("another long password")
        #expect(try database.passwords.reset(reset.token, to: new, now: School.morning))
        #expect(try !database.passwords.reset(reset.token, to: new, now: School.morning))
        #expect(try database.passwords.find(ada.id)?.text == new.text)
        #expect(try database.sessions.caller(person: ada.id, session: opened.session, now: School.morning) == nil)
    }

    @Test func aSessionIsRefreshedAndASecondUseEndsIt() throws {
        let ada = try make("Ada", email: "ada@school.example")
        let first = try database.sessions.open(ada.id, now: School.morning)
        #expect(
            try database.sessions.caller(person: ada.id, session: first.session, now: School.morning)?.role == .student)
        guard case .renewed(let second) = try database.sessions.refresh(first.refresh, now: School.morning) else {
            Issue.record("a good token is refused")
            return
        }
        #expect(second.session == first.session)
        guard case .reused(ada.id, first.session) = try database.sessions.refresh(first.refresh, now: School.morning)
        else {
            Issue.record("a second use goes unseen")
            return
        }
        guard case .unknown = try database.sessions.refresh(second.refresh, now: School.morning) else {
            Issue.record("the session goes on")
            return
        }
        #expect(try database.sessions.caller(person: ada.id, session: first.session, now: School.morning) == nil)
    }

    /// Of two who use one token at one moment, one gets the next and the other ends the session.
    @Test func aTokenThatIsUsedTwiceAtOnceIsUsedOnce() throws {
        let ada = try make("Ada", email: "ada@school.example")
        let token = try database.sessions.open(ada.id, now: School.morning).refresh
        let results = try atOnce(2) { [database] in
            String("\(try database.sessions.refresh(token, now: School.morning))".prefix(7))
        }
        #expect(results.sorted() == ["renewed", "reused("])
    }

    @Test func aClassIsMadeRenamedTaughtAndRemoved() throws {
        let classes = database.classes
        let made = try classes.create(.init(name: "7c"), by: .server, now: School.morning)
        #expect(isTaken { _ = try classes.create(.init(name: "7c"), by: .server, now: School.morning) })
        let teacher = try make("Teacher", .teacher, email: "t@school.example")
        let student = try make("Ada", className: "7c")
        _ = try classes.setTeachers([teacher.id], of: made.id, by: .server, now: School.morning)
        let session = try database.sessions.open(teacher.id, now: School.morning).session
        let caller = try database.sessions.caller(person: teacher.id, session: session, now: School.morning)
        #expect(caller?.teaches == [made.id])
        _ = try classes.change(made.id, to: .init(name: "8c"), by: .server, now: School.morning)
        #expect(try database.accounts.find(student.id)?.className == "8c")
        #expect(isTaken { _ = try classes.remove(made.id, by: .server, now: School.morning) })
        _ = try database.accounts.remove(student.id, by: .server, now: School.morning)
        #expect(try classes.remove(made.id, by: .server, now: School.morning))
        #expect(try classes.find(made.id) == nil)
    }

    @Test func theTrailIsWholeAfterManyWritersAndShowsAChange() throws {
        let results = try atOnce(4) {
            for _ in 0..<5 { _ = try make("Person") }
            return "done"
        }
        #expect(results == Array(repeating: "done", count: 4))
        let verified = try database.audit.verify()
        #expect(verified.entries == 20 && verified.fault == nil)
        let entries = try database.audit.list(object: nil, page: .init(limit: 7))
        #expect(entries.prefix(7).map(\.number) == Array((14...20).reversed()))
        let revisions = try school.look("SELECT revision FROM people ORDER BY revision").map {
            try $0.integer("revision")
        }
        #expect(revisions == Array(1...20))
        _ = try school.look("UPDATE audit SET actor = 'nobody' WHERE number = 7")
        #expect(try database.audit.verify().fault == .entry(7))
    }

    /// What people send may hold what one of the databases cannot store.
    @Test func aNULNeverBreaksASearch() throws {
        _ = try make("Ada")
        switch Result(catching: { try database.accounts.list(.init(search: "A\0"), page: .init()) }) {
        case .success(let found): #expect(found.isEmpty)
        case .failure(ServerError.storage(.unstorable(let details))): #expect(!details.message.contains("A\0"))
        case .failure(let error): throw error
        }
    }

    /// Runs the body on so many threads at one time.
    private func atOnce<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable () throws -> Value
    ) throws -> [Value] {
        let results = Collected<Result<Value, any Error>>()
        let all = DispatchGroup()
        for _ in 0..<count {
            all.enter()
            Thread.detachNewThread {
                results.add(Result { try body() })
                all.leave()
            }
        }
        all.wait()
        return try results.all.map { try $0.get() }
    }
}
