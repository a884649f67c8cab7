import Logging
import NIOCore
import ServiceLifecycle
import Systemd

/// Tells the service manager, the log and whoever started the server when it listens and when it stops.
struct Lifecycle: Service {
    let logger: Logger
    let onListening: @Sendable (Int) async -> Void
    private let notifier = Notifier()

    init(logger: Logger, onListening: @escaping @Sendable (Int) async -> Void) {
        self.logger = logger
        self.onListening = onListening
    }

    func run() async throws {
        try await gracefulShutdown()
        logger.log(.stopping, .notice, "Stopping: requests under way are answered first")
        tell { notifier throws(SystemdError) in try notifier.stopping(status: "Stopping") }
    }

    func isListening(on channel: any Channel) async {
        let port = channel.localAddress?.port ?? 0
        let address = channel.localAddress?.ipAddress ?? "?"
        logger.log(.started, .notice, "Listening", metadata: ["address": "\(address)", "port": "\(port)"])
        tell { notifier throws(SystemdError) in try notifier.ready(status: "Listening on port \(port)") }
        await onListening(port)
    }

    private func tell(_ what: (Notifier) throws(SystemdError) -> Bool) {
        do throws(SystemdError) { _ = try what(notifier) } catch { logger.warning("\(error)") }
    }
}
