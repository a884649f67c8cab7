import Foundation
import Hummingbird
import TestSupport
import Testing

@testable import Server

/// docs/openapi.yaml is what the server does.
@Suite(.timeLimit(.minutes(10))) struct ContractTests {
    private static let document = "\(Fixtures.package)/docs/openapi.yaml"
    private static let python = ["PYTHONPATH": "\(Fixtures.package)/var/python"]

    @Test func everyRouteIsInTheContractAndNoOther() async throws {
        let script = "\(Fixtures.package)/Tests/ServerTests/Contract/operations.py"
        let listed = try await Command.run("/usr/bin/python3", [script, Self.document], environment: Self.python)
        #expect(listed.status == 0, "\(listed.errors)")
        let promised = Set(listed.output.split(separator: "\n").map(String.init))

        let router = Router(context: ServerRequestContext.self)
        try await School().routes().addRoutes(to: router)
        let routes = router.programRoutes
        #expect(promised.subtracting(routes).isEmpty, "promised, but not there")
        #expect(routes.subtracting(promised).isEmpty, "there, but not in the contract")
    }

    /// Requests made from the contract, right ones and wrong ones, as an admin, a teacher, a student and nobody, to a server
    /// with people in it: no answer is a fault of the server, and none is other than the contract says.
    @Test func everyAnswerIsInTheContract() async throws {
        let server = try await LiveServer()
        let tokens = try await server.tokensOfEveryRole()
        let process = try await ServerProcess(server)
        for (role, token) in try await tokens(process.port) {
            let run = try await Command.run(
                "/usr/bin/python3",
                [
                    "\(Fixtures.package)/var/python/bin/schemathesis", "run", Self.document, "--url",
                    "https://localhost:\(process.port)", "--tls-verify", server.certificate.files.certificate,
                    "--header", "Authorization: Bearer \(token)", "--phases", "examples,coverage,fuzzing",
                    "--max-examples", role == .admin ? "20" : "5", "--seed", "7", "--no-color", "--continue-on-failure",
                    // Rules that a schema cannot say are answered by 400; who may do what has tests of its own.
                    "--exclude-checks", "positive_data_acceptance,ignored_auth,missing_required_header",
                    // They would end the login that the other requests have.
                    "--exclude-operation-id", "logout", "--exclude-operation-id", "changePassword",
                ], environment: Self.python)
            #expect(run.status == 0, "as \(role): \(run.output.suffix(6000))\(run.errors.suffix(2000))")
        }
        #expect(await process.stop().status == 0)
    }
}

extension LiveServer {
    /// Accounts of every role and some people; gives the access tokens of a running server by its port.
    fileprivate func tokensOfEveryRole() async throws -> @Sendable (Int) async throws -> [(Role, String)] {
        let database = try openDatabase()
        defer { database.close() }
        for role in Role.allCases {
            _ = try database.makeUser(
                name: "A \(role.rawValue)", role: role, email: "\(role.rawValue)@school.example", age: nil,
                className: role == .student ? "7b" : nil, password: RouterClient.password)
        }
        return { port in
            var tokens: [(Role, String)] = []
            for role in Role.allCases {
                let body = "{\"email\":\"\(role.rawValue)@school.example\",\"password\":\"\(RouterClient.password)\"}"
                let answer = try await curl(port, "/login", post: Array(body.utf8))
                let object = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
                tokens.append((role, try #require(object?["access_token"] as? String)))
            }
            return tokens
        }
    }
}
