import Database
import Logging
import ServiceLifecycle
import Systemd

/// Gives the service manager a sign of life as long as the database answers. Without a manager it does nothing.
struct Watchdog: Service {
    let database: DatabaseThread
    let logger: Logger

    func run() async throws {
        let interval: Duration?
        do throws(SystemdError) {
            interval = try Notifier.watchdogInterval()
        } catch {
            logger.warning("\(error)")
            interval = nil
        }
        guard let interval else { return try await gracefulShutdown() }
        do {
            try await cancelWhenGracefulShutdown { try await pet(every: interval / 2) }
        } catch is CancellationError {
            // The server stops.
        }
    }

    private func pet(every pause: Duration) async throws {
        var isStalled = false
        while true {
            do {
                try await database.runPatiently { database throws(ServerError) in try database.ping() }
                _ = try Notifier().watchdog()
                isStalled = false
            } catch {
                // A restart mends nothing where the database is elsewhere and away.
                let isAway = (error as? ServerError)?.isDatabaseAway == true
                if isAway { _ = try? Notifier().watchdog() }
                if !isStalled {
                    logger.log(
                        .progressStalled, .error,
                        isAway
                            ? "The database is away; the server waits for it"
                            : "The database does not answer: no sign of life",
                        metadata: ["error": "\(error)"])
                }
                isStalled = true
            }
            try await Task.sleep(for: pause)
        }
    }
}

extension ServerError {
    /// True where a database server does not answer, which this program can do nothing about.
    fileprivate var isDatabaseAway: Bool {
        switch self {
        case .storage(.connectionLost): true
        case .storage(.cannotOpen(let failure)): if case .postgres = failure.code { true } else { false }
        default: false
        }
    }
}
