import Attendance
import Database
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
        /// How many connections there may be; the next ones wait. Below the usual limit of 1024 open files.
        public var connections = 900
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
        let database = try ServerDatabase(path: configuration.databasePath, vault: vault)
        defer { database.close() }
        try database.roster.beginEpoch()
        let tls = try TLSMaterial(configuration.tls)
        let policy = CurrentPolicy(configuration.policy)
        let thread = DatabaseThread(database)
        let logins = try Logins(database: thread, tokens: await AccessTokens(try configuration.openSigningKeys()))
        let faces = try FaceServices(configuration, database: thread, vault: vault)
        let router = Routes(database: thread, policy: policy, logins: logins, faces: faces).router()
        let lifecycle = Lifecycle(logger: logger, onListening: onListening)
        let application = Application(
            router: router,
            server: try .tls(.http1(configuration: http), tlsConfiguration: tls.configuration),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.address, port: configuration.port),
                availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
            onServerRunning: { channel in await lifecycle.isListening(on: channel) },
            logger: logs.logger("http"))
        let reload = Reload(
            path: configurationPath, running: configuration, policy: policy, tls: tls, threshold: logs.threshold,
            logger: logger)
        // They stop in the opposite order: first it is told that the server stops, then connections end.
        var services = ServiceGroupConfiguration(
            services: [
                reload, Watchdog(database: thread, logger: logger),
                ImageSweep(images: faces.images, logger: logger), application, lifecycle,
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logs.logger("services"))
        services.maximumGracefulShutdownDuration = limits.stopTimeout
        do {
            try await ServiceGroup(configuration: services).run()
        } catch let error as ServerError {
            throw error
        } catch {
            throw ServerError.stopped(reason: "\(configuration.address):\(configuration.port): \(error)")
        }
    }

    private var http: HTTP1Channel.Configuration {
        let exchangeTimeout = limits.exchangeTimeout
        return .init(
            additionalChannelHandlers: [ExchangeDeadline(limit: exchangeTimeout)], idleTimeout: limits.idleTimeout)
    }
}
