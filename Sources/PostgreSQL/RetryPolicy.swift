import Database

/// Whether a transaction that failed is run again, and after which pause. PostgreSQL gives one of two transactions up that
/// cannot both have happened one after the other; it succeeds when it is run again.
public struct RetryPolicy: Sendable, Equatable {
    /// How often a transaction is run at most when others are in its way.
    public var tries = 20
    /// How often it is run at most for what may also be lasting: a lost connection, a unique value that is taken.
    public var doubtfulTries = 3
    /// The longest pause after the first try, in milliseconds; it doubles with each.
    public var firstPause: Int64 = 4
    /// The longest pause of all, in milliseconds.
    public var longestPause: Int64 = 250

    /// The policy of a server in use.
    public init() {}

    /// The longest pause before the next try; nil when there is none.
    /// - Parameter tries: how often the transaction has been run.
    func pause(after error: DatabaseError, tries: Int) -> Duration? {
        guard tries < allowedTries(for: error) else { return nil }
        return .milliseconds(min(longestPause, firstPause << min(Int64(tries - 1), 16)))
    }

    private func allowedTries(for error: DatabaseError) -> Int {
        switch error {
        case .connectionLost: doubtfulTries
        // What another transaction has stored meanwhile: the body finds it and says what it thinks of it.
        case .constraint: error.isUniqueViolation ? doubtfulTries : 1
        case .busy(let failure), .other(let failure):
            switch failure.code {
            case .postgres(PostgresState.serializationFailure), .postgres(PostgresState.deadlock): tries
            case .postgres(PostgresState.planIsOld), .postgres(PostgresState.noSuchStatement): doubtfulTries
            default: 1
            }
        default: 1
        }
    }
}
