import CPostgres

/// Where a PostgreSQL database is and as whom to use it: a URL as libpq takes it,
/// `postgres://USER@HOST:PORT/NAME?KEY=VALUE`. It may hold a password, so that only `place` is ever shown.
public struct PostgresAddress: Sendable, Equatable {
    /// The whole URL.
    let url: String
    /// The URL without its password and options.
    public let place: String
    /// Whether the URL holds a password.
    public let hasPassword: Bool

    /// nil for what is no URL of a database with a name.
    public init?(_ url: String) {
        guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://"), let options = Self.options(of: url),
            let name = options["dbname"], Self.isPlain(name, options["port"])
        else { return nil }
        self.url = url
        hasPassword = options["password"] != nil || options["sslpassword"] != nil
        let user = options["user"].map { "\($0)@" } ?? ""
        let host = options["host"] ?? options["hostaddr"] ?? "localhost"
        let port = options["port"].map { ":\($0)" } ?? ""
        // A folder of sockets in the place of a host has its slashes; a line break of the URL does not reach the log.
        place = String("postgres://\(user)\(host)\(port)/\(name)".map { $0.isNewline ? " " : $0 })
    }

    /// False where a slash or colon of a password was taken for the end of the host: what follows must not be shown.
    private static func isPlain(_ name: String, _ port: String?) -> Bool {
        let isPort = (port ?? "").utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ",")
        }
        return isPort && !name.contains { "@/:".contains($0) }
    }

    /// What libpq reads out of the URL. Its words about a bad one could hold the password, so they are dropped.
    private static func options(of url: String) -> [String: String]? {
        var message: UnsafeMutablePointer<CChar>?
        let first = PQconninfoParse(url, &message)
        defer {
            PQconninfoFree(first)
            PQfreemem(message)
        }
        guard var option = first else { return nil }
        var values: [String: String] = [:]
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val, value.pointee != 0 {
                values[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        return values
    }
}

extension PostgresAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The place, without the password.
    public var description: String { place }

    /// The place, without the password.
    public var debugDescription: String { place }

    /// The place, without the password.
    public var customMirror: Mirror { Mirror(self, children: ["place": place]) }
}
