import Attendance
import Logging
import ServiceLifecycle

/// Looks each minute which terminals have gone silent, so that their history says so.
struct TerminalWatch: Service {
    let database: DatabaseThread
    let logger: Logger
    var pause = Duration.seconds(60)
    /// A server that was away has heard nobody: it listens first for as long as a terminal may be silent, and a minute more.
    var patience = Duration.seconds((TerminalInspection.silentMinutes + 1) * 60)

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                try await Task.sleep(for: patience)
                while true {
                    await look(now: Clock.now)
                    try await Task.sleep(for: pause)
                }
            }
        } catch is CancellationError {
            // The server stops.
        }
    }

    func look(now: Instant) async {
        do {
            try await database.runPatiently { database throws(ServerError) in
                try database.terminals.noteSilence(now: now)
            }
        } catch {
            logger.warning("The history of terminals is not kept up now", metadata: ["error": "\(error)"])
        }
    }
}
