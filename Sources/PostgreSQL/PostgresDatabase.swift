import Database
import Glibc

/// A PostgreSQL database for several threads: a pool of connections, each for one statement or transaction at a time.
///
/// A transaction is SERIALIZABLE: it has the effect of having run alone. Where the server gives it up for that, or to end a
/// deadlock, it is run again after a short pause of random length; so is one whose connection broke before its end. A
/// connection that broke is replaced by the next call that needs one.
public final class PostgresDatabase: SQLDatabase {
    private let pool: ConnectionPool
    private let retries: RetryPolicy

    /// Connects, and brings the schema to the newest version; a newer one throws `.newerSchema` and is not changed.
    public init(
        _ address: PostgresAddress, limits: PostgresLimits = PostgresLimits(), migrations: [Migration]
    ) throws(DatabaseError) {
        pool = ConnectionPool(address, limits)
        retries = limits.retries
        let connection = try pool.take()
        defer { pool.giveBack(connection) }
        try PostgresSchema(connection: connection, place: address.place).bringUp(to: migrations)
    }

    /// Runs one statement to its end and returns the number of rows it changed.
    @discardableResult
    public func execute(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseError) -> Int {
        try onConnection(isRepeatable: false) { connection throws(DatabaseError) in
            try connection.execute(sql, parameters)
        }
    }

    /// Runs one statement and returns all its rows.
    public func query(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseError) -> [Row] {
        try onConnection(isRepeatable: sql.hasPrefix("SELECT")) { connection throws(DatabaseError) in
            try connection.query(sql, parameters)
        }
    }

    /// Runs the body in one transaction; see the type for when it is run again.
    @discardableResult
    public func transaction<R: Sendable, E: WrapsDatabaseError>(
        _ body: (any SQLSession) throws(E) -> R
    ) throws(E) -> R {
        var tries = 0
        while true {
            tries += 1
            let connection: PostgresConnection
            do throws(DatabaseError) { connection = try pool.take() } catch { throw E(error) }
            let outcome = connection.attempt(body)
            pool.giveBack(connection)
            switch outcome {
            case .committed(let result): return result
            case .failed(let error, let cause):
                guard let cause, let pause = retries.pause(after: cause, tries: tries) else { throw error }
                Self.sleep(atMost: pause)
            }
        }
    }

    /// Ends the connections; every later call throws.
    public func close() { pool.close() }

    /// - Parameter isRepeatable: true for what may be done again although it was done already, which nobody knows of a
    ///   statement whose connection broke.
    private func onConnection<Value>(
        isRepeatable: Bool, _ body: (PostgresConnection) throws(DatabaseError) -> Value
    ) throws(DatabaseError) -> Value {
        var tries = 0
        while true {
            tries += 1
            let connection = try pool.take()
            let failure: DatabaseError
            do throws(DatabaseError) {
                let value = try body(connection)
                pool.giveBack(connection)
                return value
            } catch {
                pool.giveBack(connection)
                failure = error
            }
            if case .connectionLost = failure, !isRepeatable { throw failure }
            if case .constraint = failure { throw failure }
            guard let pause = retries.pause(after: failure, tries: tries) else { throw failure }
            Self.sleep(atMost: pause)
        }
    }

    /// A random part of the pause, so that those who were in each other's way do not meet again.
    private static func sleep(atMost pause: Duration) {
        let microseconds = Int64.random(in: 0...pause.milliseconds * 1_000)
        usleep(UInt32(clamping: microseconds))
    }
}
