import Attendance
import Logging
import ServiceLifecycle

/// Closes the sessions that are over, and makes the records anew that a change of the calendar waits for.
struct SessionClosing: Service {
    let database: DatabaseThread
    let logger: Logger
    /// How often sessions are closed.
    var interval = Duration.seconds(60)
    /// How often it looks for records that are to be made anew.
    var pause = Duration.seconds(5)

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await work() }
        } catch is CancellationError {
            // The server stops.
        }
    }

    private func work() async throws {
        var next = ContinuousClock.now
        var hasFailed = false
        while true {
            do {
                // A slice, so that a long list keeps no session from being closed.
                try await database.recompute(within: 10)
                if ContinuousClock.now >= next {
                    next = ContinuousClock.now + interval
                    try await close(now: Clock.now)
                }
                hasFailed = false
            } catch let error as ServerError {
                if !hasFailed { logger.error("Sessions cannot be closed", metadata: ["error": "\(error)"]) }
                hasFailed = true
            }
            try await Task.sleep(for: pause)
        }
    }

    /// Closes what is over.
    func close(now: Instant) async throws {
        let due = try await database.runPatiently { database throws(ServerError) in try database.closings.due(now: now)
        }
        for due in due {
            let outcome = try await database.runPatiently { database throws(ServerError) in
                try database.closings.close(due, now: now)
            }
            guard outcome.isNews else { continue }
            let metadata: Logger.Metadata = ["class": "\(due.className)", "session": "\(due.session)"]
            if outcome.waitsFor.isEmpty {
                logger.info("Session closed", metadata: metadata)
            } else {
                let names = outcome.waitsFor.joined(separator: ", ")
                logger.notice(
                    "Session is over and waits for terminals",
                    metadata: metadata.merging(["terminals": "\(names)"]) { $1 })
            }
        }
    }
}
