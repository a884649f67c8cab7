import Foundation
import HTTPTypes
import Hummingbird
import Testing

@testable import Server

/// Every route, asked by everybody about their own things and about foreign ones. Who may is written here a second time, as
/// people would say it, and not read from `Access`.
@Suite struct AccessMatrixTests {
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
        Row(.put, "/terminals/{terminal_id}/classes", [.admin], body: "{\"classes\":[]}"),
        Row(.post, "/terminals/{terminal_id}/renew", [.admin]),
        Row(.post, "/terminals/{terminal_id}/revoke", [.admin]),
        Row(.get, "/users/{user_id}/deletion", [.admin]),
        Row(
            .post, "/password", everybody,
            body: "{\"old_password\":\"\(RouterClient.password)\",\"new_password\":\"another one\"}"),
        Row(.post, "/logout", everybody),
    ]

    /// Routes that need no person's login.
    static let open: Set<String> = [
        "GET /healthz", "POST /login", "POST /refresh", "POST /password/reset", "POST /v1/terminal/marks",
        "GET /v1/terminal/roster", "POST /v1/terminal/heartbeat", "POST /v1/terminal/register",
        "POST /v1/terminal/token",
    ]

    @Test func everyRouteHasARow() async throws {
        let router = Router(context: ServerRequestContext.self)
        try await School().routes().addRoutes(to: router)
        let routes = Set(router.routes.map { "\($0.method.rawValue) \($0.path)" })
        let known = Set(Self.rows.map { "\($0.method.rawValue) \($0.path)" }).union(Self.open)
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
            let path = row.path.replacing("{user_id}", with: scene.student.id.lowercased)
                .replacing("{class_id}", with: scene.classID.lowercased)
                .replacing("{terminal_id}", with: scene.terminal.lowercased)
            let reply = try await scene.client.send(row.method, path, token: scene.token(of: asker), row.body)
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
    @Test(arguments: rows.filter { $0.path.contains("{") }) func whatThereIsNotIsForbiddenToThoseWhoMayNotKnow(row: Row)
        async throws
    {
        let scene = try await Scene()
        let path = ["{user_id}", "{class_id}", "{terminal_id}"].reduce(row.path) {
            $0.replacing($1, with: UUID().lowercased)
        }
        let student = try await scene.client.send(row.method, path, token: scene.token(of: .otherStudent), row.body)
        #expect(student.status == 403)
        let admin = try await scene.client.send(row.method, path, token: scene.token(of: .admin), row.body)
        #expect(admin.status == 404)
    }

    /// Two classes with a student and a teacher each, an admin, and a terminal.
    private struct Scene {
        let client: RouterClient
        let classID: UUID
        let terminal: UUID
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
            terminal = try client.school.database.terminals.add(name: "door").terminal.id
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
