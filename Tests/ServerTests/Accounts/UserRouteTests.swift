import Foundation
import Hummingbird
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct UserRouteTests {
    private let client: RouterClient
    private let school: School
    private let admin: RouterClient.Member

    init() async throws {
        school = try School()
        client = try await RouterClient(school)
        admin = try await client.member(.admin)
    }

    @Test func anAdminRegistersTeachersAndStudents() async throws {
        let body = """
            {"name":"Ada","role":"student","email":"ada@school.example","password":"correct horse","age":12,"class":"7b"}
            """
        let made = try await client.send(.post, "/signup", token: admin.access, body)
        #expect(made.status == 201)
        let id = try #require(made.text("id"))
        #expect(made.headers[.location] == "/users/\(id)")
        #expect(try await client.logIn("ada@school.example", "correct horse").status == 200)
        #expect(try await client.send(.post, "/signup", token: admin.access, body).status == 409)
        let other = body.replacing("\"student\"", with: "\"admin\"").replacing(",\"class\":\"7b\"", with: "")
        #expect(try await client.send(.post, "/signup", token: admin.access, other).status == 400)
        let changed = other.replacing("ada@", with: "bo@")
        #expect(try await client.send(.post, "/user/create", token: admin.access, changed).status == 201)
    }

    @Test func detailsAreChangedOneByOne() async throws {
        let member = try await client.member(.student)
        let path = "/users/\(member.id.lowercased)"
        func change(_ body: String) async throws -> RouterClient.Reply {
            try await client.send(.patch, path, token: admin.access, body)
        }
        let aged = try await change("{\"age\":13}")
        #expect(aged.object["age"] as? Int == 13 && aged.text("email") == member.email)
        let ageless = try await change("{\"age\":null}")
        #expect(ageless.status == 200 && ageless.object["age"] is NSNull)
        #expect(try await change("{\"class\":\"8a\",\"name\":\"Another\"}").text("class") == "8a")
        #expect(try await change("{\"class\":null}").status == 400, "a student has a class")
        #expect(try await change("{\"klass\":\"8a\"}").status == 400, "a field that there is not")
        #expect(try await change("{\"role\":\"king\"}").status == 400)
        #expect(try await change("{\"email\":\"\(admin.email)\"}").status == 409)
    }

    @Test func whoIsRemovedIsGone() async throws {
        let member = try await client.member(.student)
        let path = "/users/\(member.id.lowercased)"
        #expect(try await client.send(.delete, path, token: admin.access).status == 204)
        #expect(try await client.send(.get, path, token: admin.access).status == 404)
        #expect(try await client.send(.delete, path, token: admin.access).status == 404)
        #expect(try await client.send(.get, "/users/me", token: member.access).status == 401, "and so is their token")
        #expect(
            try await client.send(.delete, "/users/\(admin.id)", token: admin.access).status == 409, "the only admin")
    }

    @Test func theListIsPaged() async throws {
        for _ in 0..<7 { _ = try await client.member(.student) }
        var (path, seen) = ("/users?limit=3", [String]())
        while true {
            let reply = try await client.send(.get, path, token: admin.access)
            #expect(reply.status == 200 && reply.items.count <= 3)
            seen += reply.items.compactMap { $0["id"] as? String }
            guard let next = reply.text("next") else { break }
            path = "/users?limit=3&cursor=\(next)"
        }
        #expect(seen.count == 8 && Set(seen).count == 8)
        let students = try await client.send(.get, "/users?role=student", token: admin.access)
        #expect(students.items.count == 7)
    }

    @Test(arguments: [
        "limit=0", "limit=501", "limit=x", "limit=", "limit=1&limit=2", "cursor=x", "cursor=!!!", "cursor=W10",
        "cursor=WyJhIl0", "role=king", "class=", "search=%00",
    ]) func otherQueriesAreRefused(query: String) async throws {
        #expect(try await client.send(.get, "/users?\(query)", token: admin.access).status == 400, "\(query)")
    }

    @Test(arguments: ["x", "00000000-0000-0000-0000-00000000000", "..%2f..%2fetc%2fpasswd", "%00", "' OR 1=1 --"])
    func whatIsNoIdIsNothing(id: String) async throws {
        let path = "/users/\(id.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? id)"
        #expect(try await client.send(.get, path, token: admin.access).status == 404)
    }

    @Test func classesHaveTeachersAndTimes() async throws {
        let teacher = try await client.member(.teacher)
        let made = try await client.send(.post, "/classes", token: admin.access, "{\"name\":\"7b\"}")
        #expect(made.status == 201)
        let path = "/classes/\(try #require(made.text("id")))"
        let body = "{\"teachers\":[\"\(teacher.id)\"]}"
        #expect(try await client.send(.put, "\(path)/teachers", token: admin.access, body).status == 200)
        #expect(
            try await client.send(.put, "\(path)/teachers", token: admin.access, "{\"teachers\":[\"\(admin.id)\"]}")
                .status
                == 400, "an admin is no teacher")
        let timed = "{\"name\":\"7c\",\"present_until\":\"08:30\",\"absent_after\":\"10:00\"}"
        let changed = try await client.send(.put, path, token: admin.access, timed)
        #expect(changed.text("name") == "7c" && changed.object["teachers"] as? [String] == [teacher.id.lowercased])
        for wrong in [
            "{\"name\":\"7c\",\"present_until\":\"08:30\"}", "{\"name\":\"\"}", "{}",
            "{\"name\":\"7c\",\"present_until\":\"11:30\",\"absent_after\":\"10:00\"}",
        ] {
            #expect(try await client.send(.put, path, token: admin.access, wrong).status == 400, "\(wrong)")
        }
        _ = try await client.member(.student, className: "7c")
        #expect(try await client.send(.delete, path, token: admin.access).status == 409, "it has a student")
        #expect(try await client.send(.get, "/classes", token: teacher.access).items.count == 1)
    }
}
