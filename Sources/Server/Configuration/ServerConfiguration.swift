import Attendance
import Configuration
import Faces
import FoundationEssentials
import Logging
import Systemd

/// What the operator has decided, read from `server.toml`. Running state is elsewhere.
public struct ServerConfiguration: Sendable, Equatable {
    /// The address to listen on.
    public var address: String
    /// The port to listen on; 0 takes any free one.
    public var port: Int
    /// The PEM files of the certificate chain and of its key.
    public var tls: TLSFiles
    /// Where people, templates, marks and accounts are.
    public var database: DatabaseLocation
    /// The face models for enrolment.
    public var models: ModelPack
    /// The file with the key that seals the templates at rest.
    public var templateKeyFile: String
    /// The file with the keys that sign access tokens.
    public var signingKeyFile: String
    /// Where profile images rest.
    public var images: ImagesConfiguration
    /// The door for photographs without a login.
    public var upload = UploadConfiguration()
    /// What terminals follow.
    public var policy: AttendancePolicy
    /// How letters are sent; nil for a server that sends none.
    public var mail: MailSettings?
    /// Which reports are sent by themselves.
    public var reports = ReportSettings()
    /// How many days walk-bys are kept that a terminal could not decide.
    public var walkByDays = 30
    /// The least level that is logged.
    public var logLevel: Logger.Level
    /// Where the log goes.
    public var logDestination: LogDestination

    /// Where a certificate and its private key are.
    public struct TLSFiles: Sendable, Equatable {
        /// The certificate, followed by those between it and the authority.
        public var certificate: String
        /// Its private key.
        public var key: String

        /// Paths of PEM files.
        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// The file that is read when the command line names none.
    public static let standardPath = "/etc/rollcall/server.toml"
    /// The port that is used when the file names none.
    public static let standardPort = 8443

    /// Everything decided.
    public init(
        address: String, port: Int, tls: TLSFiles, database: DatabaseLocation, models: ModelPack,
        templateKeyFile: String, signingKeyFile: String, policy: AttendancePolicy, logLevel: Logger.Level = .info,
        logDestination: LogDestination = .auto
    ) {
        self.address = address
        self.port = port
        self.tls = tls
        self.database = database
        self.models = models
        self.templateKeyFile = templateKeyFile
        self.signingKeyFile = signingKeyFile
        images = ImagesConfiguration(beside: database)
        self.policy = policy
        self.logLevel = logLevel
        self.logDestination = logDestination
    }

    /// The beginning of the variables that set what the file could: `ROLLCALL_LISTEN_PORT`.
    public static let environmentPrefix = "ROLLCALL"

    /// Reads the file, the `.env` file beside it and the variables of the process; everything in them is known and valid,
    /// or `.configuration` says where it is not. The secrets that systemd hands to the service win over the files that the
    /// configuration names. At its standard place the file may be missing where variables say what is needed.
    public static func load(
        path: String = standardPath, credentials: Credentials = Credentials(),
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ServerError) -> ServerConfiguration {
        do {
            let settings = try EnvironmentSettings(
                prefix: environmentPrefix, process: environment, beside: path)
            var configuration = try ServerConfiguration(
                TomlDocument.load(path, environment: settings, isOptional: path == standardPath))
            configuration.prefer(credentials)
            return configuration
        } catch {
            throw .configuration(error)
        }
    }

    /// Where a setting is to be mended: the variable that sets it, or else the file.
    /// - Parameters:
    ///   - setting: with its table, as `tls.key`.
    ///   - path: the configuration file.
    public static func place(
        of setting: String, path: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String {
        let settings = try? EnvironmentSettings(prefix: environmentPrefix, process: environment, beside: path)
        return settings?.place(of: setting) ?? path
    }

    private mutating func prefer(_ credentials: Credentials) {
        guard let directory = credentials.directory else { return }
        let names: [(String, WritableKeyPath<Self, String>)] = [
            ("tls-certificate", \.tls.certificate), ("tls-key", \.tls.key), ("template-key", \.templateKeyFile),
            ("signing-key", \.signingKeyFile),
        ]
        for (name, path) in names where FileManager.default.fileExists(atPath: "\(directory)/\(name)") {
            self[keyPath: path] = "\(directory)/\(name)"
        }
        mail?.prefer(credentials)
    }

    private init(_ document: TomlDocument) throws(ConfigurationError) {
        let listen = try document.table("listen")
        let tls = try document.table("tls")
        let models = try document.table("models")
        try models.refuse(
            ["landmarks", "descriptor"], forWhich: "pack",
            which: "names one file for all, which `sudo rollcall-server-models` makes")
        let keys = try document.table("keys")
        let log = try document.table("log")
        self.init(
            address: try listen.read("address", .listenAddress, default: "0.0.0.0"),
            port: try listen.read("port", .integer(in: 0...65_535), default: Self.standardPort),
            tls: TLSFiles(certificate: try tls.require("certificate", .path), key: try tls.require("key", .path)),
            database: try DatabaseLocation(document.table("database"), file: document.file),
            models: ModelPack(path: try models.read("pack", .path, default: ModelPack.standardPath)),
            templateKeyFile: try keys.require("template_key_file", .path),
            signingKeyFile: try keys.require("signing_key_file", .path),
            policy: try PolicyReader(document).policy(),
            logLevel: try log.read("level", .choice(of: Logger.Level.self), default: .info),
            logDestination: try log.read("destination", .choice(of: LogDestination.self), default: .auto))
        mail = try MailSettings(try document.table("mail"))
        reports = try ReportSettings(try document.table("reports"), hasMail: mail != nil)
        images = try ImagesConfiguration(document, database: database)
        upload = try UploadConfiguration(document)
        walkByDays = try document.table("retention").read("walk_by_days", .integer(in: 1...366), default: walkByDays)
        try document.finish()
    }
}
