import Attendance
import Capture
import Configuration
import Database
import Faces
import FoundationEssentials
import Logging
import SyncProtocol
import Synchronization
import Systemd

/// The daemon: the one place where its parts are made, wired and stopped.
///
/// What runs: the capture thread (camera to durable mark), the sync thread (outbox to server, roster from server), the
/// status endpoint's two threads, and the calling thread, which takes signals and keeps house.
public struct Terminal {
    private let path: String
    private let configuration: TerminalConfiguration
    private let files: NamedFiles
    private let logs: Logs
    private let notifier = Notifier()

    /// A terminal by the configuration that was read from `path`.
    public init(path: String, configuration: TerminalConfiguration) {
        self.path = path
        self.configuration = configuration
        files = NamedFiles(path: path, configuration: configuration)
        logs = Logs(
            identifier: "rollcalld", level: configuration.log.level, destination: configuration.log.destination)
    }

    /// Checks the files that the configuration names as the start does, without opening a database or listening.
    /// - Returns: what the start would warn of.
    public func check() throws(TerminalError) -> [String] { try files.check() }

    /// Runs until SIGTERM or SIGINT, or until a finite source ends. What goes wrong is in the log when it throws.
    public func run() throws(TerminalError) {
        ProcessMemory.useOneHeap()
        do {
            try start()
        } catch let error as LoggedError {
            throw error.reason
        } catch {
            let error = error as? TerminalError ?? TerminalError("\(error)", exitStatus: 1)
            let logger = logs.logger("terminal")
            if error.exitStatus == TerminalError.configurationStatus {
                logger.log(.configurationRefused, .critical, "\(error)")
            } else {
                logger.critical("\(error)")
            }
            throw error
        }
    }

    private func start() throws {
        ProcessSignals.block()
        let logger = logs.logger("terminal")
        let boot = BootIdentity.read()
        let board = StatusBoard(version: terminalVersion, bootID: boot)
        try files.makeStateFolder()
        try files.checkSource()

        let status = try StatusServer(
            address: configuration.status.address, port: configuration.status.port,
            maximumConnections: configuration.status.maximumConnections,
            showNames: configuration.status.showNames, language: configuration.kiosk.language, board: board)
        if let code = ListeningBan.impose() {
            logger.warning("the kernel does not forbid other listening sockets (error \(code)): it lacks seccomp")
        }
        let outbox = try Outbox(path: file("outbox.db"))
        if let warning = try outbox.walkByWarning { logger.warning("\(warning)") }
        let vault = try openVault()
        let store = try openRosterStore(vault, logger)
        let book = try SchoolBook(
            store: store, rule: configuration.recognition.options.rule, fallback: try files.fallback(),
            logger: logs.logger("roster"))
        let time = TimeKeeper(boot: boot, trustsServer: configuration.clock.trustServer, logger: logs.logger("clock"))
        time.look()
        let times = TimeResolver(outbox: outbox, book: book, time: time, logger: logs.logger("clock"))
        let cleaning = WalkByCleaning(outbox: outbox, book: book, logger: logs.logger("roster"))
        // What changed while nobody could clean.
        cleaning.clean()
        let stages = try files.openStages()
        for warning in files.warnings(of: stages) { logger.warning("\(warning)") }
        let sync = try startSync(
            outbox: outbox, store: store, vault: vault, book: book, time: time, times: times, cleaning: cleaning,
            board: board, boot: boot)

        let stop = try StopSignal()
        let beat = StageBeat()
        let camera = CameraJournal(board: board, logger: logs.logger("camera"))
        let links = CaptureLoop.Links(
            board: board, book: book, time: time, beat: beat,
            marks: MarkJournal(board: board, logger: logs.logger("marks"), showNames: configuration.status.showNames),
            door: DoorJournal(
                board: board, showsFirstNames: configuration.kiosk.firstNames,
                minimumInterEye: configuration.recognition.minimumInterEyePixels),
            camera: camera, onMark: { sync.markRecorded() }, logger: logs.logger("recognition"))
        let loop = Self.makeLoop(configuration, stop: stop, engine: stages, outbox: outbox, links: links)
        let isLive = configuration.camera.source == .v4l2
        let house = Housekeeping(
            outbox: outbox, folder: configuration.state.directory, board: board, book: book, time: time, times: times,
            cleaning: cleaning, sync: sync,
            capture: isLive ? beat : nil,
            patience: max(.seconds(30), configuration.camera.noFramesAfter + .seconds(10)),
            notifier: notifier, logger: logs.logger("housekeeping"))
        house.round()

        let outcome = CaptureOutcome()
        let capture = try WorkerThread(name: "capture", stackSize: 8 << 20) {
            outcome.note { () throws(CaptureError) in try loop.run() }
        }
        logger.log(
            .started, .notice,
            "rollcalld \(terminalVersion) started, status at http://\(status.address):\(status.port)/status")
        _ = try? notifier.ready(status: "started")
        keepHouse(house, until: outcome, logger: logger)

        if let error = outcome.error { logger.critical("\(error)") }
        logger.log(.stopping, .notice, "rollcalld stops: the outbox is flushed")
        _ = try? notifier.stopping(status: "stopping")
        stop.request()
        capture.join()
        times.resolve()
        sync.stop(flush: .seconds(3))
        house.round()
        withExtendedLifetime(status) { outbox.close() }
        if let error = outcome.error { throw LoggedError(reason: TerminalError("\(error)", exitStatus: 1)) }
    }

    /// Rounds of a second until a signal to stop, or until the source has ended.
    private func keepHouse(_ house: Housekeeping, until outcome: CaptureOutcome, logger: Logger) {
        while !outcome.isOver {
            switch ProcessSignals.wait(atMost: .seconds(1)) {
            case .stop: return
            case .reload: reload(logger)
            case nil: break
            }
            house.round()
        }
    }

    /// Reads the configuration again. The log's level changes at once; what else differs needs a restart, and that is said.
    private func reload(_ logger: Logger) {
        _ = try? notifier.reloading()
        defer { _ = try? notifier.ready() }
        do {
            let new = try TerminalConfiguration.load(path)
            logs.threshold.level = new.log.level
            var applied = configuration
            applied.log.level = new.log.level
            let rest = applied == new ? "" : "; the other changes take effect at the next restart"
            logger.log(.reloaded, .notice, "\(path) was read again: log level \(new.log.level)\(rest)")
        } catch {
            logger.log(.configurationRefused, .error, "\(error); the daemon goes on as it was")
        }
    }

    private func file(_ name: String) -> String { "\(configuration.state.directory)/\(name)" }

    private func openVault() throws -> TemplateVault {
        let key = configuration.templateKey()
        do {
            return try TemplateVault(
                keyFile: key.path, makeIfMissing: !key.groupReadable, groupReadable: key.groupReadable)
        } catch { throw TerminalError.configuration("\(error)") }
    }

    private func openRosterStore(_ vault: TemplateVault, _ logger: Logger) throws -> RosterStore {
        let store = try RosterStore(path: file("roster.db"), vault: vault)
        if let damage = store.damage { logger.error("\(damage)") }
        return store
    }

    /// The pipeline, from source to outbox; it belongs to the capture thread, which opens the source.
    private static func makeLoop(
        _ configuration: TerminalConfiguration, stop: StopSignal, engine: sending FaceDetector, outbox: Outbox,
        links: CaptureLoop.Links
    ) -> sending CaptureLoop {
        CaptureLoop(
            opener: SourceOpener(camera: configuration.camera, stop: stop), engine: engine, outbox: outbox,
            options: configuration.recognition.options, links: links)
    }

    private func startSync(
        outbox: Outbox, store: RosterStore, vault: TemplateVault, book: SchoolBook, time: TimeKeeper,
        times: TimeResolver, cleaning: WalkByCleaning, board: StatusBoard, boot: UUID
    ) throws -> SyncClient {
        let server = configuration.server
        let link = try files.serverLink()
        let tokens = TokenFile(folder: configuration.state.directory, vault: vault)
        return try SyncClient(
            link: link, tokens: link.token.map { TokenKeeper(tokens, source: $0) },
            limits: TransferLimits(connect: server.connectTimeout),
            intervals: SyncIntervals(
                roster: server.rosterInterval, marks: server.syncInterval, heartbeat: server.heartbeatInterval,
                walkBys: max(server.syncInterval, server.heartbeatInterval)),
            outbox: outbox, roster: store, boot: boot,
            hooks: SyncHooks(
                serverTime: {
                    time.hear($0, sent: $1, answered: $2)
                    times.resolve()
                },
                rosterChanged: {
                    book.reload()
                    cleaning.clean()
                }, rosterConfirmed: { book.confirm(cursor: $0) },
                heartbeat: { board.heartbeat(boot: boot) }),
            logger: logs.logger("sync"))
    }
}

/// Why the daemon ends, where its log has the line already.
private struct LoggedError: Error {
    let reason: TerminalError
}

/// How the capture thread ended.
private final class CaptureOutcome: Sendable {
    private enum State {
        case running
        case ended
        case failed(CaptureError)
    }

    private let state = Mutex(State.running)

    func note(_ body: () throws(CaptureError) -> Void) {
        do throws(CaptureError) {
            try body()
            state.withLock { $0 = .ended }
        } catch {
            state.withLock { $0 = .failed(error) }
        }
    }

    var isOver: Bool {
        state.withLock { if case .running = $0 { false } else { true } }
    }

    var error: CaptureError? {
        state.withLock { if case .failed(let error) = $0 { error } else { nil } }
    }
}
