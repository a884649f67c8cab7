/// Why the daemon cannot start or go on, with the exit status that says so.
public struct TerminalError: Error, Sendable, Equatable, CustomStringConvertible {
    /// EX_CONFIG: the configuration, or a file that it names, must be mended first.
    public static let configurationStatus: Int32 = 78

    /// What, where and the next step, in one line.
    public let description: String
    /// `configurationStatus`, else 1.
    public let exitStatus: Int32

    init(_ description: String, exitStatus: Int32) {
        self.description = description
        self.exitStatus = exitStatus
    }

    static func configuration(_ text: String) -> TerminalError {
        TerminalError(text, exitStatus: configurationStatus)
    }
}
