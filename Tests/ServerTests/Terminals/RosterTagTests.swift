import Attendance
import Foundation
import HTTPTypes
import SyncProtocol
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct RosterTagTests {
    let school: School
    let client: RouterClient
    let token: String

    init() async throws {
        school = try School()
        client = try await RouterClient(school)
        token = try school.database.terminals.add(name: "door").token.text
    }

    private func poll(_ cursor: String?, tags: String...) async throws -> (reply: RouterClient.Reply, tag: String) {
        var headers: HTTPFields = [:]
        headers[values: .ifNoneMatch] = tags
        let query = cursor.map { "?cursor=\($0)" } ?? ""
        let reply = try await client.send(.get, Endpoint.roster + query, token: token, headers: headers)
        return (reply, try #require(reply.headers[.eTag]))
    }

    @Test func nothingNewIsSaidWithoutABody() async throws {
        _ = try school.enrol("Ada")
        let whole = try await poll(nil)
        let cursor = try RosterDelta(json: whole.reply.body).cursor
        let (empty, tag) = try await poll(cursor)
        #expect(empty.status == 200)
        #expect(try RosterDelta(json: empty.body).people.isEmpty)
        #expect(tag.hasPrefix("W/\"") && tag != whole.tag)
        for field in [tag, String(tag.dropFirst(2)), "\"other\", \(tag)"] {
            let (unchanged, again) = try await poll(cursor, tags: field)
            #expect(unchanged.status == 304 && unchanged.body.isEmpty && again == tag, "\(field)")
        }
        #expect(try await poll(cursor, tags: "\"other\"", whole.tag, "", ",").reply.status == 200)
        #expect(try await poll(cursor, tags: "\"other\"", tag).reply.status == 304, "several fields are one list")
    }

    @Test func anythingNewChangesTheTag() async throws {
        let cursor = try RosterDelta(json: try await poll(nil).reply.body).cursor
        let tag = try await poll(cursor).tag
        let ada = try school.enrol("Ada")
        let (reply, second) = try await poll(cursor, tags: tag)
        #expect(reply.status == 200 && second != tag)
        #expect(try RosterDelta(json: reply.body).people.map(\.id) == [ada.id])
        try school.database.policies.adopt(AttendancePolicy(timeZone: "Asia/Tokyo"), now: Clock.now)
        let (later, third) = try await poll(cursor, tags: second)
        #expect(later.status == 200 && third != second)
        #expect(try RosterDelta(json: later.body).policy.timeZone == "Asia/Tokyo")
        #expect(try await poll(cursor, tags: third).reply.status == 304)
    }

    @Test func aRosterFromNothingIsNeverWithheld() async throws {
        let (reply, tag) = try await poll(nil)
        #expect(reply.status == 200)
        #expect(try await poll(nil, tags: tag).reply.status == 200)
        #expect(try await poll("junk", tags: tag).reply.status == 200)
    }

    @Test func aTagIsOfItsTerminalsClasses() async throws {
        let cursor = try RosterDelta(json: try await poll(nil).reply.body).cursor
        let tag = try await poll(cursor).tag
        _ = try school.enrol("Ada", className: "7b")
        let classID = try #require(try school.database.classes.find(name: "7b")).id
        let terminal = try #require(try school.database.terminals.list().first).id
        _ = try school.database.terminals.setClasses([classID], of: terminal, by: .server, now: School.morning)
        let reply = try await poll(cursor, tags: tag).reply
        #expect(try RosterDelta(json: reply.body).reset)
    }

    /// What an unchanged poll costs: the token's row and the terminal's, each by an index.
    @Test func aPollIsTwoIndexedReads() throws {
        // PostgreSQL plans by how much there is: its plans are looked at with ten million marks (`make plans`).
        guard school.file != nil else { return }
        let plans = try [
            "SELECT \(TerminalAccount.columns) FROM terminals WHERE token_hash = x'00'",
            """
            SELECT roster.epoch, roster.revision, terminals.roster_generation, terminals.roster_given_ms
            FROM roster CROSS JOIN terminals WHERE terminals.id = 'x'
            """,
        ].map { sql in
            try school.look("EXPLAIN QUERY PLAN \(sql)").map { try $0.text("detail") }.joined(separator: "; ")
        }
        #expect(plans[0].contains("SEARCH terminals USING INDEX") && !plans[0].contains("SCAN"))
        // The roster is one row.
        #expect(plans[1].contains("SEARCH terminals USING INDEX") && !plans[1].contains("SCAN terminals"))
    }
}
