import Database
import Foundation
import PostgreSQL
import TestSupport
import Testing

@testable import Server

/// The databases that the server can use.
enum DatabaseKind: String, CaseIterable, Sendable {
    case sqlite, postgres

    /// The one that a `School` is made with.
    @TaskLocal static var current = DatabaseKind.sqlite
}

/// Runs every test of a suite once on each database: `@Suite(.onEveryDatabase)`. The suite makes its `School` in `init`.
struct OnEveryDatabase: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        for kind in DatabaseKind.allCases {
            let naming = IssueHandlingTrait.compactMapIssues { issue in
                var issue = issue
                issue.comments.append("on \(kind.rawValue)")
                return issue
            }
            try await DatabaseKind.$current.withValue(kind) {
                try await naming.provideScope(for: test, testCase: testCase, performing: function)
            }
        }
    }
}

extension Trait where Self == OnEveryDatabase {
    static var onEveryDatabase: Self { Self() }
}

/// A PostgreSQL database of one test with the server's tables, dropped with it.
final class TestPostgres: Sendable {
    let url: String
    let address: PostgresAddress
    private let name: String

    /// Migrated once, copied for each test.
    private static let template = Result {
        let name = "school_template"
        try TestPostgres.manage("CREATE DATABASE \(name)")
        let address = try TestPostgres.address(PostgresCluster.shared.get().url(name))
        let database = try ServerDatabase(
            .server(address, connections: 1), vault: TemplateVault(key: [UInt8](repeating: 7, count: 32)))
        database.close()
        return name
    }

    init() throws {
        name = "school_" + UUID().uuidString.lowercased().replacing("-", with: "_")
        try Self.manage("CREATE DATABASE \(name) TEMPLATE \(Self.template.get())")
        url = try PostgresCluster.shared.get().url(name)
        address = try Self.address(url)
    }

    deinit { try? Self.manage("DROP DATABASE \(name) WITH (FORCE)") }

    private static func manage(_ sql: String) throws {
        let database = try PostgresDatabase(address(PostgresCluster.shared.get().url("postgres")), migrations: [])
        defer { database.close() }
        try database.execute(sql)
    }

    private static func address(_ url: String) throws -> PostgresAddress {
        guard let address = PostgresAddress(url) else { throw FixtureError("not an address: \(url)") }
        return address
    }
}
