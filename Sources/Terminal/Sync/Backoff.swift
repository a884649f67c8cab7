/// How long to wait after failures in a row: exponential with full jitter, for ever.
public struct Backoff: Sendable, Equatable {
    /// The longest the first failure waits.
    public let base: Duration
    /// The longest any failure waits, unless the server asks for more.
    public let cap: Duration
    /// The longest wait that a server may ask for.
    public let longestRetryAfter: Duration
    /// The least that the longest wait of a failure is, also of the first.
    public var leastCeiling = Duration.zero
    /// Failures in a row.
    public private(set) var failures = 0

    /// Nothing has failed yet.
    public init(
        base: Duration = .seconds(1), cap: Duration = .seconds(300), longestRetryAfter: Duration = .seconds(3600)
    ) {
        self.base = base
        self.cap = cap
        self.longestRetryAfter = longestRetryAfter
    }

    /// The longest wait after the failures so far: base, twice that, and so on up to the cap, but `leastCeiling` at least;
    /// zero without a failure.
    public var ceiling: Duration {
        guard failures > 0 else { return .zero }
        return failures > 30 ? cap : min(cap, max(leastCeiling, base * (1 << (failures - 1))))
    }

    /// Counts one failure and draws the wait before the next attempt, evenly from zero to the ceiling. The jitter comes
    /// on top of what the server asked for, or all terminals of a school would return in the same second.
    public mutating func failed(
        retryAfter: Duration? = nil, random: inout some RandomNumberGenerator
    ) -> Duration {
        failures += failures < Int.max ? 1 : 0
        let jitter = Duration.milliseconds(Int64.random(in: 0...ceiling.wholeMilliseconds, using: &random))
        guard let retryAfter, retryAfter > .zero else { return jitter }
        return min(retryAfter, longestRetryAfter) + jitter
    }

    /// Forgets the failures.
    public mutating func succeeded() {
        failures = 0
    }
}
