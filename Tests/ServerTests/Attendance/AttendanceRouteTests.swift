import Attendance
import Foundation
import HTTPTypes
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct AttendanceRouteTests {
    let office: Office

    init() async throws { office = try await Office() }

    @Test func everybodySeesWhatIsTheirsToSee() async throws {
        _ = try office.see(office.student.id)
        _ = try office.see(office.stranger.id)
        let (student, stranger) = (office.student.id.lowercased, office.stranger.id.lowercased)
        let mine: Set = [student]
        let both: Set = [student, stranger]
        let cases: [(Office.Desk, String, Set<String>?)] = [
            (office.student, "/attendance", mine), (office.student, "/attendance?of=me", mine),
            (office.teacher, "/attendance", []), (office.teacher, "/attendance?of=students", mine),
            (office.student, "/attendance?of=students", nil), (office.admin, "/attendance?of=students", nil),
            (office.admin, "/attendance/all", both), (office.teacher, "/attendance/all", nil),
            (office.student, "/attendance/all", nil),
            (office.admin, "/attendance/\(office.classID)", mine),
            (office.teacher, "/attendance/\(office.classID)", mine),
            (office.teacher, "/attendance/\(office.otherClassID)", nil),
            (office.student, "/attendance/\(office.classID)", nil),
            (office.admin, "/attendance/student/\(stranger)", [stranger]),
            (office.teacher, "/attendance/student/\(student)", mine),
            (office.teacher, "/attendance/student/\(stranger)", nil),
            (office.student, "/attendance/student/\(student)", mine),
            (office.student, "/attendance/student/\(stranger)", nil),
        ]
        for (desk, path, wanted) in cases {
            let answer = try await office.send(.get, path, as: desk)
            #expect(answer.status == (wanted == nil ? 403 : 200), "\(path)")
            if let wanted { #expect(Set(answer.items.compactMap { $0["person"] as? String }) == wanted, "\(path)") }
            #expect(try await office.send(.get, path, as: nil).status == 401)
        }
        for path in ["/attendance/\(UUID())", "/attendance/student/\(UUID())", "/attendance/nothing"] {
            #expect(try await office.send(.get, path, as: office.admin).status == 404, "\(path)")
        }
        #expect(try await office.send(.get, "/attendance/\(UUID())", as: office.teacher).status == 403)
    }

    @Test func aRecordSaysWhatAndWhyWithTheOffsetOfTheSchool() async throws {
        let mark = try office.see(office.student.id)
        let record = try #require(try await office.send(.get, "/attendance", as: office.student).items.first)
        #expect(Set(record.keys) == ["person", "name", "class", "session", "status", "cause", "mark", "at"])
        #expect(record["session"] as? String == "2026-09-01")
        #expect(record["at"] as? String == "2026-09-01T08:30:00.000+01:00")
        #expect(record["status"] as? String == "present" && record["cause"] as? String == "mark")
        #expect(record["mark"] as? String == mark.id.lowercased && record["class"] as? String == "7b")
    }

    @Test func listsHavePagesAndDays() async throws {
        for days in [0, 1, 2, 3, 6] {
            _ = try office.see(office.student.id, days: days)
            _ = try office.see(office.stranger.id, days: days)
        }
        let paged = try await office.all("/attendance/all?limit=3", as: office.admin)
        #expect(paged.count == 10)
        #expect(Set(paged.compactMap { $0["mark"] as? String }).count == 10)
        #expect(
            paged.compactMap { $0["session"] as? String } == paged.compactMap { $0["session"] as? String }.sorted(by: >)
        )
        let some = try await office.all("/attendance?from=2026-09-02&to=2026-09-04&limit=1", as: office.student)
        #expect(some.compactMap { $0["session"] as? String } == ["2026-09-04", "2026-09-03", "2026-09-02"])
        for bad in ["from=1", "limit=0", "limit=501", "cursor=x", "of=nobody", "from=2026-09-01&from=2026-09-02"] {
            #expect(try await office.send(.get, "/attendance?\(bad)", as: office.student).status == 400, "\(bad)")
        }
        let next = try await office.send(.get, "/attendance/all?limit=3", as: office.admin).object["next"] as? String
        #expect(try await office.send(.get, "/users?cursor=\(next ?? "")", as: office.admin).status == 400)
    }

    @Test func aCorrectionCountsAndIsRemembered() async throws {
        let mark = try office.see(office.student.id, minutes: 60)
        let student = office.student.id.lowercased
        func correct(_ status: String, by desk: Office.Desk, person: String, more: String = "") async throws -> Int {
            let body = #"{"person":"\#(person)","session":"2026-09-01","status":\#(status),"reason":"bus"\#(more)}"#
            return try await office.send(.post, "/attendance/corrections", as: desk, body).status
        }
        func status() async throws -> String? {
            try await office.send(.get, "/attendance", as: office.student).items.first?["status"] as? String
        }
        #expect(try await status() == "late")
        #expect(try await correct("\"present\"", by: office.student, person: student) == 403)
        #expect(try await correct("\"present\"", by: office.teacher, person: office.stranger.id.lowercased) == 403)
        #expect(try await correct("\"present\"", by: office.teacher, person: student) == 201)
        #expect(try await status() == "present")
        #expect(try await correct("null", by: office.admin, person: student) == 201)
        #expect(try await status() == "late")
        let markOf = ",\"mark\":\"\(mark.id)\""
        #expect(try await correct("\"excused\"", by: office.admin, person: student, more: markOf) == 201)
        #expect(
            try await correct("\"late\"", by: office.admin, person: student, more: ",\"mark\":\"\(UUID())\"") == 400)
        #expect(try await correct("\"ill\"", by: office.admin, person: student) == 400)
        #expect(try await correct("\"late\"", by: office.admin, person: student, more: ",\"maker\":1") == 400)
        #expect(try await correct("\"late\"", by: office.admin, person: office.teacher.id.lowercased) == 400)
        #expect(try await correct("\"late\"", by: office.admin, person: UUID().lowercased) == 404)
        let incomplete = #"{"person":"\#(student)","session":"2026-09-01","reason":"bus"}"#
        #expect(try await office.send(.post, "/attendance/corrections", as: office.admin, incomplete).status == 400)

        let list = try await office.all("/attendance/corrections?person=\(student)&limit=1", as: office.student)
        #expect(list.map { $0["status"] as? String } == ["excused", nil, "present"])
        #expect(list.first?["made_by"] as? String == office.admin.id.lowercased)
        #expect(try await office.send(.get, "/attendance/corrections", as: office.admin).status == 400)
        let others = "/attendance/corrections?person=\(office.stranger.id)"
        #expect(try await office.send(.get, others, as: office.teacher).status == 403)

        let audit = try await office.all("/audit?object=\(student)&limit=2", as: office.admin)
        #expect(audit.filter { $0["action"] as? String == "attendance.correct" }.count == 3)
        #expect(try await office.send(.get, "/audit", as: office.teacher).status == 403)
        #expect(try office.school.database.audit.verify().fault == nil)
    }

    @Test func excusesAreMadeListedAndWithdrawn() async throws {
        let (student, stranger) = (office.student.id.lowercased, office.stranger.id.lowercased)
        let today = try office.school.database.policies.current().session(at: Clock.now).date
        func excuse(_ person: String, by desk: Office.Desk, first: Int = 0, last: Int = 8) async throws -> Office.Answer
        {
            let days = [first, last].map { LocalDate(daysSince1970: today.daysSince1970 + $0) }
            let body =
                #"{"person":"\#(person)","first_day":"\#(days[0])","last_day":"\#(days[1])","reason":"a journey"}"#
            return try await office.send(.post, "/excuses", as: desk, body)
        }
        #expect(try await excuse(student, by: office.student).status == 403)
        #expect(try await excuse(stranger, by: office.teacher).status == 403)
        #expect(try await excuse(student, by: office.admin, first: 3, last: 2).status == 400)
        #expect(try await excuse(student, by: office.admin, last: 367).status == 400)
        let made = try await excuse(student, by: office.teacher)
        #expect(made.status == 201)
        #expect(try await excuse(stranger, by: office.admin).status == 201)
        let records = try await office.all("/attendance", as: office.student)
        #expect(records.allSatisfy { $0["status"] as? String == "excused" && $0["at"] is NSNull })
        #expect((5...7).contains(records.count), "school days of nine days")

        #expect(try await office.all("/excuses?limit=1", as: office.admin).count == 2)
        #expect(try await office.all("/excuses", as: office.teacher).count == 1)
        #expect(try await office.send(.get, "/excuses", as: office.student).status == 403)
        #expect(try await office.all("/excuses?person=\(student)", as: office.student).count == 1)
        #expect(try await office.all("/excuses?to=2020-01-01", as: office.admin).isEmpty)

        let path = "/excuses/\(try #require(made.object["id"] as? String))"
        #expect(try await office.send(.delete, path, as: office.student).status == 403)
        #expect(try await office.send(.delete, "/excuses/\(UUID())", as: office.teacher).status == 403)
        #expect(try await office.send(.delete, "/excuses/\(UUID())", as: office.admin).status == 404)
        #expect(try await office.send(.delete, path, as: office.teacher).status == 204)
        #expect(try await office.send(.delete, path, as: office.teacher).status == 409)
        #expect(try await office.all("/attendance", as: office.student).isEmpty)
    }

    @Test func marksAreListedReviewedAndVoided() async throws {
        let good = try office.see(office.student.id)
        let unknown = try office.see(office.student.id, days: 1, clock: .unknown)
        let other = try office.see(office.stranger.id)
        func ids(_ query: String, _ desk: Office.Desk) async throws -> [String?] {
            try await office.all("/marks?limit=1&\(query)", as: desk).map { $0["id"] as? String }
        }
        #expect(try await ids("", office.admin).count == 3)
        #expect(try await ids("", office.teacher) == [unknown.id.lowercased, good.id.lowercased])
        #expect(try await ids("date=2026-09-01", office.teacher) == [good.id.lowercased])
        #expect(try await ids("review=true", office.admin) == [unknown.id.lowercased])
        #expect(try await ids("person=\(office.stranger.id)", office.admin) == [other.id.lowercased])
        #expect(try await office.send(.get, "/marks?person=\(office.stranger.id)", as: office.teacher).status == 403)
        #expect(try await office.send(.get, "/marks", as: office.student).status == 403)
        #expect(try await office.send(.get, "/marks?review=yes", as: office.admin).status == 400)

        let (path, reason) = ("/marks/\(good.id)/void", #"{"reason":"a photograph"}"#)
        #expect(try await office.send(.post, path, as: office.student, reason).status == 403)
        #expect(try await office.send(.post, "/marks/\(other.id)/void", as: office.teacher, reason).status == 403)
        #expect(try await office.send(.post, "/marks/\(UUID())/void", as: office.teacher, reason).status == 403)
        #expect(try await office.send(.post, "/marks/\(UUID())/void", as: office.admin, reason).status == 404)
        #expect(try await office.send(.post, path, as: office.teacher, #"{"reason":""}"#).status == 400)
        let voided = try await office.send(.post, path, as: office.teacher, reason)
        #expect(voided.status == 200)
        #expect(voided.object["void_reason"] as? String == "a photograph")
        #expect(voided.object["voided_at"] is String)
        #expect(try await office.send(.post, path, as: office.teacher, reason).status == 409)
        #expect(try await office.all("/attendance", as: office.student).isEmpty)
    }
}
