import Foundation
import Hummingbird
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct LoginRouteTests {
    private let client: RouterClient
    private let school: School

    init() async throws {
        school = try School()
        client = try await RouterClient(school)
    }

    @Test func aLoginOpensWhatItMay() async throws {
        let member = try await client.member(.student)
        #expect(try await client.send(.get, "/users/me").status == 401)
        let me = try await client.send(.get, "/users/me", token: member.access)
        #expect(me.status == 200 && me.text("id") == member.id.lowercased && me.text("email") == member.email)
        #expect(me.headers[.cacheControl] == "no-store")
        #expect(!String(decoding: me.body, as: UTF8.self).contains("scrypt"))
    }

    /// Somebody who tries addresses learns nothing of which there are.
    @Test func aWrongNameAndAWrongPasswordAreAnsweredAlike() async throws {
        let member = try await client.member(.student)
        let wrong = try await client.logIn(member.email, "wrong password")
        for (email, password) in [
            ("nobody@school.example", "wrong password"), ("no address", "wrong password"), (member.email, ""),
            (member.email, String(repeating: "x", count: 300)),
        ] {
            let other = try await client.logIn(email, password)
            #expect(other.status == 401 && other.body == wrong.body)
            #expect(other.headers[.wwwAuthenticate] == wrong.headers[.wwwAuthenticate])
        }
        let removed = try await client.member(.student)
        _ = try school.database.accounts.remove(removed.id, by: .server, now: Clock.now)
        #expect(try await client.logIn(removed.email).body == wrong.body)
    }

    /// What takes the time is the hash, and every answer has cost one of the same price.
    @Test func aWrongNameCostsAsMuchAsAWrongPassword() async throws {
        let member = try await client.member(.student)
        let logins = client.routes.logins
        for (email, password) in [
            (member.email, "wrong password"), ("nobody@school.example", "wrong password"),
            ("no address", "wrong password"),
            (member.email, ""),
        ] {
            let before = logins.hashes
            #expect(try await logins.login(email: email, password: password, now: Clock.now) == nil)
            #expect(logins.hashes == before + 1, "\(email)")
        }
    }

    @Test func tooManyWrongPasswordsWait() async throws {
        let member = try await client.member(.student)
        for _ in 0..<5 { #expect(try await client.logIn(member.email, "wrong password").status == 401) }
        let sixth = try await client.logIn(member.email)
        #expect(sixth.status == 429 && (Int(sixth.headers[.retryAfter] ?? "") ?? 0) > 0)
        // Another account from the same address is another matter, and who is logged in stays so.
        _ = try await client.member(.student)
        #expect(try await client.send(.get, "/users/me", token: member.access).status == 200)
    }

    @Test func manyWrongPasswordsAtOnceAreNotAllTried() async throws {
        let member = try await client.member(.student)
        let before = client.routes.logins.hashes
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<30 { group.addTask { try await client.logIn(member.email, "wrong password").status } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 401 } == 5 && statuses.count { $0 == 429 } == 25)
        #expect(client.routes.logins.hashes == before + 5)
    }

    /// Whoever floods the line of passwords is sent away, and others still get a place in it.
    @Test func aFloodOfPasswordsIsSentAway() async throws {
        let logins = try Logins(
            database: client.routes.database, tokens: client.routes.logins.tokens,
            cost: .init(rounds: 1 << 12, blockSize: 8, lanes: 1))
        @Sendable func status(from network: String) async throws -> Int {
            do {
                let grant = try await logins.login(
                    email: "no address", password: "wrong password", from: network, now: Clock.now)
                return grant == nil ? 401 : 200
            } catch let problem as Problem {
                #expect(problem.headers[.retryAfter] != nil)
                return problem.status.code
            }
        }
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<150 { group.addTask { try await status(from: "a") } }
            group.addTask { try await status(from: "b") + 1000 }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 503 } > 0 && statuses.contains(1401))
        #expect(statuses.count { $0 == 401 } + 1 == logins.hashes)
    }

    @Test func whoIsNotLoggedInHasLittleToSay() async throws {
        let long = String(repeating: "x", count: 9000)
        for (path, body) in [
            ("/login", "{\"email\":\"\(long)\",\"password\":\"x\"}"), ("/refresh", "{\"refresh_token\":\"\(long)\"}"),
            ("/password/reset", "{\"token\":\"\(long)\",\"new_password\":\"correct horse\"}"),
            ("/password/forgot", "{\"email\":\"\(long)\"}"),
        ] {
            #expect(try await client.send(.post, path, body).status == 413, "\(path)")
        }
        // Every character of the longest password as an escape of JSON.
        let longest = String(repeating: "\\ud83d\\ude00", count: 256)
        let body = "{\"email\":\"ada@school.example\",\"password\":\"\(longest)\"}"
        #expect(try await client.send(.post, "/login", body).status == 401)
    }

    @Test func aLoginIsRefreshedOnceAndEndsWhenARefreshIsStolen() async throws {
        let member = try await client.member(.teacher)
        let login = try await client.logIn(member.email)
        let first = try #require(login.text("refresh_token"))
        let renewed = try await client.send(.post, "/refresh", "{\"refresh_token\":\"\(first)\"}")
        #expect(renewed.status == 200)
        let access = try #require(renewed.text("access_token"))
        #expect(try await client.send(.get, "/users/me", token: access).status == 200)
        #expect(try await client.send(.post, "/refresh", "{\"refresh_token\":\"\(first)\"}").status == 401)
        #expect(
            try await client.send(.get, "/users/me", token: access).status == 401, "the thief's and the owner's end")
        let second = try #require(renewed.text("refresh_token"))
        #expect(try await client.send(.post, "/refresh", "{\"refresh_token\":\"\(second)\"}").status == 401)
        #expect(try await client.send(.get, "/users/me", token: member.access).status == 200, "another login")
    }

    @Test func logoutEndsTheAccessTokenToo() async throws {
        let member = try await client.member(.admin)
        #expect(try await client.send(.post, "/logout", token: member.access).status == 204)
        #expect(try await client.send(.get, "/users/me", token: member.access).status == 401)
    }

    @Test func aNewPasswordEndsEveryLogin() async throws {
        let member = try await client.member(.student)
        let new = "another good one"
        let wrong = "{\"old_password\":\"wrong password\",\"new_password\":\"\(new)\"}"
        #expect(try await client.send(.post, "/password", token: member.access, wrong).status == 403)
        let short = "{\"old_password\":\"\(RouterClient.password)\",\"new_password\":\"short\"}"
        #expect(try await client.send(.post, "/password", token: member.access, short).status == 400)
        let right = "{\"old_password\":\"\(RouterClient.password)\",\"new_password\":\"\(new)\"}"
        #expect(try await client.send(.post, "/password", token: member.access, right).status == 204)
        #expect(try await client.send(.get, "/users/me", token: member.access).status == 401)
        #expect(try await client.logIn(member.email).status == 401)
        #expect(try await client.logIn(member.email, new).status == 200)
    }

    @Test func aForgottenPasswordIsSetOnceByItsToken() async throws {
        let member = try await client.member(.student)
        let (_, older) = try #require(try school.database.passwords.beginReset(email: member.email, now: Clock.now))
        let (_, token) = try #require(try school.database.passwords.beginReset(email: member.email, now: Clock.now))
        func reset(_ token: SecretToken, _ password: String = "a new password") async throws -> Int {
            try await client.send(
                .post, "/password/reset", "{\"token\":\"\(token.text)\",\"new_password\":\"\(password)\"}"
            ).status
        }
        #expect(try await reset(older) == 401, "only the newest is good")
        #expect(try await reset(SecretToken.make(.passwordReset)) == 401)
        #expect(try await reset(token, "short") == 400)
        #expect(try await reset(token) == 204)
        #expect(try await reset(token) == 401)
        #expect(try await client.logIn(member.email, "a new password").status == 200)
        #expect(try await client.send(.get, "/users/me", token: member.access).status == 401)
        let old = try #require(
            try school.database.passwords.beginReset(
                email: member.email, now: Clock.now.advanced(byMilliseconds: -PasswordStore.resetLifetime - 1)))
        #expect(try await reset(old.token) == 401, "too old")
    }

    @Test func aPasswordIsHashedAnewAtLoginWhenItsCostIsOld() async throws {
        let details = AccountDetails(name: "Ada", role: .teacher, email: "ada@school.example", age: nil, className: nil)
        let cheap = PasswordHash.Cost(rounds: 2, blockSize: 1, lanes: 1)
        let old = try PasswordHash(of: Password(chosen: RouterClient.password), cost: cheap)
        let account = try school.database.accounts.create(details, password: old, by: .server, now: Clock.now)
        #expect(try await client.logIn("ada@school.example").status == 200)
        #expect(try school.database.passwords.find(account.id)?.cost == School.cost)
        #expect(try await client.logIn("ada@school.example").status == 200)
    }

    static let badBodies = [
        "", "x", "[]", "{}", "{\"email\":\"a@b.example\"}", "{\"email\":1,\"password\":\"x\"}",
        "{\"email\":\"a@b.example\",\"password\":\"correct horse\",\"admin\":true}",
        "{\"email\":null,\"password\":null}", "{\"email\":\"\u{0}\",\"password\":",
    ]

    @Test(arguments: badBodies) func otherBodiesAreRefused(body: String) async throws {
        for path in ["/login", "/refresh", "/password/reset"] {
            #expect(try await client.send(.post, path, body).status == 400, "\(path) \(body)")
        }
    }
}
