import Foundation
import SyncProtocol
import Testing

@testable import Server

/// What people are told: the field and what is allowed there, and nothing of terminals or of Swift.
@Suite struct RefusalWordsTests {
    let office: Office

    init() async throws { office = try await Office() }

    private func detail(_ path: String, _ body: String) async throws -> String {
        let answer = try await office.send(.post, path, as: office.admin, body)
        #expect(answer.status == 400, "\(path) \(body)")
        return answer.object["detail"] as? String ?? ""
    }

    @Test func aCorrectionSaysWhatIsAllowed() async throws {
        let student = office.student.id.lowercased
        func correct(_ fields: String) async throws -> String {
            try await detail("/attendance/corrections", "{\(fields)}")
        }
        let rest = "\"session\":\"2026-09-01\",\"reason\":\"x\""
        let person = "\"person\":\"\(student)\""
        for status in ["\"ill\"", "7", "\"\""] {
            #expect(
                try await correct("\(person),\(rest),\"status\":\(status)")
                    == "status: give one of present, late, absent, excused")
        }
        #expect(try await correct("\(person),\(rest)") == "status: it is missing")
        #expect(try await correct("\"person\":\"Ada\",\(rest),\"status\":null") == "person: give a UUID")
        #expect(
            try await correct("\(person),\"reason\":\"x\",\"session\":\"2026-02-30\",\"status\":null")
                == "session: give a date that exists, as 2026-09-01")
        #expect(try await correct("\(person),\(rest),\"status\":null,\"mark\":\"x\"") == "mark: give a UUID")
        #expect(
            try await correct("\(person),\"session\":\"2026-09-01\",\"reason\":null,\"status\":null")
                == "reason: it must not be null")
    }

    @Test func timesAndDaysAreNamed() async throws {
        #expect(
            try await detail("/classes", #"{"name":"9a","present_until":"8:15","absent_after":"11:00"}"#)
                == "present_until: give a time of day, as 08:15 or 08:15:00")
        #expect(
            try await detail("/classes", #"{"name":"9a","present_until":"08:15","absent_after":8}"#)
                == "absent_after: give a time of day, as 08:15 or 08:15:00")
        #expect(
            try await detail("/classes", #"{"name":"9a","present_until":"12:00","absent_after":"11:00"}"#)
                == "present_until must be before absent_after")
        let person = "\"person\":\"\(office.student.id.lowercased)\",\"reason\":\"ill\""
        #expect(
            try await detail("/excuses", #"{\#(person),"first_day":"2026-09-01","last_day":"1.9.2026"}"#)
                == "last_day: give a date that exists, as 2026-09-01")
        #expect(
            try await detail("/excuses", #"{\#(person),"first_day":"2026-09-02","last_day":"2026-09-01"}"#)
                == "first_day must not be after last_day")
    }

    @Test func everythingElseIsPlainToo() async throws {
        let words = [
            (#"{"name":"Eve","role":"head"}"#, "role: give one of admin, teacher, student"),
            (#"{"name":7,"role":"teacher"}"#, "name: give text"),
            (#"{"name":"Eve","role":"teacher","age":"old"}"#, "age: give a whole number"),
            ("[]", "The body: give an object"), ("{", "The body is not JSON."),
            (String(repeating: "[", count: 40), "The body has too many values, or too many levels."),
        ]
        for (body, wanted) in words { #expect(try await detail("/user/create", body) == wanted) }
        let path = "/classes/\(office.classID.lowercased)/teachers"
        let answer = try await office.send(.put, path, as: office.admin, #"{"teachers":["x"]}"#)
        #expect(answer.object["detail"] as? String == "teachers: give a list of UUIDs")
    }

    /// Each kind of a wrong secret has its sentence, whatever is wrong with it.
    @Test func aWrongSecretHasItsNextStep() async throws {
        let school = try School()
        let client = try await RouterClient(school)
        let member = try await client.member(.student)
        let grant = try await client.logIn(member.email)
        let (access, refresh) = (
            try #require(grant.text("access_token")), try #require(grant.text("refresh_token"))
        )
        #expect(try await client.send(.get, "/users/me").text("detail") == "A valid bearer token is needed.")
        #expect(try await client.send(.post, "/logout", token: access).status == 204)
        let ended = try await client.send(.get, "/users/me", token: access)
        #expect(ended.status == 401 && ended.text("detail")?.hasSuffix("Log in again.") == true)
        #expect(try await client.send(.get, "/users/me", token: "x").body == ended.body)

        let used = try await client.send(.post, "/refresh", "{\"refresh_token\":\"\(refresh)\"}")
        #expect(used.status == 401 && used.text("detail")?.contains("refresh token") == true)
        #expect(used.text("detail")?.hasSuffix("Log in again.") == true)
        #expect(try await client.send(.post, "/refresh", "{\"refresh_token\":\"x\"}").body == used.body)

        let code = try school.database.terminals.add(registering: "door").code.code.text
        #expect(try await client.send(.post, Endpoint.register, "{\"code\":\"\(code)\"}").status == 200)
        let again = try await client.send(.post, Endpoint.register, "{\"code\":\"\(code)\"}")
        #expect(again.status == 401)
        #expect(again.text("detail")?.contains("rollcall-server terminal renew --code NAME") == true)
        #expect(again.headers[.wwwAuthenticate] == ended.headers[.wwwAuthenticate])
        let wrong = SecretToken.make(.registration).text
        for other in [wrong, "x"] {
            let answer = try await client.send(.post, Endpoint.register, "{\"code\":\"\(other)\"}")
            #expect(answer.body == again.body || answer.status == 400, "\(other)")
        }
    }
}
