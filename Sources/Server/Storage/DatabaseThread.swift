import Dispatch
import Synchronization

/// Runs the blocking calls of the database away from the event loops and from the cooperative pool: on as many threads as
/// the database can use at one time, in the order of `Turns`.
final class DatabaseThread: Sendable {
    private let database: ServerDatabase
    // Serial queues have threads of their own; a concurrent one would have no more than there are processors.
    private let threads: [DispatchQueue]
    private let state: Mutex<State>

    private typealias Call = @Sendable () -> Void
    private typealias Turn = Turns<Call>.Turn

    private struct State {
        var idle: [Int]
        var waiting = Turns<Call>()
    }

    init(_ database: ServerDatabase) {
        self.database = database
        threads = (0..<database.threads).map { DispatchQueue(label: "rollcall.database.\($0)") }
        state = Mutex(State(idle: Array(0..<database.threads)))
    }

    /// How many calls run side by side.
    var width: Int { threads.count }

    /// Runs the body with the database and returns what it returns.
    func run<Result: Sendable>(
        _ body: @escaping @Sendable (ServerDatabase) throws(ServerError) -> Result
    ) async throws -> Result { try await run(.usual, body) }

    /// As `run`, before others that wait.
    func runFirst<Result: Sendable>(
        _ body: @escaping @Sendable (ServerDatabase) throws(ServerError) -> Result
    ) async throws -> Result { try await run(.first, body) }

    private func run<Result: Sendable>(
        _ turn: Turn, _ body: @escaping @Sendable (ServerDatabase) throws(ServerError) -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            perform(turn) { [database] in
                do throws(ServerError) {
                    continuation.resume(returning: try body(database))
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    private func perform(_ turn: Turn, _ call: @escaping Call) {
        let thread = state.withLock { state in
            state.waiting.add(call, turn)
            return state.idle.popLast()
        }
        if let thread { threads[thread].async { self.work(thread) } }
    }

    /// Takes calls until none waits.
    private func work(_ thread: Int) {
        while true {
            let call = state.withLock { state in
                let call = state.waiting.next()
                if call == nil { state.idle.append(thread) }
                return call
            }
            guard let call else { return }
            call()
        }
    }
}
