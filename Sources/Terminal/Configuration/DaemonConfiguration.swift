import Configuration
import Glibc
import Logging
import Systemd

extension TerminalConfiguration {
    /// `[state]`: where the outbox and the roster are kept.
    public struct State: Sendable, Equatable {
        /// The folder of the outbox and the roster.
        public var directory: String

        init(_ table: TomlTable) throws(ConfigurationError) {
            directory = try table.read("directory", .path, default: "/var/lib/rollcall")
        }
    }

    /// `[status]`: the read-only status endpoint.
    public struct Status: Sendable, Equatable {
        /// An IPv4 or IPv6 address of this machine.
        public var address: String
        /// The TCP port, 1 to 65535.
        public var port: Int
        /// Whether `/status` names the people of the last marks.
        public var showNames: Bool
        /// Connections at one time; one more ends the oldest.
        public var maximumConnections: Int

        init(_ table: TomlTable) throws(ConfigurationError) {
            address = try table.read("address", .ipAddress, default: "127.0.0.1")
            port = try table.read("port", .integer(in: 1...65535), default: 8470)
            showNames = try table.read("show_names", .boolean, default: false)
            maximumConnections = try table.read("max_connections", .integer(in: 4...1024), default: 256)
        }
    }

    /// `[clock]`: what may tell the time.
    public struct Clock: Sendable, Equatable {
        /// Whether the server's time counts while the machine's clock is not synchronised.
        public var trustServer: Bool

        init(_ table: TomlTable) throws(ConfigurationError) {
            trustServer = try table.read("trust_server", .boolean, default: true)
        }
    }

    /// `[log]`: how much is logged, and where.
    public struct Log: Sendable, Equatable {
        /// The least level that is logged.
        public var level: Logger.Level
        /// Where entries go.
        public var destination: LogDestination

        init(_ table: TomlTable) throws(ConfigurationError) {
            level = try table.read("level", .choice(), default: .info)
            destination = try table.read("destination", .choice(), default: .auto)
        }
    }
}

extension Accepted where Value == String {
    /// An address of a network interface, as a number.
    fileprivate static var ipAddress: Self {
        text.parsed(as: "an IPv4 or IPv6 address, as \"127.0.0.1\" or \"::1\"") { text in
            var room = in6_addr()
            return inet_pton(AF_INET, text, &room) == 1 || inet_pton(AF_INET6, text, &room) == 1 ? text : nil
        }
    }
}
