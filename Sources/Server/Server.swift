import Attendance
import Database
import Faces
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import ServiceLifecycle
import Systemd
import UnixSignals

/// The running server: the one place that says what it consists of and how its parts are connected.
public struct RollcallServer: Sendable {
    private let configuration: ServerConfiguration
    private let configurationPath: String?
    private let limits: Limits
    private let logs: Logs

    /// What one connection may cost.
    public struct Limits: Sendable {
        /// How long a connection may say nothing.
        public var idleTimeout = TimeAmount.seconds(30)
        /// How long a request and its answer may take together.
        public var exchangeTimeout = TimeAmount.seconds(60)
        /// How many connections there may be; the next ones wait. Fewer where the process may not open so many files.
        public var connections = 12_000
        /// How long requests under way may take to end when the server stops.
        public var stopTimeout = Duration.seconds(20)

        /// The limits of a server in use.
        public init() {}
    }

    /// - Parameter configurationPath: what is read again on SIGHUP; nil for a server that never reads it again.
    public init(
        _ configuration: ServerConfiguration, configurationPath: String?, limits: Limits = Limits()
    ) {
        self.configuration = configuration
        self.configurationPath = configurationPath
        self.limits = limits
        logs = Logs(
            identifier: "rollcall-server", level: configuration.logLevel, destination: configuration.logDestination)
    }

    /// Opens the database and listens, until SIGTERM or SIGINT, or until the task is cancelled.
    /// - Parameter onListening: called with the port once connections are taken.
    public func run(onListening: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        let logger = logs.logger("server")
        let vault = try configuration.openVault()
        let database = try ServerDatabase(configuration.database, vault: vault)
        defer { database.close() }
        // A shared database may serve others now; after a restore the operator says so.
        if !database.isShared { try database.roster.beginEpoch() }
        let tls = try TLSMaterial(configuration.tls)
        try database.policies.adopt(configuration.policy, now: Clock.now)
        try tell(of: database.audit, logger)
        tell(of: configuration.models, logger)
        let thread = DatabaseThread(database)
        let logins = try Logins(database: thread, tokens: await AccessTokens(try configuration.openSigningKeys()))
        let forgotten = configuration.mail == nil ? nil : ForgottenPasswords()
        let faces = try FaceServices(configuration, database: thread, vault: vault)
        let router = Routes(
            database: thread, logins: logins, faces: faces, pages: try PageLibrary(), forgotten: forgotten
        ).router()
        let lifecycle = Lifecycle(logger: logger, onListening: onListening)
        let application = Application(
            router: router,
            server: try .tls(.http1(configuration: http), tlsConfiguration: tls.configuration),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.address, port: configuration.port),
                availableConnectionsDelegate: .maximum(
                    OpenFiles.connections(atMost: limits.connections), logger: logger)),
            onServerRunning: { channel in await lifecycle.isListening(on: channel) },
            logger: logs.logger("http"))
        let reload = Reload(
            path: configurationPath, running: configuration, database: thread, tls: tls, door: faces.door,
            threshold: logs.threshold, logger: logger)
        var parts: [any Service] = [
            reload, Watchdog(database: thread, logger: logger), SessionClosing(database: thread, logger: logger),
            ImageSweep(images: faces.images, logger: logger),
            WalkBySweep(database: thread, days: configuration.walkByDays, logger: logger),
            TerminalWatch(database: thread, logger: logger),
        ]
        parts += try mailService(database, thread, forgotten)
        parts += [application, lifecycle] as [any Service]
        // They stop in the opposite order: first it is told that the server stops, then connections end.
        var services = ServiceGroupConfiguration(
            services: parts, gracefulShutdownSignals: [.sigterm, .sigint], logger: logs.logger("services"))
        services.maximumGracefulShutdownDuration = limits.stopTimeout
        do {
            try await ServiceGroup(configuration: services).run()
        } catch let error as ServerError {
            throw error
        } catch {
            throw ServerError.ended(error, address: configuration.address, port: configuration.port)
        }
    }

    /// The journal is no part of the database: who sets the audit trail back there does not reach what is told here.
    private func tell(of trail: AuditTrail, _ logger: Logger) throws(ServerError) {
        guard let head = try trail.head(trail.database) else {
            return logger.error("The audit trail is not as it was written; run `rollcall-server audit`")
        }
        logger.notice(
            "Audit trail",
            metadata: ["newest": "\(head.number)", "keyed_from": "\(head.keyedFrom)", "since": "\(head.since)"])
    }

    /// Only photographs need the models: without them the server still serves everything else.
    private func tell(of models: ModelPack, _ logger: Logger) {
        do throws(FaceError) { _ = try models.check() } catch {
            logger.error(
                "Photographs cannot be looked at; everything else works. Mended models are taken without a restart",
                metadata: ["error": "\(ServerError.models(reason: error.description))"])
        }
    }

    /// What sends letters; empty for a server that sends none.
    private func mailService(
        _ database: ServerDatabase, _ thread: DatabaseThread, _ forgotten: ForgottenPasswords?
    ) throws(ServerError) -> [any Service] {
        guard let mail = configuration.mail, let forgotten else { return [] }
        return [
            try MailService(
                mail, password: try configuration.openMailPassword(), reports: configuration.reports,
                zone: try configuration.openZone(), database: database, thread: thread, forgotten: forgotten,
                logger: logs.logger("mail"))
        ]
    }

    private var http: HTTP1Channel.Configuration {
        let exchangeTimeout = limits.exchangeTimeout
        // No header of ours is larger than a cursor or a token, and every connection may have one in memory.
        return .init(
            additionalChannelHandlers: [ExchangeDeadline(limit: exchangeTimeout)], idleTimeout: limits.idleTimeout,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 8 << 10, maxHeaderListSize: 16 << 10, maxHeaderFieldCount: 100))
    }
}
