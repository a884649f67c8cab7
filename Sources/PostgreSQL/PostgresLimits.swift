/// How many connections a pool has and how long it waits.
public struct PostgresLimits: Sendable, Equatable {
    /// The most connections at one time, and so the most statements.
    public var connections: Int
    /// How long a connection may take to be made; whole seconds.
    public var connecting = Duration.seconds(10)
    /// How long a statement may run.
    public var statement = Duration.seconds(60)
    /// How long a statement waits for a row or table that another transaction has locked.
    public var lock = Duration.seconds(10)
    /// How long a caller waits for a connection while all are in use.
    public var turn = Duration.seconds(30)
    /// When and how often a transaction is run again.
    public var retries = RetryPolicy()

    /// Limits of a server in use.
    public init(connections: Int = 8) { self.connections = connections }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
