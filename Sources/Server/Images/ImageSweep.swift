import Logging
import ServiceLifecycle

/// Deletes images that nobody has any more, now and then: those of people whom a command removed, and those whose upload
/// broke off.
struct ImageSweep: Service {
    let images: ProfileImages
    let logger: Logger
    var pause = Duration.seconds(30)

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while true {
                    await images.sweep(logger)
                    try await Task.sleep(for: pause)
                }
            }
        } catch is CancellationError {
            // The server stops.
        }
    }
}
