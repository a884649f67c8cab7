import Logging
import Synchronization

/// Says that requests are refused because the database does not keep up: once a minute, as they come in floods.
final class OverloadNotice: Sendable {
    private static let pause = Duration.seconds(60)

    private struct State {
        var refused = 0
        var nextWord: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    /// Counts one request that was refused.
    func note(_ logger: Logger, now: ContinuousClock.Instant = .now) {
        let refused = state.withLock { state -> Int? in
            state.refused += 1
            if let next = state.nextWord, now < next { return nil }
            state.nextWord = now + Self.pause
            defer { state.refused = 0 }
            return state.refused
        }
        guard let refused else { return }
        logger.warning(
            "The database does not keep up: requests are refused, and terminals try again by themselves",
            metadata: [
                "refused": "\(refused)", "next": "a faster disk or processor, or PostgreSQL; see docs/server.md",
            ])
    }
}
