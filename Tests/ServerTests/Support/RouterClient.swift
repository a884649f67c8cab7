import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SyncProtocol
import Testing

@testable import Server

/// Sends requests to the routes of a school, without a socket.
struct RouterClient {
    let school: School
    let routes: Routes
    private let application: Application<RouterResponder<ServerRequestContext>>

    init(_ school: School) async throws {
        self.school = school
        routes = try await school.routes()
        application = Application(router: routes.router())
    }

    /// An answer, read as JSON where it is.
    struct Reply: Sendable {
        let status: Int
        let headers: HTTPFields
        let body: [UInt8]

        func json<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
            try JSONDecoder().decode(type, from: Data(body))
        }

        /// The members of an object.
        var object: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
        }

        func text(_ name: String) -> String? { object[name] as? String }

        /// The members of the list `items`.
        var items: [[String: Any]] { object["items"] as? [[String: Any]] ?? [] }
    }

    /// Sends a request. A refusal must be a problem document.
    func send(
        _ method: HTTPRequest.Method, _ path: String, token: String? = nil, _ body: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> Reply {
        var fields = headers
        if let token { fields[.authorization] = "Bearer \(token)" }
        if body != nil, fields[.contentType] == nil { fields[.contentType] = "application/json" }
        let answer = try await application.test(.router) { [fields] client in
            try await client.execute(
                uri: path, method: method, headers: fields, body: ByteBuffer(string: body ?? ""))
        }
        if answer.status.code >= 400 {
            #expect(answer.headers[.contentType] == "application/problem+json", "\(method) \(path)")
        }
        return Reply(
            status: answer.status.code, headers: answer.headers, body: Array(answer.body.readableBytesView))
    }

    /// Somebody with an account whose password is `Self.password`.
    struct Member: Sendable {
        let id: UUID
        let email: String
        let access: String
    }

    static let password = "correct horse battery"

    /// Makes an account and logs it in.
    func member(_ role: Role, email: String? = nil, className: String? = nil, teaches: [UUID] = []) async throws
        -> Member
    {
        let email = email ?? "\(role.rawValue)-\(UUID().lowercased.prefix(8))@school.example"
        let details = AccountDetails(
            name: "A \(role.rawValue)", role: role, email: email, age: nil,
            className: role == .student ? className ?? "7b" : nil)
        let hash = try PasswordHash(of: Password(chosen: Self.password), cost: School.cost)
        let account = try school.database.accounts.create(details, password: hash, by: .server, now: Clock.now)
        for id in teaches {
            let before = try #require(try school.database.classes.find(id)).teachers
            _ = try school.database.classes.setTeachers(
                Set(before + [account.id]), of: id, by: .server, now: Clock.now)
        }
        let reply = try await logIn(email)
        #expect(reply.status == 200)
        return Member(id: account.id, email: email, access: try #require(reply.text("access_token")))
    }

    func logIn(_ email: String, _ password: String = Self.password) async throws -> Reply {
        try await send(.post, "/login", "{\"email\":\"\(email)\",\"password\":\"\(password)\"}")
    }
}

extension Router<ServerRequestContext> {
    /// Methods and paths of the routes that are for people's programs, and not the pages.
    var programRoutes: Set<String> {
        let some = routes.filter { $0.path.description != "/" && !$0.path.description.hasPrefix("/pages") }
        return Set(some.map { "\($0.method.rawValue) \($0.path)" })
    }
}
