import Attendance
import Foundation
import TestSupport
import Testing

@testable import Server

/// Whatever removes or changes people leaves an admin who can log in.
@Suite(.onEveryDatabase) struct LastAdminTests {
    private let school: School
    private var accounts: AccountStore { school.database.accounts }

    init() throws { school = try School() }

    private func admin(_ name: String, email: String? = nil, hasPassword: Bool = true) throws -> UUID {
        let details = AccountDetails(
            name: name, role: .admin, email: email ?? "\(name.lowercased())@school.example", age: nil, className: nil)
        let hash = hasPassword ? try PasswordHash(of: Password(chosen: "correct horse"), cost: School.cost) : nil
        return try accounts.create(details, password: hash, by: .server, now: Clock.now).id
    }

    private func refusal(of body: () throws -> Void) -> String? {
        let error = #expect(throws: ServerError.self) { try body() }
        if case .taken(let reason) = error { return reason }
        return nil
    }

    @Test func noWayLeadsAroundIt() throws {
        let ada = try admin("Ada")
        _ = try admin("Invited", hasPassword: false)
        let ways: [() throws -> Void] = [
            { _ = try accounts.remove(ada, by: .server, now: Clock.now) },
            { _ = try school.database.removeUser("ada@school.example") },
            { _ = try school.database.people.remove("Ada") },
            { _ = try school.database.people.remove(ada.lowercased) },
            { try change(ada) { $0.role = .teacher } },
            { try change(ada) { $0.email = nil } },
        ]
        for way in ways {
            let reason = refusal(of: way)
            #expect(reason?.contains("rollcall-server user create --role admin") == true, "it says what to do")
        }
        #expect(try accounts.find(ada)?.role == .admin)
        try change(ada) { $0.email = "countess@school.example" }
        let bo = try admin("Bo")
        try change(ada) { $0.role = .teacher }
        #expect(refusal { _ = try school.database.people.remove(bo.lowercased) } != nil)
    }

    @Test func whoCannotLogInIsNoLoss() throws {
        _ = try admin("Ada")
        let invited = try admin("Invited", hasPassword: false)
        #expect(try school.database.people.remove(invited.lowercased).name == "Invited")
    }

    private func change(_ id: UUID, _ body: (inout AccountDetails) -> Void) throws {
        _ = try accounts.change(id, by: .server, now: Clock.now) { old throws(ServerError) in
            var new = old
            body(&new)
            return new
        }
    }
}

@Suite(.timeLimit(.minutes(10))) struct LastAdminProgramTests {
    @Test func theCommandsSayWhatToDo() async throws {
        let server = try await LiveServer()
        let database = try server.openDatabase()
        _ = try database.makeUser(
            name: "Ada", role: .admin, email: "ada@school.example", age: nil, className: nil, password: "correct horse")
        database.close()
        for arguments in [["user", "remove", "ada@school.example"], ["people", "remove", "Ada"]] {
            let outcome = try await Command.run(
                try BuiltProgram("rollcall-server").path, arguments + ["--config", server.folder.file("server.toml")])
            #expect(outcome.status == 1 && outcome.output.isEmpty)
            #expect(outcome.errors.hasPrefix("rollcall-server: this is the last admin"), "\(outcome.errors)")
        }
    }
}
