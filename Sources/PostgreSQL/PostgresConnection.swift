import Database
import Synchronization

/// One connection to a PostgreSQL server. Every call is atomic; a pool gives it to one caller at a time.
final class PostgresConnection: SQLSession {
    private let handle: Mutex<PostgresHandle>

    /// Connects.
    init(_ address: PostgresAddress, _ limits: PostgresLimits) throws(DatabaseError) {
        handle = Mutex(try PostgresHandle(address, limits))
    }

    @discardableResult
    func execute(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseError) -> Int {
        try handle.withLock { handle throws(DatabaseError) in try handle.run(sql, parameters).changes }
    }

    func query(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseError) -> [Row] {
        try handle.withLock { handle throws(DatabaseError) in try handle.run(sql, parameters).rows }
    }

    /// True when something new can begin on it.
    var isFresh: Bool { handle.withLock { handle in handle.isFresh } }

    /// Ends the connection.
    func close() { handle.withLock { handle in handle.close() } }

    /// How a transaction ended.
    enum Outcome<Result, Failure: Error> {
        case committed(Result)
        /// Nothing of it was stored, or, where `cause` is nil for a lost connection, nobody knows.
        case failed(Failure, cause: DatabaseError?)
    }

    /// Runs the body once in a transaction.
    /// - Parameter isolation: `SERIALIZABLE`, or what a migration needs.
    func attempt<R, E: WrapsDatabaseError>(
        isolation: String = "SERIALIZABLE", _ body: (any SQLSession) throws(E) -> R
    ) -> Outcome<R, E> {
        do throws(DatabaseError) {
            try execute("BEGIN ISOLATION LEVEL \(isolation)")
        } catch { return .failed(E(error), cause: error) }
        let session = PostgresTransaction(self)
        let result: R
        do throws(E) { result = try body(session) } catch {
            rollBack()
            return .failed(error, cause: session.failure)
        }
        // The server has given the transaction up, whatever the body made of the error.
        if let failure = session.failure {
            rollBack()
            return .failed(E(failure), cause: failure)
        }
        do throws(DatabaseError) { try execute("COMMIT") } catch {
            rollBack()
            if case .connectionLost = error { return .failed(E(error), cause: nil) }
            return .failed(E(error), cause: error)
        }
        return .committed(result)
    }

    private func rollBack() {
        guard handle.withLock({ handle in handle.isInTransaction }) else { return }
        _ = try? execute("ROLLBACK")
    }
}

/// The session of one transaction. It remembers the first failure: after it, the server takes nothing but the end.
private final class PostgresTransaction: SQLSession {
    private let connection: PostgresConnection
    private let first = Mutex<DatabaseError?>(nil)

    init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    var failure: DatabaseError? { first.withLock { $0 } }

    @discardableResult
    func execute(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseError) -> Int {
        try remembering { () throws(DatabaseError) in try connection.execute(sql, parameters) }
    }

    func query(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseError) -> [Row] {
        try remembering { () throws(DatabaseError) in try connection.query(sql, parameters) }
    }

    private func remembering<Result>(_ work: () throws(DatabaseError) -> Result) throws(DatabaseError) -> Result {
        if let failure { throw failure }
        do throws(DatabaseError) { return try work() } catch {
            first.withLock { $0 = error }
            throw error
        }
    }
}
