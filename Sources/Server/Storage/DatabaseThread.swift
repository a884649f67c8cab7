import Dispatch
import Synchronization

/// Runs the blocking calls of the database away from the event loops and from the cooperative pool: on as many threads as
/// the database can use at one time, in the order of `Turns`. A call that has waited for `patience` is refused instead: who
/// asked gives up soon and asks again, and a server that works for those who are gone gets nothing done for anybody.
final class DatabaseThread: Sendable {
    private let database: ServerDatabase
    // Serial queues have threads of their own; a concurrent one would have no more than there are processors.
    private let threads: [DispatchQueue]
    private let state: Mutex<State>

    private struct Call: Sendable {
        let since = ContinuousClock.now
        let isPatient: Bool
        let make: @Sendable () -> Void
        let refuse: @Sendable () -> Void
    }

    private typealias Turn = Turns<Call>.Turn

    private struct State {
        var idle: [Int]
        var waiting = Turns<Call>()
    }

    /// A quarter of what a terminal waits for an answer, so that there is time for the answer too.
    static let patience = Duration.seconds(15)

    private let patience: Duration

    init(_ database: ServerDatabase, patience: Duration = DatabaseThread.patience) {
        self.database = database
        self.patience = patience
        threads = (0..<database.threads).map { DispatchQueue(label: "rollcall.database.\($0)") }
        state = Mutex(State(idle: Array(0..<database.threads)))
    }

    /// How many calls run side by side.
    var width: Int { threads.count }

    /// Runs the body with the database and returns what it returns.
    /// - Throws: what the body throws; `Problem.overloaded` where its turn did not come in time.
    func run<Result: Sendable>(
        _ body: @escaping @Sendable (ServerDatabase) throws(ServerError) -> Result
    ) async throws -> Result { try await run(.usual, body) }

    /// As `run`, before others that wait.
    func runFirst<Result: Sendable>(
        _ body: @escaping @Sendable (ServerDatabase) throws(ServerError) -> Result
    ) async throws -> Result { try await run(.first, body) }

    /// As `run`, however long it takes until its turn: for the server's own work, for which nobody waits.
    func runPatiently<Result: Sendable>(
        _ body: @escaping @Sendable (ServerDatabase) throws(ServerError) -> Result
    ) async throws -> Result { try await run(.usual, isPatient: true, body) }

    private func run<Result: Sendable>(
        _ turn: Turn, isPatient: Bool = false,
        _ body: @escaping @Sendable (ServerDatabase) throws(ServerError) -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let call = Call(
                isPatient: isPatient,
                make: { [database] in
                    do throws(ServerError) {
                        continuation.resume(returning: try body(database))
                    } catch {
                        continuation.resume(throwing: error)
                    }
                }, refuse: { continuation.resume(throwing: Problem.overloaded) })
            perform(call, turn)
        }
    }

    private func perform(_ call: Call, _ turn: Turn) {
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
            let isInTime = call.isPatient || ContinuousClock.now - call.since < patience
            if isInTime { call.make() } else { call.refuse() }
        }
    }
}
