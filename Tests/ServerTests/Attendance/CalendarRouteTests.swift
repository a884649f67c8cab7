import Attendance
import Foundation
import HTTPTypes
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct CalendarRouteTests {
    let office: Office

    init() async throws { office = try await Office() }

    @Test func theSessionsOfADaySayWhereTheyStand() async throws {
        let path = "/attendance/sessions?date=2026-09-01"
        let classes = try await office.all("\(path)&limit=1", as: office.admin)
        #expect(classes.map { $0["class"] as? String } == ["7b", "8a"])
        #expect(classes.first?["state"] as? String == "open")
        #expect(classes.first?["ends_at"] as? String == "2026-09-01T11:30:01.000+01:00")
        #expect(try await office.all(path, as: office.teacher).map { $0["class"] as? String } == ["7b"])
        #expect(try await office.send(.get, path, as: office.student).status == 403)
        let sunday = try await office.all("/attendance/sessions?date=2026-09-06", as: office.admin)
        #expect(sunday.allSatisfy { $0["state"] as? String == "no_school" && $0["ends_at"] is NSNull })

        // What the minutely service does, on a day when everybody is enrolled and a terminal has not reported.
        let today = LocalDate(daysSince1970: Int(Clock.now.seconds / 86_400))
        let day = LocalDate(daysSince1970: today.daysSince1970 + (today.weekday.number > 5 ? 9 : 7))
        let session = SessionID(date: day)
        let end = try office.school.database.policies.current().closing(of: session, for: "7b")
        let terminal = try office.school.database.terminals.add(name: "door").terminal.id
        try office.school.beat(terminal, cursor: nil, at: end.advanced(byMilliseconds: -1))
        _ = try office.school.database.closings.close(
            .init(className: "7b", session: session, end: end), now: end)
        let waiting = try await office.all("/attendance/sessions?date=\(day)", as: office.teacher)
        #expect(waiting.first?["state"] as? String == "waiting")
        let terminals = waiting.first?["waits_for"] as? [[String: String]]
        #expect(terminals == [["id": terminal.lowercased, "name": "door"]])
    }

    @Test func theCalendarIsReadByAllAndChangedByAdmins() async throws {
        _ = try office.see(office.student.id)
        let (day, body) = ("/calendar/days-off/2026-09-01", #"{"name":"Founders' day"}"#)
        let calendar = try await office.send(.get, "/calendar", as: office.student)
        #expect(calendar.object["time_zone"] as? String == "Europe/London")
        #expect(calendar.object["present_until"] as? String == "09:00:00")
        #expect(try await office.send(.put, day, as: office.teacher, body).status == 403)
        #expect(try await office.send(.get, day, as: office.student).status == 404)
        #expect(try await office.send(.put, day, as: office.admin, body).status == 200)
        #expect(try await office.send(.get, day, as: office.student).object["name"] as? String == "Founders' day")
        // A busy server makes the records anew after its answer.
        try office.school.recompute()
        #expect(try await office.all("/attendance", as: office.student).isEmpty, "no school, no record")
        #expect(try await office.all("/calendar/days-off?from=2026-09-01", as: office.student).count == 1)
        #expect(try await office.all("/calendar/days-off?from=2026-09-02", as: office.student).isEmpty)
        for bad in ["2026-02-30", "x", "2026-9-1"] {
            #expect(try await office.send(.put, "/calendar/days-off/\(bad)", as: office.admin, body).status == 404)
        }
        #expect(try await office.send(.put, day, as: office.admin, #"{"name":""}"#).status == 400)
        #expect(try await office.send(.delete, day, as: office.student).status == 403)
        #expect(try await office.send(.delete, day, as: office.admin).status == 204)
        #expect(try await office.send(.delete, day, as: office.admin).status == 404)
        try office.school.recompute()
        #expect(try await office.all("/attendance", as: office.student).count == 1)
    }
}
