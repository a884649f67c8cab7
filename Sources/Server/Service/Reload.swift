import Logging
import ServiceLifecycle
import Systemd
import UnixSignals

/// Reads the configuration again on SIGHUP: the policy, the certificate, the door for photographs and the log level change
/// at once. A file that is refused changes nothing.
struct Reload: Service {
    let path: String?
    let running: ServerConfiguration
    let database: DatabaseThread
    let tls: TLSMaterial
    let door: UploadDoor
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
            try await database.runPatiently { database throws(ServerError) in
                try database.policies.adopt(new.policy, now: Clock.now)
            }
            let doorChanges = door.change(to: new.upload)
            threshold.level = new.logLevel
            logger.log(.reloaded, .notice, "Configuration read again", metadata: ["file": "\(path)"])
            if doorChanges {
                logger.notice(
                    new.upload.isEnabled
                        ? "Photographs without a login are taken as [upload] says now"
                        : "Photographs without a login are no longer taken")
            }
            let parts = new.partsThatNeedRestart(after: running)
            if !parts.isEmpty {
                logger.warning("\(parts.joined(separator: ", ")) changed: restart the server for it")
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
