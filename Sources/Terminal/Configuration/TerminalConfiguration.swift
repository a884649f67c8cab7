import Attendance
import Configuration

/// What the operator configured, as one value. What runs (descriptors, buffers, threads) is elsewhere.
///
/// A configuration without a file has the defaults of `etc/rollcall/terminal.toml`, which explains every key.
public struct TerminalConfiguration: Sendable, Equatable {
    /// Where frames come from.
    public var camera: Camera
    /// The file that recognition needs.
    public var models: Models
    /// When a face is good enough, and when evidence is.
    public var recognition: Recognition
    /// The policy until the first roster arrives; afterwards the server's policy counts.
    public var attendance: AttendancePolicy
    /// Where the terminal keeps its files.
    public var state: State
    /// The central server.
    public var server: Server
    /// What seals the templates.
    public var keys: Keys
    /// The status endpoint.
    public var status: Status
    /// The page at the door.
    public var kiosk: Kiosk
    /// What may tell the time.
    public var clock: Clock
    /// How much is logged, and where.
    public var log: Log

    /// Where the package installs the configuration.
    public static let standardPath = "/etc/rollcall/terminal.toml"

    /// Reads and checks the file at `path`. Throws at the first fault, with its file, line and reason.
    public static func load(_ path: String = standardPath) throws(ConfigurationError) -> TerminalConfiguration {
        let document = try TomlDocument.load(path)
        let configuration = try TerminalConfiguration(document)
        try document.finish()
        return configuration
    }

    /// Reads every key of `document`; the caller then calls `finish()` on it to refuse unknown keys.
    public init(_ document: TomlDocument) throws(ConfigurationError) {
        camera = try Camera(document.table("camera"))
        models = try Models(document.table("models"))
        recognition = try Recognition(document.table("recognition"))
        attendance = try readFallbackPolicy(document.table("attendance"))
        state = try State(document.table("state"))
        server = try Server(document.table("server"))
        keys = try Keys(document.table("keys"))
        status = try Status(document.table("status"))
        kiosk = try Kiosk(document.table("kiosk"))
        clock = try Clock(document.table("clock"))
        log = try Log(document.table("log"))
    }
}
