/// Why a key, a sealed template or a file's digest is not to be had. No case holds a byte of a key or a template.
public enum VaultError: Error, Sendable, Equatable {
    /// The key file does not exist.
    case keyMissing(file: String)
    /// Others than the owner may read the key file.
    case keyExposed(file: String)
    /// The key file does not hold exactly 32 bytes.
    case keyMalformed(file: String, bytes: Int)
    /// A file cannot be read or written.
    case file(path: String, reason: String)
    /// A sealed template was made by another version of the program.
    case unknownFormat(version: UInt8)
    /// A sealed template was changed, belongs to another person or model, or was sealed with another key.
    case notAuthentic
    /// libsodium does not start.
    case libraryUnavailable
}

extension VaultError: CustomStringConvertible {
    /// What, where and the next step, in one line.
    public var description: String {
        switch self {
        case .keyMissing(let file):
            "\(file): the key of the templates is missing; put the terminal's key there, or have a new one made and the"
                + " roster pulled again"
        case .keyExposed(let file):
            "\(file): others than its owner may read the key; run: chmod 600 \(file)"
        case .keyMalformed(let file, let bytes):
            "\(file): a key has 32 bytes and this file has \(bytes); restore it from its copy, and only where there"
                + " is none remove it to have a new one made"
        case .file(let path, let reason):
            "\(path): \(reason); check that it exists and that the service's user may use it"
        case .unknownFormat(let version):
            "a sealed template has the unknown format \(version); install the newer version, or pull the roster again"
        case .notAuthentic:
            "a sealed template was changed or belongs to another key, person or model; check the key file, or pull the"
                + " roster again"
        case .libraryUnavailable:
            "libsodium does not start; reinstall the package libsodium23"
        }
    }
}
