import Dispatch

/// Runs the blocking calls of the database one after another, away from the event loops and from the cooperative pool.
final class DatabaseThread: Sendable {
    private let database: ServerDatabase
    private let queue = DispatchQueue(label: "rollcall.database")

    init(_ database: ServerDatabase) {
        self.database = database
    }

    /// Runs the body with the database and returns what it returns.
    func run<Result: Sendable>(
        _ body: @escaping @Sendable (ServerDatabase) throws(ServerError) -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [database] in
                do throws(ServerError) {
                    continuation.resume(returning: try body(database))
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }
}
