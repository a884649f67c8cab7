import Logging
import Systemd

/// One log entry for each change of state, none for each attempt.
struct SyncJournal {
    private let logger: Logger
    /// The error that the journal knows of, by its kind.
    private var known: String?
    /// The first success is worth an entry too.
    private var isFirst = true
    private var knowsForeign = false

    init(logger: Logger) {
        self.logger = logger
    }

    /// After each attempt.
    mutating func note(_ state: SyncState, nextAttempt: Duration) {
        let error = state.lastError
        guard error?.kind != known || isFirst && state.isHealthy else { return }
        known = error?.kind
        if let error {
            logger.log(
                .syncFailing, .warning, "server: \(error)",
                metadata: ["error": .string(error.kind), "retry_s": .string("\(nextAttempt.components.seconds)")])
        } else {
            isFirst = false
            logger.log(
                .syncOK, .notice, "server: in step",
                metadata: ["server_offset_ms": .string(state.serverOffset.map { "\($0)" } ?? "unknown")])
        }
    }

    /// After each receipt.
    mutating func note(_ summary: AcknowledgeSummary, reason: String?) {
        if summary.rejected > 0 {
            let reason = ForeignText.clean(reason ?? "no reason given")
            logger.log(
                .markRejected, .warning,
                "server rejected \(summary.rejected) marks (\(reason)); they are kept apart, see rollcallctl marks")
        }
        if summary.unknown > 0 && !knowsForeign {
            logger.warning(
                "server answered \(summary.unknown) marks that were not sent; ignored, check its version",
                metadata: ["results": .string("\(summary.unknown)")])
        }
        knowsForeign = summary.unknown > 0
    }

    /// After the token was changed.
    func noteNewToken() {
        logger.notice("the terminal's token was renewed; the one before ends with the first use of the new one")
    }

    /// When the token could not be changed.
    func noteOldToken(_ error: TokenError) {
        logger.warning("the terminal's token was not renewed: \(error); it is tried again in a day")
    }

    /// When the last attempt before the end has failed.
    func noteFlush(_ error: SyncError) {
        logger.notice("marks that wait stay in the outbox", metadata: ["error": .string(error.kind)])
    }
}
