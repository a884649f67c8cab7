import Logging
import Synchronization

/// Deletes unsure walk-bys that name people who are not on the roster any more: whoever is removed, or withdraws the consent,
/// goes from here too.
final class WalkByCleaning: Sendable {
    private let outbox: Outbox
    private let book: SchoolBook
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        /// The edition of the book whose people alone are named.
        var cleaned: Int?
        var fails = false
    }

    init(outbox: Outbox, book: SchoolBook, logger: Logger) {
        (self.outbox, self.book, self.logger) = (outbox, book, logger)
    }

    /// To be called often; does something once for each edition of the book, until that has succeeded.
    /// - Parameter again: once more for this edition: a track that ended meanwhile may have been of the one before.
    func clean(again: Bool = false) {
        let edition = book.current
        // Before the first roster nobody is on it.
        guard edition.cursor != nil else { return }
        state.withLock { state in
            guard again || state.cleaned != edition.number else { return }
            do {
                let count = try outbox.keepWalkBys(ofOnly: Set(edition.roster.people.map(\.id)))
                state = State(cleaned: edition.number)
                if count > 0 {
                    logger.info("\(count) unsure walk-bys of people who are not on the roster were deleted")
                }
            } catch {
                // Said once: it is tried again every second.
                if !state.fails {
                    logger.error("unsure walk-bys of people who are not on the roster were not deleted: \(error)")
                }
                state = State(fails: true)
            }
        }
    }
}
