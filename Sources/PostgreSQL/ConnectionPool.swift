import Database
import Dispatch
import Synchronization

/// A bounded number of connections: made when they are needed, kept for the next, replaced when they broke.
final class ConnectionPool: Sendable {
    private let address: PostgresAddress
    private let limits: PostgresLimits
    private let free: DispatchSemaphore
    private let state = Mutex(State())

    private struct State {
        var idle: [PostgresConnection] = []
        var isClosed = false
    }

    init(_ address: PostgresAddress, _ limits: PostgresLimits) {
        self.address = address
        self.limits = limits
        free = DispatchSemaphore(value: max(1, limits.connections))
    }

    /// A connection that nobody else has. Waits while all are in use; give it back afterwards.
    func take() throws(DatabaseError) -> PostgresConnection {
        guard free.wait(timeout: .now() + .milliseconds(Int(limits.turn.milliseconds))) == .success else {
            throw .busy(failure("53300", "all \(limits.connections) connections are in use"))
        }
        do throws(DatabaseError) {
            while let connection = try nextIdle() {
                if connection.isFresh { return connection }
                connection.close()
            }
            return try PostgresConnection(address, limits)
        } catch {
            free.signal()
            throw error
        }
    }

    /// Keeps the connection for the next who needs one, unless it broke or something was left undone on it.
    func giveBack(_ connection: PostgresConnection) {
        let isKept =
            connection.isFresh
            && state.withLock { state in
                guard !state.isClosed else { return false }
                state.idle.append(connection)
                return true
            }
        if !isKept { connection.close() }
        free.signal()
    }

    /// Ends the connections that nobody uses now, and the others when they are given back.
    func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        for connection in idle { connection.close() }
    }

    private func nextIdle() throws(DatabaseError) -> PostgresConnection? {
        let (connection, isClosed) = state.withLock { ($0.idle.popLast(), $0.isClosed) }
        if isClosed { throw .other(failure(PostgresState.misuse, "the database is closed")) }
        return connection
    }

    private func failure(_ state: String, _ message: String) -> SQLFailure {
        SQLFailure(file: address.place, operation: "connecting", code: .postgres(state), message: message)
    }
}
