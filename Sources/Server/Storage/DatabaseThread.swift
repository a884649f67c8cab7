import Dispatch
import Synchronization

/// Runs the blocking calls of the database away from the event loops and from the cooperative pool: on as many threads as
/// the database can use at one time, first come, first served.
final class DatabaseThread: Sendable {
    private let database: ServerDatabase
    // Serial queues have threads of their own; a concurrent one would have no more than there are processors.
    private let threads: [DispatchQueue]
    private let state: Mutex<State>

    private struct State {
        var idle: [Int]
        var waiting: [@Sendable () -> Void] = []
        /// How many at the beginning of `waiting` were begun.
        var begun = 0

        mutating func next() -> (@Sendable () -> Void)? {
            guard begun < waiting.count else { return nil }
            let call = waiting[begun]
            begun += 1
            if begun == waiting.count || begun > 256 {
                waiting.removeFirst(begun)
                begun = 0
            }
            return call
        }
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
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            perform { [database] in
                do throws(ServerError) {
                    continuation.resume(returning: try body(database))
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    private func perform(_ call: @escaping @Sendable () -> Void) {
        let thread = state.withLock { state in
            state.waiting.append(call)
            return state.idle.popLast()
        }
        if let thread { threads[thread].async { self.work(thread) } }
    }

    /// Takes calls until none waits.
    private func work(_ thread: Int) {
        while true {
            let call = state.withLock { state in
                let call = state.next()
                if call == nil { state.idle.append(thread) }
                return call
            }
            guard let call else { return }
            call()
        }
    }
}
