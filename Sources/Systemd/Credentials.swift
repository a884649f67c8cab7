import Glibc

/// The secrets that the service manager hands to a service (`LoadCredential=`), each a small file.
public struct Credentials: Sendable {
    /// The folder that only this service may read; nil outside of systemd.
    public let directory: String?

    /// The credentials of `CREDENTIALS_DIRECTORY`.
    public init(environment: Environment = .process) {
        directory = environment["CREDENTIALS_DIRECTORY"]
    }

    /// The bytes of a credential of at most `limit` bytes; nil when the service has none of that name.
    public func read(_ name: String, limit: Int = 4096) throws(SystemdError) -> Redacted<[UInt8]>? {
        guard Self.isName(name) else { throw .credentialName(name) }
        guard let directory else { return nil }
        return try SecretFile.read(directory + "/" + name, limit: limit)
    }

    /// The path of a credential, for libraries that read files themselves; nil when the service has none of that name.
    public func path(_ name: String) -> String? {
        guard Self.isName(name), let path = directory.map({ $0 + "/" + name }), access(path, F_OK) == 0 else {
            return nil
        }
        return path
    }

    private static func isName(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return isPlain && (1...255).contains(name.utf8.count) && !name.hasPrefix(".")
    }
}
