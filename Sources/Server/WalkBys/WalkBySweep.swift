import Attendance
import Logging
import ServiceLifecycle

/// Deletes walk-bys that were kept for long enough, now and then.
struct WalkBySweep: Service {
    let database: DatabaseThread
    /// How long they are kept, in days.
    let days: Int
    let logger: Logger
    var pause = Duration.seconds(3600)

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while true {
                    await sweep(now: Clock.now)
                    try await Task.sleep(for: pause)
                }
            }
        } catch is CancellationError {
            // The server stops.
        }
    }

    func sweep(now: Instant) async {
        let moment = now.advanced(byMilliseconds: -Int64(days) * 86_400_000)
        do {
            let count = try await database.runPatiently { database throws(ServerError) in
                try database.walkBys.sweep(receivedBefore: moment)
            }
            if count > 0 { logger.info("Old walk-bys deleted", metadata: ["count": "\(count)"]) }
        } catch {
            logger.warning("Old walk-bys are not deleted yet", metadata: ["error": "\(error)"])
        }
    }
}
