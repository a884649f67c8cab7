import Logging
import ServiceLifecycle
import Systemd
import UnixSignals

/// Reads the configuration again on SIGHUP: the policy, the certificate and the log level change at once. A file that is
/// refused changes nothing.
struct Reload: Service {
    let path: String?
    let running: ServerConfiguration
    let database: DatabaseThread
    let tls: TLSMaterial
    let threshold: LogThreshold
    let logger: Logger

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            guard let path else { continue }
            tell { notifier throws(SystemdError) in try notifier.reloading() }
            await reload(path)
            tell { notifier throws(SystemdError) in try notifier.ready() }
        }
    }

    /// Takes over what can change while the server runs.
    func reload(_ path: String) async {
        do {
            let new = try ServerConfiguration.load(path: path)
            try tls.reload(new.tls)
            try await database.run { database throws(ServerError) in
                try database.policies.adopt(new.policy, now: Clock.now)
            }
            threshold.level = new.logLevel
            logger.log(.reloaded, .notice, "Configuration read again", metadata: ["file": "\(path)"])
            if !new.differsOnlyWhereReloadable(from: running) {
                logger.warning(
                    "The address, the database, a key, mail or the log's destination changed: restart for them")
            }
        } catch {
            logger.log(
                .configurationRefused, .error, "Configuration refused; the old one stays in force",
                metadata: ["reason": "\(error)"])
        }
    }

    private func tell(_ what: (Notifier) throws(SystemdError) -> Bool) {
        do throws(SystemdError) { _ = try what(Notifier()) } catch { logger.warning("\(error)") }
    }
}

extension ServerConfiguration {
    /// True when a reload can take over everything that differs.
    fileprivate func differsOnlyWhereReloadable(from running: ServerConfiguration) -> Bool {
        var same = running
        same.tls = tls
        same.policy = policy
        same.logLevel = logLevel
        same.models = models
        return same == self
    }
}
