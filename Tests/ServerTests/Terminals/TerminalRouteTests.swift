import Attendance
import Foundation
import HTTPTypes
import SyncProtocol
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct TerminalRouteTests {
    let school: School
    let client: RouterClient
    let admin: String

    init() async throws {
        school = try School()
        client = try await RouterClient(school)
        admin = try await client.member(.admin).access
    }

    private func create(_ name: String, _ more: String = "") async throws -> RouterClient.Reply {
        try await client.send(.post, "/terminals", token: admin, "{\"name\":\"\(name)\"\(more)}")
    }

    private func terminal(in reply: RouterClient.Reply) -> [String: Any] {
        reply.object["terminal"] as? [String: Any] ?? [:]
    }

    @Test func anAdminMakesATerminalThatRegistersItself() async throws {
        _ = try school.enrol("Ada", className: "7b")
        let classID = try #require(try school.database.classes.find(name: "7b")).id.lowercased
        let made = try await create("north door", ",\"classes\":[\"\(classID)\"]")
        #expect(made.status == 201)
        let id = try #require(terminal(in: made)["id"] as? String)
        #expect(made.headers[.location] == "/terminals/\(id)")
        #expect(terminal(in: made)["state"] as? String == "unregistered")
        #expect(terminal(in: made)["classes"] as? [String] == [classID])
        let code = try #require(made.text("registration_code"))
        let grant = try TokenGrant(
            json: try await client.send(.post, Endpoint.register, "{\"code\":\"\(code)\"}").body)
        let read = try await client.send(.get, "/terminals/\(id)", token: admin)
        #expect(read.text("state") == "good" && read.text("name") == "north door")
        #expect(read.object["last_seen_at"] is NSNull && read.object["code_expires_at"] is NSNull)
        #expect(!String(decoding: read.body, as: UTF8.self).contains("rct_"))
        let roster = try await client.send(.get, Endpoint.roster, token: grant.token)
        #expect(try RosterDelta(json: roster.body).people.map(\.name) == ["Ada"])
    }

    @Test func whatCannotBeIsRefused() async throws {
        #expect(try await create("door").status == 201)
        #expect(try await create("door").status == 409)
        #expect(try await create("").status == 400)
        #expect(try await create("gate", ",\"classes\":[\"\(UUID())\"]").status == 400)
        #expect(try await create("gate", ",\"classes\":[7]").status == 400)
        #expect(try await create("gate", ",\"token\":\"mine\"").status == 400)
        #expect(try await client.send(.get, "/terminals", token: admin).items.count == 1, "nothing is half made")
        let nobody = UUID().lowercased
        #expect(try await client.send(.get, "/terminals/\(nobody)", token: admin).status == 404)
        #expect(try await client.send(.get, "/terminals/junk", token: admin).status == 404)
        for action in ["renew", "revoke"] {
            #expect(try await client.send(.post, "/terminals/\(nobody)/\(action)", token: admin).status == 404)
        }
        let body = "{\"classes\":[]}"
        #expect(try await client.send(.put, "/terminals/\(nobody)/classes", token: admin, body).status == 404)
        #expect(try await client.send(.get, "/users/\(nobody)/deletion", token: admin).status == 404)
    }

    @Test func healthIsShownAsItWasTold() async throws {
        let id = try school.database.terminals.add(name: "door").terminal.id
        let now = Clock.now
        let cursor = try school.pull(for: id).cursor
        _ = try school.enrol("Ada")
        try school.beat(id, cursor: cursor, at: now) {
            $0.time = now.advanced(byMilliseconds: -7000)
            $0.outboxDepth = 4
            $0.outboxWalkBys = 6
            $0.rosterPeople = 12
        }
        let read = try await client.send(.get, "/terminals/\(id.lowercased)", token: admin)
        let seen = try TimeZoneRules.installed("Europe/London").text(of: now)
        #expect(read.text("last_seen_at") == seen && read.text("version") == serverVersion)
        let clock = read.object["clock"] as? [String: Any]
        #expect(clock?["offset_ms"] as? Int == 7000 && clock?["trust"] as? String == "synchronised")
        let outbox = read.object["outbox"] as? [String: Any]
        #expect(outbox?["waiting"] as? Int == 4 && outbox?["walk_bys"] as? Int == 6)
        let behind = (read.object["roster"] as? [String: Any])?["behind"] as? Int
        #expect(behind ?? 0 > 0, "Ada is new")
        let needs = read.object["needs"] as? [[String: Any]]
        #expect(needs?.compactMap { $0["reason"] as? String } == ["clock_off"])
        // An older terminal tells neither its time nor how many walk-bys wait.
        try school.beat(id, cursor: nil, at: now) { $0.time = nil }
        let silent = try await client.send(.get, "/terminals/\(id.lowercased)", token: admin)
        #expect((silent.object["clock"] as? [String: Any])?["offset_ms"] is NSNull)
        #expect((silent.object["outbox"] as? [String: Any])?["walk_bys"] is NSNull)
    }

    @Test func whatNeedsATechnicianIsAListInPages() async throws {
        for name in ["a", "b", "c"] {
            let id = try school.database.terminals.add(name: name).terminal.id
            try school.beat(id, cursor: nil, at: Clock.now) {
                guard name != "b" else { return }
                $0.camera = "no such device"
                $0.outboxRejected = 1
            }
        }
        var cursor: String?
        var found: [[String]] = []
        repeat {
            let query = cursor.map { "&cursor=\($0)" } ?? ""
            let reply = try await client.send(.get, "/terminals/attention?limit=1\(query)", token: admin)
            #expect(reply.status == 200)
            found += reply.items.map { item in ["name", "reason"].compactMap { item[$0] as? String } }
            #expect(reply.items.allSatisfy { ($0["detail"] as? String)?.contains("rollcallctl") == true })
            cursor = reply.text("next")
        } while cursor != nil
        #expect(found == [["a", "camera"], ["a", "rejected_marks"], ["c", "camera"], ["c", "rejected_marks"]])
    }

    @Test func aTerminalIsRevokedAndRenewed() async throws {
        let (terminal, token) = try school.database.terminals.add(name: "door")
        let path = "/terminals/\(terminal.id.lowercased)"
        #expect(try await client.send(.post, "\(path)/revoke", token: admin).text("state") == "revoked")
        #expect(try await client.send(.post, "\(path)/revoke", token: admin).status == 200, "once more does no harm")
        #expect(try await client.send(.get, Endpoint.roster, token: token.text).status == 401)
        let renewed = try await client.send(.post, "\(path)/renew", token: admin)
        #expect(renewed.status == 200 && renewed.text("registration_code")?.hasPrefix("rcg_") == true)
        #expect(self.terminal(in: renewed)["state"] as? String == "revoked", "until the code is used")
        let actions = try school.database.audit.list(object: terminal.id.lowercased, page: PageRequest()).map(\.action)
        #expect(actions == ["terminal.renew", "terminal.revoke", "terminal.create"])
    }

    @Test func oneMadeByMistakeIsRemovedAndOneThatWasInTouchStays() async throws {
        let classID = try school.database.classes.create(.init(name: "7b"), by: .server, now: Clock.now).id
        let mistake = try school.database.terminals.create(
            "dor", classes: [classID], by: .server, now: Clock.now
        ).terminal.id
        let path = "/terminals/\(mistake.lowercased)"
        #expect(try await client.send(.delete, path, token: admin).status == 204)
        #expect(try await client.send(.delete, path, token: admin).status == 404)
        #expect(try await client.send(.get, path, token: admin).status == 404)
        let actions = try school.database.audit.list(object: mistake.lowercased, page: PageRequest()).map(\.action)
        #expect(actions == ["terminal.remove", "terminal.create"])

        let seen = try school.database.terminals.add(name: "door").terminal.id
        try school.beat(seen, cursor: nil, at: Clock.now)
        let holder = try school.database.terminals.add(name: "gate").terminal.id
        _ = try school.enrol("Ada")
        _ = try school.pull(for: holder)
        for id in [seen, holder] {
            let refused = try await client.send(.delete, "/terminals/\(id.lowercased)", token: admin)
            #expect(refused.status == 409 && refused.text("detail")?.contains("revoke it") == true)
            #expect(try school.database.terminals.find(id) != nil)
        }
    }

    @Test func classesAreSetAsAWhole() async throws {
        let id = try school.database.terminals.add(name: "door").terminal.id
        let classes = try ["7b", "8a"].map { name in
            try school.database.classes.create(.init(name: name), by: .server, now: Clock.now).id.lowercased
        }
        let path = "/terminals/\(id.lowercased)/classes"
        let body = "{\"classes\":[\"\(classes[0])\",\"\(classes[1])\",\"\(classes[0])\"]}"
        let both = try await client.send(.put, path, token: admin, body)
        #expect(Set(both.object["classes"] as? [String] ?? []) == Set(classes))
        let unknown = try await client.send(.put, path, token: admin, "{\"classes\":[\"\(UUID())\"]}")
        #expect(unknown.status == 400)
        let none = try await client.send(.put, path, token: admin, "{\"classes\":[]}")
        #expect((none.object["classes"] as? [String])?.isEmpty == true)
        #expect(try await client.send(.put, path, token: admin, "{}").status == 400)
    }

    @Test func aDeletionIsShown() async throws {
        let terminal = try school.database.terminals.add(name: "door").terminal.id
        let ada = try school.enrol("Ada")
        let path = "/users/\(ada.id.lowercased)/deletion"
        #expect(try await client.send(.get, path, token: admin).status == 409)
        try school.beat(terminal, cursor: try school.pull(for: terminal).cursor)
        #expect(try await client.send(.delete, "/users/\(ada.id.lowercased)", token: admin).status == 204)
        let waiting = try await client.send(.get, path, token: admin)
        #expect(waiting.status == 200 && waiting.object["complete"] as? Bool == false)
        #expect(waiting.text("removed_at") != nil && waiting.text("user_id") == ada.id.lowercased)
        try school.beat(terminal, cursor: try school.pull(for: terminal).cursor)
        let done = try await client.send(.get, path, token: admin)
        #expect(done.object["complete"] as? Bool == true)
        let entries = done.object["terminals"] as? [[String: Any]]
        #expect(entries?.first?["state"] as? String == "confirmed")
        #expect(entries?.first?["last_seen_at"] as? String == "2026-09-01T08:30:00.000+01:00")
    }

    @Test func onlyAdminsSeeAndChangeTerminals() async throws {
        let id = try school.database.terminals.add(name: "door").terminal.id.lowercased
        let routes: [(HTTPRequest.Method, String)] = [
            (.get, "/terminals"), (.post, "/terminals"), (.get, "/terminals/attention"), (.get, "/terminals/\(id)"),
            (.delete, "/terminals/\(id)"), (.put, "/terminals/\(id)/classes"), (.post, "/terminals/\(id)/renew"),
            (.post, "/terminals/\(id)/revoke"),
            (.get, "/users/\(id)/deletion"),
        ]
        for role in [Role.teacher, .student] {
            let token = try await client.member(role).access
            for (method, path) in routes {
                #expect(try await client.send(method, path, token: token, "{}").status == 403, "\(role) \(path)")
            }
        }
        let terminal = try school.database.terminals.renew(name: "door").text
        for (method, path) in routes {
            #expect(try await client.send(method, path, "{}").status == 401, "\(path)")
        }
        #expect(try await client.send(.get, "/terminals", token: terminal).status == 401, "a terminal is no admin")
    }
}
