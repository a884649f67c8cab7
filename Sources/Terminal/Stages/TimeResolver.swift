import Attendance
import Capture
import Logging

/// Gives marks and unsure walk-bys of this boot that were made while the clock was unknown their true time, as soon as it is known.
struct TimeResolver: Sendable {
    let outbox: Outbox
    let book: SchoolBook
    let time: TimeKeeper
    let logger: Logger

    func resolve() {
        let time = time.current
        guard time.moment(at: BootClock.now.nanoseconds).clock.isKnown else { return }
        let edition = book.current
        do {
            let count = try outbox.resolveTimes(boot: time.bootID) { mark in
                edition.school.policy.resolve(
                    mark, className: edition.classes[mark.person] ?? "", time: time, zone: edition.school.zone)
            }
            if count > 0 { logger.notice("\(count) marks got their true time") }
        } catch {
            logger.error("marks did not get their true time: \(error)")
        }
        do {
            try outbox.resolveWalkBys(boot: time.bootID) { walkBy in
                edition.school.policy.resolve(walkBy, time: time, zone: edition.school.zone)
            }
        } catch {
            logger.error("unsure walk-bys did not get their true time: \(error)")
        }
    }
}
