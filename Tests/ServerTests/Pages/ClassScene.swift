import Attendance
import Foundation
import Testing

@testable import Server

/// A school with school on every day, in which people look at the pages of 7b: two students there, a student of 8a, and a
/// teacher of each class.
struct ClassScene {
    let client: RouterClient
    let classID, otherClassID: UUID
    let ada, other: RouterClient.Member
    let teacher, otherTeacher, admin: RouterClient.Member
    /// Of 7b, with a name that is a script.
    let script: UUID
    let today: LocalDate

    static let scriptName = "<script>alert(1)</script>"

    init() async throws {
        let school = try School()
        try school.database.policies.adopt(School.openEveryDay(), now: Clock.now)
        client = try await RouterClient(school)
        ada = try await client.member(.student, email: "ada@school.example", className: "7b")
        other = try await client.member(.student, className: "8a")
        let details = AccountDetails(name: Self.scriptName, role: .student, className: "7b")
        script = try school.database.accounts.create(details, password: nil, by: .server, now: Clock.now).id
        classID = try #require(try school.database.classes.find(name: "7b")).id
        otherClassID = try #require(try school.database.classes.find(name: "8a")).id
        teacher = try await client.member(.teacher, teaches: [classID])
        otherTeacher = try await client.member(.teacher, teaches: [otherClassID])
        admin = try await client.member(.admin)
        today = try school.database.policies.current().session(at: Clock.now).date
    }

    var database: ServerDatabase { client.school.database }
    var classPath: String { "/pages/classes/\(classID.lowercased)" }
    func path(of student: UUID) -> String { "\(classPath)/students/\(student.lowercased)" }
    func day(_ offset: Int) -> LocalDate { LocalDate(daysSince1970: today.daysSince1970 + offset) }

    /// Somebody with a browser, logged in.
    func browser(of member: RouterClient.Member) async throws -> PageClient {
        let browser = PageClient(client)
        #expect(try await browser.logIn(member).status == 303)
        return browser
    }

    /// A terminal sees somebody, now.
    @discardableResult
    func see(_ person: UUID) throws -> Mark {
        let terminal = try database.terminals.list().first?.id ?? database.terminals.add(name: "door").terminal.id
        let mark = School.mark(of: person, at: Clock.now, session: today)
        #expect(try client.school.receive([mark], from: terminal, now: Clock.now).first?.result == .accepted)
        return mark
    }

    func correct(_ person: UUID, _ day: LocalDate, _ status: RecordStatus?, _ reason: String = "said so") throws {
        let new = CorrectionStore.New(
            person: person, session: SessionID(date: day), status: status, reason: reason)
        _ = try database.corrections.make(new, by: teacher.id, now: Clock.now)
    }

    func record(of person: UUID, on day: LocalDate) throws -> AttendanceRecord? {
        let filter = RecordStore.Filter(scope: .person(person), from: day, to: day)
        return try database.records.list(filter, page: PageRequest()).first?.record
    }

    func excuses(of person: UUID) throws -> [ListedExcuse] {
        try database.excuses.list(.person(person), from: nil, to: nil, page: PageRequest())
    }

    func corrections(of person: UUID) throws -> [ListedCorrection] {
        try database.corrections.list(of: person, page: PageRequest())
    }
}
