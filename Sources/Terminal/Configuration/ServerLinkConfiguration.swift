import Configuration

extension TerminalConfiguration {
    /// `[server]`: the central server, and how often it is spoken to.
    public struct Server: Sendable, Equatable {
        /// `https://HOST[:PORT][/PATH]`, without a slash at the end.
        public var url: String
        /// The certificates that vouch for the server; nil trusts those of the system.
        public var certificateAuthorityFile: String?
        /// The file that holds the terminal's token, where systemd hands over no credential `token`.
        public var tokenFile: String
        /// Until a connection that is not made counts as failed.
        public var connectTimeout: Duration
        /// How long at most until marks that wait are sent again.
        public var syncInterval: Duration
        /// Between reports of the terminal's health.
        public var heartbeatInterval: Duration
        /// Between questions for a newer roster.
        public var rosterInterval: Duration

        init(_ table: TomlTable) throws(ConfigurationError) {
            url = try table.require("url", .httpsURL)
            certificateAuthorityFile = try table.read("ca_file", .path)
            tokenFile = try table.read("token_file", .path, default: "/etc/rollcall/token")
            connectTimeout = try table.read("connect_timeout", .seconds(in: 1...120), default: .seconds(10))
            syncInterval = try table.read("sync_interval", .seconds(in: 0.1...3600), default: .seconds(5))
            heartbeatInterval = try table.read("heartbeat_interval", .seconds(in: 1...3600), default: .seconds(60))
            rosterInterval = try table.read("roster_interval", .seconds(in: 1...86400), default: .seconds(60))
        }
    }

    /// `[keys]`: what seals the templates on the terminal's disk.
    public struct Keys: Sendable, Equatable {
        /// The file that holds the template key, where systemd hands over no credential `template-key`.
        public var templateKeyFile: String

        init(_ table: TomlTable) throws(ConfigurationError) {
            templateKeyFile = try table.read("template_key_file", .path, default: "/etc/rollcall/template-key")
        }
    }
}
