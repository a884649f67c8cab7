import Attendance
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SyncProtocol
import Testing

@testable import Server

/// A school whose people ask over HTTP: an admin, a teacher of 7b with a student there, and one student of 8a.
struct Office {
    let school: School
    let classID: UUID
    let otherClassID: UUID
    let admin: Desk
    let teacher: Desk
    let student: Desk
    let stranger: Desk
    private let application: Application<RouterResponder<ServerRequestContext>>

    /// Somebody with an access token.
    struct Desk: Sendable {
        let id: UUID
        let token: String
    }

    /// What the server answered.
    struct Answer {
        let status: Int
        let headers: HTTPFields
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var object: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:] }
        var items: [[String: Any]] { object["items"] as? [[String: Any]] ?? [] }
        var problem: ProblemDocument? { try? ProblemDocument(json: body) }
    }

    init() async throws {
        let school = try School()
        let routes = try await school.routes()
        func desk(_ name: String, _ role: Role, _ className: String? = nil) async throws -> Desk {
            let details = AccountDetails(name: name, role: role, className: className)
            let id = try school.database.accounts.create(details, password: nil, by: .server, now: Clock.now).id
            let session = try school.database.sessions.open(id, now: Clock.now).session
            return Desk(
                id: id, token: try await routes.logins.tokens.make(person: id, session: session, now: Clock.now))
        }
        self.school = school
        admin = try await desk("Office", .admin)
        teacher = try await desk("Teacher", .teacher)
        student = try await desk("Ada", .student, "7b")
        stranger = try await desk("=Ben,\"B\"", .student, "8a")
        let classes = school.database.classes
        classID = try #require(try classes.find(name: "7b")).id
        otherClassID = try #require(try classes.find(name: "8a")).id
        _ = try classes.setTeachers([teacher.id], of: classID, by: .server, now: Clock.now)
        application = Application(router: routes.router())
    }

    /// Sends a request with JSON, or without a body.
    func send(
        _ method: HTTPRequest.Method, _ path: String, as desk: Desk?, _ body: String? = nil
    ) async throws -> Answer {
        var headers: HTTPFields = [:]
        if let desk { headers[.authorization] = "Bearer \(desk.token)" }
        if body != nil { headers[.contentType] = "application/json" }
        let answer = try await application.test(.router) { [headers] client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }
        if answer.status.code >= 400 {
            #expect(answer.headers[.contentType] == "application/problem+json", "\(method) \(path)")
        }
        return Answer(
            status: answer.status.code, headers: answer.headers, body: Array(answer.body.readableBytesView))
    }

    /// Every item of a list, page after page.
    func all(_ path: String, as desk: Desk) async throws -> [[String: Any]] {
        var (items, cursor): ([[String: Any]], String?) = ([], nil)
        repeat {
            let separator = path.contains("?") ? "&" : "?"
            let answer = try await send(.get, path + (cursor.map { "\(separator)cursor=\($0)" } ?? ""), as: desk)
            #expect(answer.status == 200, "\(path): \(answer.text)")
            items += answer.items
            cursor = answer.object["next"] as? String
        } while cursor != nil
        return items
    }

    /// A mark of the person on the day of `School.morning`, or so many days later.
    func see(_ person: UUID, days: Int = 0, minutes: Int64 = 0, clock: ClockTrust = .synchronised) throws -> Mark {
        let terminal =
            try school.database.terminals.list().first?.id
            ?? school.database.terminals.add(name: "door").terminal.id
        let at = School.morning.advanced(byMilliseconds: Int64(days) * 86_400_000 + minutes * 60_000)
        let mark = School.mark(
            of: person, at: at, clock: clock, session: LocalDate(daysSince1970: School.day.daysSince1970 + days))
        #expect(try school.receive([mark], from: terminal, now: at).first?.result == .accepted)
        return mark
    }
}
