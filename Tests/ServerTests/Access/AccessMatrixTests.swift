import Attendance
import Foundation
import HTTPTypes
import Hummingbird
import Testing

@testable import Server

/// Every route, asked by everybody about their own things and about foreign ones. Who may is written here a second time, as
/// people would say it, and not read from `Access`.
@Suite(.onEveryDatabase) struct AccessMatrixTests {
    /// Who asks, and about whom: a student of 7b, who is taught by the first teacher, or of 8a, who is taught by the other.
    enum Asker: CaseIterable {
        case nobody, admin, teacherOfIt, otherTeacher, itself, otherStudent
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let method: HTTPRequest.Method
        let path: String
        let allowed: Set<Asker>
        var body: String?

        var testDescription: String { "\(method.rawValue) \(path)" }

        init(_ method: HTTPRequest.Method, _ path: String, _ allowed: Set<Asker>, body: String? = nil) {
            self.method = method
            self.path = path
            self.allowed = allowed
            self.body = body
        }
    }

    private static let everybody: Set<Asker> = [.admin, .teacherOfIt, .otherTeacher, .itself, .otherStudent]
    private static let teachers: Set<Asker> = [.admin, .teacherOfIt, .otherTeacher]

    static let rows: [Row] = [
        Row(.get, "/users", [.admin]),
        Row(.get, "/users/me", everybody),
        Row(.get, "/users/{user_id}", [.admin, .teacherOfIt, .itself]),
        Row(.patch, "/users/{user_id}", [.admin], body: "{\"age\":12}"),
        Row(.delete, "/users/{user_id}", [.admin]),
        Row(
            .post, "/signup", [.admin],
            body: "{\"name\":\"A\",\"role\":\"student\",\"class\":\"7b\",\"email\":\"a@b.example\"}"),
        Row(.post, "/user/create", [.admin], body: "{\"name\":\"A\",\"role\":\"student\",\"class\":\"7b\"}"),
        Row(.get, "/classes", teachers),
        Row(.post, "/classes", [.admin], body: "{\"name\":\"9c\"}"),
        Row(.get, "/classes/{class_id}", teachers),
        Row(.put, "/classes/{class_id}", [.admin], body: "{\"name\":\"7b\"}"),
        Row(.delete, "/classes/{class_id}", [.admin]),
        Row(.put, "/classes/{class_id}/teachers", [.admin], body: "{\"teachers\":[]}"),
        Row(.get, "/terminals", [.admin]),
        Row(.post, "/terminals", [.admin], body: "{\"name\":\"gate\"}"),
        Row(.get, "/terminals/attention", [.admin]),
        Row(.get, "/terminals/{terminal_id}", [.admin]),
        Row(.delete, "/terminals/{terminal_id}", [.admin]),
        Row(.put, "/terminals/{terminal_id}/classes", [.admin], body: "{\"classes\":[]}"),
        Row(.post, "/terminals/{terminal_id}/renew", [.admin]),
        Row(.post, "/terminals/{terminal_id}/revoke", [.admin]),
        Row(.get, "/users/{user_id}/deletion", [.admin]),
        Row(
            .post, "/password", everybody,
            body: "{\"old_password\":\"\(RouterClient.password)\",\"new_password\":\"another one\"}"),
        Row(.post, "/logout", everybody),
        Row(.get, "/calendar", everybody),
        Row(.get, "/calendar/days-off", everybody),
        Row(.get, "/calendar/days-off/{date}", everybody),
        Row(.put, "/calendar/days-off/{date}", [.admin], body: "{\"name\":\"Christmas\"}"),
        Row(.delete, "/calendar/days-off/{date}", [.admin]),
        Row(.get, "/attendance", everybody),
        Row(.get, "/attendance?of=students", [.teacherOfIt, .otherTeacher]),
        Row(.get, "/attendance/all", [.admin]),
        Row(.get, "/attendance/sessions", teachers),
        Row(.get, "/attendance/export?from=2026-11-02&to=2026-11-06", [.admin]),
        Row(.get, "/attendance/export?from=2026-11-02&to=2026-11-06&class=7b", [.admin, .teacherOfIt]),
        Row(.get, "/attendance/student/{student_id}", [.admin, .teacherOfIt, .itself]),
        Row(.get, "/attendance/{class_id}", [.admin, .teacherOfIt]),
        Row(
            .post, "/attendance/corrections", [.admin, .teacherOfIt],
            body:
                "{\"person\":\"{student_id}\",\"session\":\"{today}\",\"status\":\"present\",\"reason\":\"was there\"}"),
        Row(.get, "/attendance/corrections?person={student_id}", [.admin, .teacherOfIt, .itself]),
        Row(
            .post, "/excuses", [.admin, .teacherOfIt],
            body: "{\"person\":\"{student_id}\",\"first_day\":\"{today}\",\"last_day\":\"{today}\",\"reason\":\"ill\"}"),
        Row(.get, "/excuses", teachers),
        Row(.get, "/excuses?person={student_id}", [.admin, .teacherOfIt, .itself]),
        Row(.delete, "/excuses/{excuse_id}", [.admin, .teacherOfIt]),
        Row(.get, "/marks", teachers),
        Row(.get, "/marks?person={student_id}", [.admin, .teacherOfIt]),
        Row(.post, "/marks/{mark_id}/void", [.admin, .teacherOfIt], body: "{\"reason\":\"a photograph\"}"),
        Row(.get, "/walk-bys", teachers),
        Row(.get, "/walk-bys?class={class_id}", [.admin, .teacherOfIt]),
        Row(
            .post, "/walk-bys/{walk_by_id}/decision", [.admin, .teacherOfIt],
            body: "{\"decision\":\"dismiss\",\"reason\":\"a picture\"}"),
        Row(.get, "/audit", [.admin]),
        Row(.get, "/letters", [.admin]),
        Row(.post, "/letters/{letter_id}/again", [.admin]),
        Row(.post, "/users/{user_id}/consent", [.admin], body: "{\"given\":true}"),
        Row(.post, "/users/{user_id}/consent", [.admin, .itself], body: "{\"given\":false}"),
        Row(.get, "/users/{user_id}/photographs", [.admin, .teacherOfIt, .itself]),
        Row(.post, "/users/{user_id}/photographs", [.admin], body: "{}"),
        Row(.delete, "/users/{user_id}/photographs/{photograph_id}", [.admin]),
        Row(.get, "/users/{user_id}/image", [.admin, .teacherOfIt, .itself]),
        Row(.put, "/users/{user_id}/image", [.admin, .itself], body: "{}"),
        Row(.delete, "/users/{user_id}/image", [.admin, .itself]),
    ]

    /// Routes that need no person's login.
    static let open: Set<String> = [
        "GET /healthz", "POST /login", "POST /refresh", "POST /password/reset", "POST /v1/terminal/marks",
        "POST /v1/terminal/walk-bys",
        "GET /v1/terminal/roster", "POST /v1/terminal/heartbeat", "POST /v1/terminal/register",
        "POST /v1/terminal/token", "POST /password/forgot", "POST /attendance/mark",
    ]

    @Test func everyRouteHasARow() async throws {
        let router = Router(context: ServerRequestContext.self)
        try await School().routes().addRoutes(to: router)
        // The pages have a matrix of their own.
        let routes = router.programRoutes
        let known = Set(Self.rows.map { "\($0.method.rawValue) \($0.path.prefix { $0 != "?" })" }).union(Self.open)
        #expect(routes.subtracting(known).isEmpty, "who may ask this?")
        #expect(known.subtracting(routes).isEmpty, "there is no such route")
    }

    @Test func everyActionHasARow() {
        for action in Access.Action.allCases { #expect(Access.table[action] != nil, "\(action)") }
    }

    @Test(arguments: rows) func onlyWhoMayIsAnswered(row: Row) async throws {
        // Each asker finds the school as it was.
        for asker in Asker.allCases {
            let scene = try await Scene()
            let reply = try await scene.client.send(
                row.method, scene.filled(row.path), token: scene.token(of: asker), row.body.map(scene.filled))
            if asker == .nobody {
                #expect(reply.status == 401)
            } else if row.allowed.contains(asker) {
                #expect(reply.status != 401 && reply.status != 403 && reply.status < 500, "\(asker): \(reply.status)")
            } else {
                #expect(reply.status == 403, "\(asker): \(reply.status)")
            }
        }
    }

    /// Who may not know of a thing learns nothing from what there is not.
    @Test(arguments: rows.filter { $0.path.contains("_id}") && !$0.path.contains("?") })
    func whatThereIsNotIsForbiddenToThoseWhoMayNotKnow(row: Row)
        async throws
    {
        let scene = try await Scene()
        // Every id is somebody's whom there is not.
        let path = row.path.replacing(#/{[a-z]+_id}/#) { _ in UUID().lowercased }
        let student = try await scene.client.send(row.method, path, token: scene.token(of: .otherStudent), row.body)
        #expect(student.status == 403)
        let admin = try await scene.client.send(row.method, path, token: scene.token(of: .admin), row.body)
        #expect(admin.status == 404)
    }

    /// Two classes with a student and a teacher each, an admin, a terminal; a mark, an excuse and a walk-by of the first
    /// student.
    private struct Scene {
        let client: RouterClient
        let classID: UUID
        let terminal, mark, excuse, walkBy: UUID
        let today: LocalDate
        let admin, teacher, otherTeacher, student, otherStudent: RouterClient.Member

        init() async throws {
            client = try await RouterClient(try School())
            student = try await client.member(.student, className: "7b")
            otherStudent = try await client.member(.student, className: "8a")
            let classes = client.school.database.classes
            classID = try #require(try classes.find(name: "7b")).id
            teacher = try await client.member(.teacher, teaches: [classID])
            otherTeacher = try await client.member(.teacher, teaches: [try #require(try classes.find(name: "8a")).id])
            admin = try await client.member(.admin)
            let database = client.school.database
            terminal = try database.terminals.add(name: "door").terminal.id
            let now = Clock.now
            today = try database.policies.current().session(at: now).date
            let seen = School.mark(of: student.id, at: now, session: today)
            mark = seen.id
            _ = try database.marks.receive([.valid(seen)], from: .terminal(terminal), now: now)
            let ill = ExcuseStore.New(person: student.id, firstDay: today, lastDay: today, reason: "ill")
            excuse = try database.excuses.make(ill, by: admin.id, now: now).id
            _ = try database.people.setConsent(true, note: nil, of: student.id, by: .server, now: now)
            let unsure = School.walkBy(of: [student.id], at: now, session: today)
            walkBy = unsure.id
            _ = try database.walkBys.receive([.valid(unsure)], from: terminal, now: now)
        }

        /// The text with the ids of this scene; what there is none of here has an id of nobody.
        func filled(_ text: String) -> String {
            let values = [
                "user_id": student.id.lowercased, "student_id": student.id.lowercased, "class_id": classID.lowercased,
                "terminal_id": terminal.lowercased, "mark_id": mark.lowercased, "excuse_id": excuse.lowercased,
                "walk_by_id": walkBy.lowercased,
                "letter_id": UUID().lowercased, "photograph_id": UUID().lowercased, "date": "2026-12-24",
                "today": today.description,
            ]
            return values.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
        }

        func token(of asker: Asker) -> String? {
            switch asker {
            case .nobody: nil
            case .admin: admin.access
            case .teacherOfIt: teacher.access
            case .otherTeacher: otherTeacher.access
            case .itself: student.access
            case .otherStudent: otherStudent.access
            }
        }
    }
}
