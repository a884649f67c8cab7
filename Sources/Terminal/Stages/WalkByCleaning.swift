import Logging

/// Deletes unsure walk-bys that name people who are not on the roster any more: whoever is removed, or withdraws the consent,
/// goes from here too.
struct WalkByCleaning: Sendable {
    let outbox: Outbox
    let book: SchoolBook
    let logger: Logger

    /// To be called after the book has changed.
    func clean() {
        let edition = book.current
        // Before the first roster nobody is on it.
        guard edition.cursor != nil else { return }
        do {
            let count = try outbox.keepWalkBys(ofOnly: Set(edition.roster.people.map(\.id)))
            if count > 0 { logger.info("\(count) unsure walk-bys of people who are not on the roster were deleted") }
        } catch {
            logger.error("unsure walk-bys of people who are not on the roster were not deleted: \(error)")
        }
    }
}
