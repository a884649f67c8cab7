import Configuration

extension TerminalConfiguration {
    /// `[kiosk]`: the page at the door.
    public struct Kiosk: Sendable, Equatable {
        /// Whether a greeting has the first name.
        public var firstNames: Bool
        /// The language; nil is the browser's.
        public var language: KioskLanguage?

        private static let automatic = "auto"

        init(_ table: TomlTable) throws(ConfigurationError) {
            firstNames = try table.read("first_names", .boolean, default: false)
            let languages = KioskLanguage.allCases.map(\.rawValue)
            language = KioskLanguage(
                rawValue: try table.read("language", .oneOf([Self.automatic] + languages), default: Self.automatic))
        }
    }
}
