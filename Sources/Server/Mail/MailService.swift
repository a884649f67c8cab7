import Attendance
import Dispatch
import FoundationEssentials
import Logging
import ServiceLifecycle
import Synchronization
import Systemd

/// Sends letters as long as the server runs.
struct MailService: Service {
    private let database: DatabaseThread
    private let forgotten: ForgottenPasswords
    private let thread: MailThread
    private let logger: Logger

    /// How often the queue is looked at.
    private static let pause = Duration.seconds(2)

    /// - Parameter mail: how letters are sent.
    init(
        _ mail: MailSettings, password: Redacted<String>?, reports: ReportSettings, zone: TimeZoneRules,
        database: ServerDatabase, thread: DatabaseThread, forgotten: ForgottenPasswords, logger: Logger
    ) throws(ServerError) {
        self.database = thread
        self.forgotten = forgotten
        self.logger = logger
        self.thread = try MailThread { isStopped throws(ServerError) in
            try MailDelivery(
                database: database, settings: mail, client: try SMTPClient.open(mail, password, isStopped: isStopped),
                zone: zone, planner: database.planner(reports), isStopped: isStopped, logger: logger)
        }
    }

    func run() async throws {
        await withTaskCancellationOrGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await sendUntilStopped() }
                group.addTask { await forgotten.answer(database, logger: logger) }
            }
        } onCancelOrGracefulShutdown: {
            thread.stop()
            forgotten.finish()
        }
    }

    private func sendUntilStopped() async {
        var isFailing = false
        while !thread.isStopped {
            do {
                try await thread.round()
                isFailing = false
            } catch {
                if !isFailing { logger.error("The queue of letters cannot be used", metadata: ["error": "\(error)"]) }
                isFailing = true
            }
            await thread.wait(Self.pause)
        }
    }
}

/// The thread that sends letters: sending blocks, and so does the database meanwhile.
final class MailThread: Sendable {
    private let queue = DispatchQueue(label: "rollcall.mail", qos: .utility)
    private let delivery: Mutex<MailDelivery>
    private let flag: StopFlag

    init(
        _ make: (_ isStopped: @escaping @Sendable () -> Bool) throws(ServerError) -> sending MailDelivery
    ) throws(ServerError) {
        let flag = StopFlag()
        self.flag = flag
        delivery = Mutex(try make { flag.isSet })
    }

    var isStopped: Bool { flag.isSet }

    /// Ends what is not handed over yet, within about a second.
    func stop() { flag.set() }

    /// One look at the queue.
    func round() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            queue.async { [self] in
                do throws(ServerError) {
                    try delivery.withLock { delivery throws(ServerError) in _ = try delivery.round() }
                    continuation.resume()
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    /// Waits, or until it is stopped.
    func wait(_ duration: Duration) async {
        let end = ContinuousClock.now + duration
        while !isStopped, ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(200)) }
    }
}

/// Set once, by whoever stops the server.
private final class StopFlag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .acquiring) }

    func set() { value.store(true, ordering: .releasing) }
}

extension SMTPClient {
    /// A client, with the server's error.
    static func open(
        _ settings: MailSettings, _ password: Redacted<String>?, isStopped: @escaping @Sendable () -> Bool
    ) throws(ServerError) -> SMTPClient {
        do throws(MailError) {
            return try SMTPClient(settings, password: password, isStopped: isStopped)
        } catch {
            throw .stopped(reason: error.description)
        }
    }
}
