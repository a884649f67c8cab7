import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Server

/// How staff see walk-bys, and decide them.
@Suite(.onEveryDatabase) struct WalkByRouteTests {
    private let office: Office
    private let door: UUID
    private var database: ServerDatabase { office.school.database }

    init() async throws {
        office = try await Office()
        door = try office.school.database.terminals.add(name: "door").terminal.id
        for person in [office.student.id, office.stranger.id] {
            _ = try office.school.database.people.setConsent(
                true, note: nil, of: person, by: .server, now: School.morning)
        }
    }

    /// A walk-by of 08:30 on the day of `School.morning`, or so many minutes later.
    private func pass(
        _ people: [UUID], minutes: Int64 = 0, reason: UnsureWalkBy.Reason = .suspicious,
        clock: ClockTrust = .synchronised
    ) throws -> UUID {
        let at = School.morning.advanced(byMilliseconds: minutes * 60_000)
        let day = LocalDate(daysSince1970: Int(at.seconds / 86_400))
        let walkBy = School.walkBy(of: people, at: at, clock: clock, session: day, reason: reason)
        let results = try database.walkBys.receive([.valid(walkBy)], from: door, now: at)
        #expect(results == [.accepted(walkBy.id)])
        return walkBy.id
    }

    private func decide(
        _ id: UUID, as desk: Office.Desk, _ decision: String, person: UUID? = nil, reason: String = "I saw it"
    ) async throws -> Office.Answer {
        let who = person.map { ",\"person\":\"\($0.lowercased)\"" } ?? ""
        return try await office.send(
            .post, "/walk-bys/\(id.lowercased)/decision", as: desk,
            "{\"decision\":\"\(decision)\"\(who),\"reason\":\"\(reason)\"}")
    }

    private func ids(_ query: String = "", as desk: Office.Desk? = nil) async throws -> [String] {
        try await office.all("/walk-bys\(query)", as: desk ?? office.admin).compactMap { $0["id"] as? String }
    }

    @Test func eachSeesTheirOwnAndNobodyElsesNames() async throws {
        let own = try pass([office.student.id]).lowercased
        let both = try pass([office.stranger.id, office.student.id], minutes: 1, reason: .lookAlikes).lowercased
        let foreign = try pass([office.stranger.id], minutes: 2).lowercased
        #expect(try await ids() == [foreign, both, own])
        #expect(try await ids(as: office.teacher) == [both, own])
        #expect(try await office.send(.get, "/walk-bys", as: office.student).status == 403)
        #expect(try await office.send(.get, "/walk-bys", as: nil).status == 401)
        let seen = try await office.all("/walk-bys", as: office.teacher)[0]
        let people = try #require(seen["people"] as? [[String: Any]])
        #expect(people.map { $0["name"] as? String } == ["Ada"] && seen["others"] as? Int == 1)
        let whole = try await office.all("/walk-bys", as: office.admin)[1]
        #expect((whole["people"] as? [Any])?.count == 2 && whole["others"] as? Int == 0)
    }

    @Test func theListIsFilteredAndPaged() async throws {
        let first = try pass([office.student.id]).lowercased
        let second = try pass([office.stranger.id], minutes: 5).lowercased
        let nextDay = try pass([office.student.id], minutes: 1440).lowercased
        let decided = try await decide(UUID(uuidString: second) ?? UUID(), as: office.admin, "dismiss")
        #expect(decided.status == 200, "\(decided.text)")
        #expect(try await ids("?limit=1") == [nextDay, second, first])
        #expect(try await ids("?state=open") == [nextDay, first])
        #expect(try await ids("?state=decided") == [second])
        #expect(try await ids("?to=\(School.day)") == [second, first])
        #expect(try await ids("?from=\(LocalDate(daysSince1970: School.day.daysSince1970 + 1))") == [nextDay])
        #expect(try await ids("?class=\(office.otherClassID.lowercased)") == [second])
        #expect(try await ids("?class=\(office.classID.lowercased)", as: office.teacher) == [nextDay, first])
        let other = "/walk-bys?class=\(office.otherClassID.lowercased)"
        #expect(try await office.send(.get, other, as: office.teacher).status == 403)
        #expect(try await office.send(.get, "/walk-bys?state=new", as: office.admin).status == 400)
        #expect(try await office.send(.get, "/walk-bys?class=\(UUID().lowercased)", as: office.admin).status == 404)
    }

    @Test func whatIsSettledIsNotOpen() async throws {
        let far = try pass([office.student.id], reason: .littleEvidence).lowercased
        let both = try pass([office.student.id, office.stranger.id], reason: .twoPeopleLikely).lowercased
        let picture = try pass([office.student.id]).lowercased
        #expect(try await Set(ids("?state=open")) == [far, both, picture])
        _ = try office.see(office.student.id, minutes: 1)
        #expect(try await Set(ids("?state=open")) == [both, picture], "a picture is worth a look all the same")
        #expect(try await ids("?state=settled") == [far])
        _ = try office.see(office.stranger.id, minutes: 1)
        #expect(try await Set(ids("?state=settled")) == [far, both])
        let people = try #require(try await office.all("/walk-bys", as: office.admin)[0]["people"] as? [[String: Any]])
        #expect(people[0]["status"] as? String == "present")
    }

    @Test func whatWouldMakeSomebodyEarlierIsOpen() async throws {
        let early = try pass([office.student.id], reason: .littleEvidence).lowercased
        let unknown = try pass([office.stranger.id], minutes: 1, reason: .littleEvidence, clock: .unknown).lowercased
        for person in [office.student.id, office.stranger.id] { _ = try office.see(person, minutes: 60) }
        #expect(try await Set(ids("?state=open")) == [early, unknown], "late by the mark, present by the walk-by")
        let id = try #require(UUID(uuidString: early))
        #expect(try await decide(id, as: office.teacher, "mark", person: office.student.id).status == 200)
        #expect(try office.school.statuses(of: office.student.id) == ["present by correction"])
    }

    /// What is known of a day is not made worse by a later walk-by, and what a person corrected not undone.
    @Test func aLaterWalkByUndoesNothing() async throws {
        let first = try pass([office.student.id], reason: .littleEvidence)
        let later = try pass([office.student.id], minutes: 60)
        #expect(try await decide(first, as: office.teacher, "mark", person: office.student.id).status == 200)
        #expect(try await decide(later, as: office.teacher, "mark", person: office.student.id).status == 409)
        #expect(try office.school.statuses(of: office.student.id) == ["present by correction"])

        let other = try pass([office.stranger.id], minutes: 60)
        let new = CorrectionStore.New(
            person: office.stranger.id, session: SessionID(date: School.day), status: .present, reason: "with me")
        _ = try database.corrections.make(new, by: office.admin.id, now: School.morning)
        #expect(try await decide(other, as: office.admin, "mark", person: office.stranger.id).status == 409)
        #expect(try await decide(other, as: office.admin, "dismiss").status == 200)
    }

    @Test func whoElseItMayBeIsNotLearntByTrying() async throws {
        let id = try pass([office.student.id, office.stranger.id], reason: .lookAlikes)
        for person in [office.stranger.id, UUID()] {
            #expect(try await decide(id, as: office.teacher, "mark", person: person).status == 403)
        }
    }

    /// The policy is 09:00 and 11:30; the walk-bys are of 08:30, 09:30 and 12:00.
    @Test(arguments: [(0, "present"), (60, "late"), (210, "absent")] as [(Int64, String)])
    func aMarkIsACorrectionByTheTimeOfTheWalkBy(minutes: Int64, status: String) async throws {
        let id = try pass([office.student.id], minutes: minutes)
        let answer = try await decide(id, as: office.teacher, "mark", person: office.student.id)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.object["decision"] as? String == "mark")
        #expect(answer.object["person"] as? String == office.student.id.lowercased)
        #expect(answer.object["decided_by"] as? String == office.teacher.id.lowercased)
        #expect(answer.object["decision_reason"] as? String == "I saw it")
        #expect(try office.school.statuses(of: office.student.id) == ["\(status) by correction"])
        let corrections = try database.corrections.list(of: office.student.id, page: PageRequest())
        #expect(corrections.map(\.reason) == ["I saw it"] && corrections.map(\.madeBy) == [office.teacher.id])
        let entries = try database.audit.list(object: nil, page: PageRequest())
        #expect(entries.prefix(2).map(\.action) == ["walkby.decide", "attendance.correct"])
        #expect(entries[0].object == id.lowercased && entries[0].actor == office.teacher.id.lowercased)
        #expect(entries[0].detail["correction"] == corrections.first?.id.lowercased)
    }

    @Test func oneIsDecidedOnce() async throws {
        let id = try pass([office.student.id, office.stranger.id])
        #expect(try await decide(id, as: office.admin, "dismiss").status == 200)
        for decision in ["dismiss", "mark"] {
            let person = decision == "mark" ? office.student.id : nil
            #expect(try await decide(id, as: office.admin, decision, person: person).status == 409)
        }
        #expect(try office.school.statuses(of: office.student.id).isEmpty)
        #expect(try database.audit.list(object: id.lowercased, page: PageRequest()).count == 1)
    }

    @Test func ofManyAtOnceOneDecides() async throws {
        let id = try pass([office.student.id])
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<6 {
                let (mark, person) = (number % 2 == 0, office.student.id)
                group.addTask {
                    try await decide(
                        id, as: office.admin, mark ? "mark" : "dismiss", person: mark ? person : nil
                    ).status
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.sorted() == [200, 409, 409, 409, 409, 409])
        let entries = try database.audit.list(object: id.lowercased, page: PageRequest())
        #expect(entries.count == 1)
        let corrections = try database.corrections.list(of: office.student.id, page: PageRequest())
        #expect(corrections.count == (entries.first?.detail["decision"] == "mark" ? 1 : 0))
    }

    @Test func nobodyDecidesAboutThoseWhomTheyDoNotTeach() async throws {
        let both = try pass([office.student.id, office.stranger.id], reason: .lookAlikes)
        #expect(
            try await decide(both, as: office.teacher, "dismiss").status == 403, "it may be somebody else's student")
        #expect(try await decide(both, as: office.teacher, "mark", person: office.stranger.id).status == 403)
        let foreign = try pass([office.stranger.id])
        #expect(try await decide(foreign, as: office.teacher, "dismiss").status == 403)
        #expect(try await decide(foreign, as: office.student, "dismiss").status == 403)
        #expect(try await decide(UUID(), as: office.teacher, "dismiss").status == 403)
        #expect(try await decide(UUID(), as: office.admin, "dismiss").status == 404)
        let own = try await decide(both, as: office.teacher, "mark", person: office.student.id)
        #expect(own.status == 200 && own.object["others"] as? Int == 1)
        #expect(!own.text.contains(office.stranger.id.lowercased))
    }

    @Test func whoWasMarkedIsToldToThoseWhoMaySeeThem() async throws {
        let both = try pass([office.student.id, office.stranger.id], reason: .lookAlikes)
        let answer = try await decide(both, as: office.admin, "mark", person: office.stranger.id, reason: "Ben it was")
        #expect(answer.object["person"] as? String == office.stranger.id.lowercased)
        let list = try await office.send(.get, "/walk-bys", as: office.teacher)
        #expect(list.items.first?["decision"] as? String == "mark")
        #expect(list.items.first?["person"] is NSNull && list.items.first?["decision_reason"] is NSNull)
        #expect(!list.text.contains(office.stranger.id.lowercased) && !list.text.contains("Ben"))
    }

    @Test func whatCannotBeDecidedSaysWhy() async throws {
        let id = try pass([office.student.id], minutes: 10)
        func refusal(_ body: String) async throws -> (Int, String?) {
            let answer = try await office.send(
                .post, "/walk-bys/\(id.lowercased)/decision", as: office.admin, body)
            return (answer.status, answer.problem?.detail)
        }
        for body in [
            "{}", "{\"decision\":\"mark\",\"reason\":\"x\"}", "{\"decision\":\"dismiss\",\"reason\":\" \"}",
            "{\"decision\":\"keep\",\"reason\":\"x\"}", "{\"decision\":\"dismiss\",\"reason\":\"x\",\"more\":1}",
            "{\"decision\":\"dismiss\",\"reason\":\"x\",\"person\":\"\(office.student.id.lowercased)\"}",
            "{\"decision\":\"mark\",\"reason\":\"x\",\"person\":\"\(office.stranger.id.lowercased)\"}",
        ] {
            #expect(try await refusal(body).0 == 400, "\(body)")
        }
        let unknown = try pass([office.student.id], clock: .unknown)
        let answer = try await decide(unknown, as: office.admin, "mark", person: office.student.id)
        #expect(answer.status == 400 && answer.problem?.detail?.contains("nobody knows when") == true)
        _ = try office.see(office.student.id)
        let earlier = try await decide(id, as: office.admin, "mark", person: office.student.id)
        #expect(earlier.status == 409 && earlier.problem?.detail?.contains("seen earlier") == true)
        #expect(try office.school.statuses(of: office.student.id) == ["present by mark"])
        let sunday = try pass([office.student.id], minutes: 5 * 1440)
        #expect(try await decide(sunday, as: office.admin, "mark", person: office.student.id).status == 400)
        #expect(try await ids("?state=decided").isEmpty, "a refusal decides nothing")
    }
}
