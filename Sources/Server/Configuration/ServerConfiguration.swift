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
    /// The SQLite file.
    public var databasePath: String
    /// The face models for enrolment.
    public var models: ModelPaths
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
        address: String, port: Int, tls: TLSFiles, databasePath: String, models: ModelPaths, templateKeyFile: String,
        signingKeyFile: String, policy: AttendancePolicy, logLevel: Logger.Level = .info,
        logDestination: LogDestination = .auto
    ) {
        self.address = address
        self.port = port
        self.tls = tls
        self.databasePath = databasePath
        self.models = models
        self.templateKeyFile = templateKeyFile
        self.signingKeyFile = signingKeyFile
        images = ImagesConfiguration(beside: databasePath)
        self.policy = policy
        self.logLevel = logLevel
        self.logDestination = logDestination
    }

    /// Reads the file; everything in it is known and valid, or `.configuration` says where it is not. The secrets that
    /// systemd hands to the service win over the files that the configuration names.
    public static func load(
        path: String = standardPath, credentials: Credentials = Credentials()
    ) throws(ServerError) -> ServerConfiguration {
        do {
            var configuration = try ServerConfiguration(TomlDocument.load(path))
            configuration.prefer(credentials)
            return configuration
        } catch {
            throw .configuration(error)
        }
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
    }

    private init(_ document: TomlDocument) throws(ConfigurationError) {
        let listen = try document.table("listen")
        let tls = try document.table("tls")
        let database = try document.table("database")
        let models = try document.table("models")
        let keys = try document.table("keys")
        let log = try document.table("log")
        self.init(
            address: try listen.read("address", .text, default: "0.0.0.0"),
            port: try listen.read("port", .integer(in: 0...65_535), default: Self.standardPort),
            tls: TLSFiles(certificate: try tls.require("certificate", .path), key: try tls.require("key", .path)),
            databasePath: try database.require("path", .path),
            models: ModelPaths(
                landmarks: try models.require("landmarks", .path), descriptor: try models.require("descriptor", .path)),
            templateKeyFile: try keys.require("template_key_file", .path),
            signingKeyFile: try keys.require("signing_key_file", .path),
            policy: try PolicyReader(document).policy(),
            logLevel: try log.read("level", .choice(of: Logger.Level.self), default: .info),
            logDestination: try log.read("destination", .choice(of: LogDestination.self), default: .auto))
        images = try ImagesConfiguration(document, databasePath: databasePath)
        upload = try UploadConfiguration(document)
        try document.finish()
    }
}
