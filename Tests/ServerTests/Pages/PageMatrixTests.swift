import Foundation
import Hummingbird
import Testing

@testable import Server

/// Every route of the pages, asked by those whom it is not for. The table of who may do what is `Access`; here it is about
/// none having been forgotten.
@Suite struct PageMatrixTests {
    private struct Route: Hashable {
        let method: HTTPRequest.Method
        let path: String
    }

    /// Open to everybody; and to whoever is logged in, as the calendar is to be read.
    private static let open: Set = ["/pages/login", "/pages/language"]
    private static let shared: Set = ["/pages", "/pages/logout"]
    private static let calendar = Route(method: .get, path: "/pages/calendar")
    private static let admins = [
        "/pages/people", "/pages/school", "/pages/calendar", "/pages/audit", "/pages/terminals",
    ]

    private let client: RouterClient
    private let routes: [Route]

    init() async throws {
        client = try await RouterClient(try School())
        let router = Router(context: ServerRequestContext.self)
        client.routes.addRoutes(to: router)
        routes = Set(router.routes.map { Route(method: $0.method, path: $0.path.description) })
            .filter {
                $0.path.hasPrefix("/pages") && !$0.path.hasPrefix("/pages/assets") && !Self.open.contains($0.path)
            }
            .sorted { ($0.path, $0.method.rawValue) < ($1.path, $1.method.rawValue) }
    }

    private func ask(_ route: Route, _ browser: PageClient) async throws -> PageClient.Answer {
        let path = route.path.replacing(/\{[a-z_]+\}/) { _ in UUID().uuidString.lowercased() }
        return route.method == .get ? try await browser.get(path) : try await browser.post(path, [:])
    }

    @Test func nobodyIsAnsweredWithoutALogin() async throws {
        #expect(routes.count > 40)
        for route in routes {
            let answer = try await ask(route, PageClient(client))
            #expect(answer.status == 303 && answer.location?.hasPrefix("/pages/login") == true, "\(route)")
        }
    }

    @Test func aStudentHasTheirOwnPagesOnly() async throws {
        let browser = PageClient(client)
        _ = try await browser.logIn(try await client.member(.student))
        _ = try await browser.get("/pages/me")
        for route in routes
        where !route.path.hasPrefix("/pages/me") && !Self.shared.contains(route.path)
            && route != Self.calendar
        {
            let answer = try await ask(route, browser)
            #expect(answer.status == 403, "\(route): \(answer.status)")
        }
    }

    @Test func aTeacherHasNoPagesOfTheSchool() async throws {
        let browser = PageClient(client)
        _ = try await browser.logIn(try await client.member(.teacher))
        _ = try await browser.get("/pages/classes")
        for route in routes where Self.admins.contains(where: route.path.hasPrefix) && route != Self.calendar {
            let answer = try await ask(route, browser)
            #expect(answer.status == 403, "\(route): \(answer.status)")
        }
    }
}
