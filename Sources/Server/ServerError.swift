import Configuration
import Database

/// Why the server or one of its commands cannot go on, each with the operator's next step.
public enum ServerError: Error, Sendable, Equatable, CustomStringConvertible, WrapsDatabaseError {
    /// The configuration file is refused.
    case configuration(ConfigurationError)
    /// The database cannot be used.
    case storage(DatabaseError)
    /// A key is missing, too open or not the one that things were sealed with; `setting` of the configuration names it.
    case key(file: String, setting: String = "keys.template_key_file", reason: String)
    /// The certificate or its private key cannot be used; `key` of the configuration names the file.
    case certificate(key: String, file: String, reason: String)
    /// The server could not listen, or stopped by itself.
    case stopped(reason: String)
    /// A name that is not there, or that cannot be used.
    case refused(String)
    /// Something that is unique is somebody's already, or must stay.
    case taken(String)
    /// The pack of face models cannot be used.
    case models(reason: String)
    /// Something that this machine lacks.
    case machine(String)
    /// What is stored cannot be read.
    case damaged(what: String, reason: String)
    /// What was sealed does not open with the template key: that is another one, or what is stored was changed.
    case sealed(what: String)

    /// What names the pack of face models in the configuration.
    public static let modelsSetting = "models.pack"

    /// This error for a failure of the database.
    public init(_ error: DatabaseError) { self = .storage(error) }

    /// What, where and the next step, in one line.
    public var description: String {
        switch self {
        case .configuration(let error): error.description
        case .storage(let error): error.description
        case .key(let file, let setting, let reason): "\(setting): \(file): \(reason)"
        case .certificate(let key, let file, let reason):
            "\(key): \(file): \(reason); give [tls] a PEM certificate chain and its key"
        case .stopped(let reason): "the server stopped: \(reason)"
        case .refused(let reason), .taken(let reason): reason
        case .models(let reason): "\(Self.modelsSetting): \(reason)"
        case .machine(let reason): reason
        case .damaged(let what, let reason): "\(what) cannot be read: \(reason); restore the database from a backup"
        case .sealed(let what):
            "\(what) does not open with the key in [keys] template_key_file: restore that file from its copy; where it is the"
                + " right one, the template was changed: restore the database from a backup. When the key is lost for good:"
                + " `rollcall-server key lost`"
        }
    }

    /// What a command exits with: 78 for the configuration, as sysexits.h has it, 1 for everything else.
    public var exitStatus: Int32 {
        switch self {
        case .configuration, .key, .certificate, .models, .sealed: ConfigurationError.exitStatus
        default: 1
        }
    }
}

extension ServerError {
    /// Runs what only the database can fail in.
    static func wrap<Result>(_ body: () throws(DatabaseError) -> Result) throws(ServerError) -> Result {
        do throws(DatabaseError) { return try body() } catch { throw .storage(error) }
    }
}
