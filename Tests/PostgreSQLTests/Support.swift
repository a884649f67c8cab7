import Database
import Foundation
import Synchronization
import TestSupport

@testable import PostgreSQL

/// A database of one test, dropped with it.
final class TestDatabase: Sendable {
    let cluster: PostgresCluster
    let name = "t_" + UUID().uuidString.lowercased().replacing("-", with: "_")

    init(_ cluster: PostgresCluster? = nil) throws {
        self.cluster = try cluster ?? PostgresCluster.shared.get()
        try manage("CREATE DATABASE \(name)")
    }

    deinit { try? manage("DROP DATABASE \(name) WITH (FORCE)") }

    var address: PostgresAddress {
        get throws { try Self.address(cluster.url(name)) }
    }

    func open(
        _ migrations: [Migration] = notes, connections: Int = 4, _ change: (inout PostgresLimits) -> Void = { _ in }
    )
        throws -> PostgresDatabase
    {
        var limits = PostgresLimits(connections: connections)
        change(&limits)
        return try PostgresDatabase(address, limits: limits, migrations: migrations)
    }

    /// Ends the server's side of every connection to this database.
    func endConnections() throws {
        try manage("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '\(name)'")
    }

    private func manage(_ sql: String) throws {
        let database = try PostgresDatabase(Self.address(cluster.url("postgres")), migrations: [])
        defer { database.close() }
        if sql.hasPrefix("SELECT") { _ = try database.query(sql) } else { try database.execute(sql) }
    }

    private static func address(_ url: String) throws -> PostgresAddress {
        guard let address = PostgresAddress(url) else { throw FixtureError("not an address: \(url)") }
        return address
    }
}

let notes = [Migration("notes", ["CREATE TABLE notes (id BIGINT PRIMARY KEY, body TEXT UNIQUE, data BYTEA)"])]

/// The error of a call that must fail, nil when it does not.
func failure(_ body: () throws(DatabaseError) -> Void) -> DatabaseError? {
    do throws(DatabaseError) { try body() } catch { return error }
    return nil
}

/// Runs the body on so many threads at once and gives the errors.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) throws(DatabaseError) -> Void) -> [DatabaseError] {
    let errors = Shared<[DatabaseError]>([])
    let all = DispatchGroup()
    for index in 0..<count {
        all.enter()
        Thread.detachNewThread {
            if let error = failure({ () throws(DatabaseError) in try body(index) }) {
                errors.change { $0.append(error) }
            }
            all.leave()
        }
    }
    all.wait()
    return errors.value
}

/// A value of several threads.
final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) { state = Mutex(value) }

    var value: Value { state.withLock { $0 } }

    /// Changes the value and gives the new one.
    @discardableResult
    func change(_ change: @Sendable (inout Value) -> Void) -> Value {
        state.withLock { value in
            change(&value)
            return value
        }
    }
}
