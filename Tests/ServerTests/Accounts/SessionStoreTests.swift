import Attendance
import Foundation
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct SessionStoreTests {
    private let school: School
    private let person: UUID
    private var sessions: SessionStore { school.database.sessions }
    private let now = Clock.now

    init() throws {
        school = try School()
        let details = AccountDetails(name: "Ada", role: .teacher, email: "ada@school.example", age: nil, className: nil)
        person = try school.database.accounts.create(details, password: nil, by: .server, now: Clock.now).id
    }

    private func renewed(_ result: SessionStore.Refreshed) -> SessionStore.Opened? {
        if case .renewed(let opened) = result { opened } else { nil }
    }

    private func isLoggedIn(_ session: UUID, at moment: Instant? = nil) throws -> Bool {
        try sessions.caller(person: person, session: session, now: moment ?? now) != nil
    }

    @Test func aRefreshTokenIsGoodOnce() throws {
        let first = try sessions.open(person, now: now)
        #expect(try isLoggedIn(first.session))
        let second = try #require(renewed(try sessions.refresh(first.refresh, now: now)))
        #expect(second.session == first.session && second.refresh != first.refresh)
        let third = try #require(renewed(try sessions.refresh(second.refresh, now: now)))
        #expect(try isLoggedIn(first.session))
        // A second use of any earlier one is a theft: the whole login ends, the newest token with it.
        guard case .reused(let owner, let session) = try sessions.refresh(first.refresh, now: now) else {
            Issue.record("a second use was not noticed")
            return
        }
        #expect(owner == person && session == first.session)
        #expect(try !isLoggedIn(first.session))
        #expect(renewed(try sessions.refresh(third.refresh, now: now)) == nil)
    }

    @Test func oneLoginEndsWithoutTheOthers() throws {
        let phone = try sessions.open(person, now: now)
        let desk = try sessions.open(person, now: now)
        try sessions.end(phone.session, now: now)
        #expect(try !isLoggedIn(phone.session))
        #expect(try isLoggedIn(desk.session))
        #expect(renewed(try sessions.refresh(phone.refresh, now: now)) == nil)
        #expect(renewed(try sessions.refresh(desk.refresh, now: now)) != nil)
    }

    @Test func aLoginThatIsNotUsedEnds() throws {
        let opened = try sessions.open(person, now: now)
        let late = now.advanced(byMilliseconds: SessionStore.lifetime)
        #expect(renewed(try sessions.refresh(opened.refresh, now: late)) == nil)
        #expect(try !isLoggedIn(opened.session, at: late))
        let used = try sessions.open(person, now: now)
        let soon = now.advanced(byMilliseconds: SessionStore.lifetime - 1000)
        #expect(renewed(try sessions.refresh(used.refresh, now: soon)) != nil)
        #expect(try isLoggedIn(used.session, at: late), "each use prolongs it")
    }

    @Test func passwordRoleAndRemovalEndEveryLogin() throws {
        let hash = try PasswordHash(of: Password(chosen: "correct horse"), cost: School.cost)
        let first = try sessions.open(person, now: now)
        #expect(try school.database.passwords.set(hash, of: person, by: .server, now: now))
        #expect(try !isLoggedIn(first.session))

        let second = try sessions.open(person, now: now)
        _ = try school.database.accounts.change(person, by: .server, now: now) { old throws(ServerError) in
            var new = old
            new.role = .admin
            return new
        }
        #expect(try !isLoggedIn(second.session))

        let third = try sessions.open(person, now: now)
        let other = AccountDetails(name: "Bo", role: .admin, email: "bo@school.example", age: nil, className: nil)
        _ = try school.database.accounts.create(other, password: hash, by: .server, now: now)
        _ = try school.database.accounts.remove(person, by: .server, now: now)
        #expect(try !isLoggedIn(third.session))
        #expect(renewed(try sessions.refresh(third.refresh, now: now)) == nil)
    }

    @Test func foreignSessionsAreNobodys() throws {
        let opened = try sessions.open(person, now: now)
        #expect(try sessions.caller(person: UUID(), session: opened.session, now: now) == nil)
        #expect(try sessions.caller(person: person, session: UUID(), now: now) == nil)
        #expect(renewed(try sessions.refresh(SecretToken.make(.refresh), now: now)) == nil)
    }

    @Test func whatIsLongOverIsForgotten() throws {
        let old = try sessions.open(person, now: now)
        _ = try sessions.refresh(old.refresh, now: now)
        _ = try sessions.open(person, now: now.advanced(byMilliseconds: 3 * SessionStore.lifetime))
        #expect(try school.look("SELECT id FROM sessions").count == 1)
        #expect(try school.look("SELECT hash FROM refresh_tokens").count == 1)
    }

    @Test func tokensAreStoredAsHashesOnly() throws {
        let token = try sessions.open(person, now: now).refresh
        let rows = try school.look("SELECT hash FROM refresh_tokens")
        #expect(rows.first?["hash"] == .blob(token.hash))
        #expect(!"\(rows)".contains(token.text.dropFirst(4)))
    }
}
