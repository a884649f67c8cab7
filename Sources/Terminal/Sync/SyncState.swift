/// How the terminal gets on with the server, for the status page and the heartbeat.
public struct SyncState: Sendable, Equatable {
    /// When a request last succeeded, on the boot clock; nil before the first.
    public internal(set) var lastSuccess: Duration?
    /// What fails now, step by step; empty when all is well or nothing has been tried.
    public internal(set) var errors: [SyncStep: SyncError] = [:]
    /// Failures in a row, of the step that has the most.
    public internal(set) var consecutiveFailures = 0
    /// When the next request is due, on the boot clock; nil before the first and while one is under way.
    public internal(set) var nextAttempt: Duration?
    /// Server's clock minus the terminal's wall clock in milliseconds, by the last answer; nil before the first.
    public internal(set) var serverOffset: Int64?
    /// Marks that the server has taken (accepted or known already) since the start.
    public internal(set) var marksTaken = 0
    /// Marks that the server has rejected since the start.
    public internal(set) var marksRejected = 0
    /// Results for ids that were never sent, since the start.
    public internal(set) var foreignResults = 0

    /// The error to show: of the link or of marks before others; nil when all is well.
    public var lastError: SyncError? {
        [.marks, .roster, .heartbeat, .walkBys].compactMap { errors[$0] }.first
    }

    /// True after a success, while nothing fails.
    public var isHealthy: Bool { lastSuccess != nil && errors.isEmpty }
}
