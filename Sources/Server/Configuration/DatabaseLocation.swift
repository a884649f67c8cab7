import Configuration
import FoundationEssentials
import Glibc
import PostgreSQL

/// Where the server's data is.
public enum DatabaseLocation: Sendable, Equatable {
    /// A SQLite file, used by one server process and its commands.
    case file(String)
    /// A PostgreSQL database, which several server processes may share, each with so many connections at most.
    case server(PostgresAddress, connections: Int)

    /// How many connections there are where the configuration does not say.
    public static let standardConnections = 8

    /// Where the server keeps files of its own beside this database.
    var folder: String {
        switch self {
        case .file(let path): URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        case .server: "/var/lib/rollcall-server"
        }
    }
}

extension DatabaseLocation {
    private static var path: Accepted<String> {
        Accepted<String>.path.parsed(as: "the path of a SQLite file (or set url in its place)") { $0 }
    }
    private static var url: Accepted<PostgresAddress> {
        Accepted<String>.text.parsed(
            as: "the address of a database, as \"postgres://rollcall@db.example/rollcall?sslmode=verify-full\""
        ) { PostgresAddress($0) }
    }

    /// Reads `[database]`: `path` or `url`, not both; one from the environment wins over the other in the file.
    /// - Parameter file: nobody else may read it where it holds a password.
    init(_ table: TomlTable, file: String) throws(ConfigurationError) {
        let connections = try table.read("connections", .integer(in: 1...100), default: Self.standardConnections)
        guard let address = try table.read("url", Self.url) else {
            self = .file(try table.require("path", Self.path))
            return
        }
        // A `.env` file is looked at where it is read.
        if address.hasPassword, !table.isFromEnvironment("url"), Self.isReadableByEverybody(file) {
            throw table.refusal(
                "url",
                "every user may read the password in this file; run: chmod o= \(file), or set ROLLCALL_DATABASE_URL")
        }
        let path = try table.read("path", Self.path)
        switch (path, table.isFromEnvironment("path"), table.isFromEnvironment("url")) {
        case (nil, _, _), (_, false, true): self = .server(address, connections: connections)
        case (let path?, true, false): self = .file(path)
        default: throw table.refusal("url", "path is set too; a database is one file or one address")
        }
    }

    private static func isReadableByEverybody(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IROTH != 0
    }
}
