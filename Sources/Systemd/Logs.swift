import Glibc
public import Logging
import Synchronization

/// Where log entries go.
public enum LogDestination: String, Sendable, CaseIterable {
    /// The journal when standard error leads there, otherwise the console.
    case auto
    case journal
    case console

    /// `journal` or `console`. systemd sets JOURNAL_STREAM to the device and inode of the stream to the journal; a
    /// program that redirected its standard error inherits the variable but has another stream.
    public func resolved(environment: Environment = .process, descriptor: Int32 = STDERR_FILENO) -> LogDestination {
        guard self == .auto else { return self }
        var status = stat()
        guard let stream = environment["JOURNAL_STREAM"], fstat(descriptor, &status) == 0 else { return .console }
        return stream == "\(status.st_dev):\(status.st_ino)" ? .journal : .console
    }
}

/// The least level that is logged, for all loggers of a program; a reload may change it.
public final class LogThreshold: Sendable {
    private let value: Mutex<Logger.Level>

    /// A threshold that starts at `level`.
    public init(_ level: Logger.Level) {
        value = Mutex(level)
    }

    /// The least level that is logged.
    public var level: Logger.Level {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}

/// Makes the loggers of one program.
public struct Logs: Sendable {
    /// The level of all of them.
    public let threshold: LogThreshold
    private let identifier: String
    private let destination: LogDestination

    /// `identifier` is the program's name, as `rollcalld`.
    public init(identifier: String, level: Logger.Level, destination: LogDestination) {
        self.identifier = identifier
        self.destination = destination.resolved()
        threshold = LogThreshold(level)
    }

    /// A logger for a part of the program, as `camera` or `sync`.
    public func logger(_ component: String) -> Logger {
        Logger(label: component) { handler(component: $0) }
    }

    /// The handler behind such a logger, for libraries that make their own: `LoggingSystem.bootstrap(logs.handler)`.
    public func handler(component: String) -> any LogHandler {
        switch destination {
        case .journal: JournalHandler(identifier: identifier, component: component, threshold: threshold)
        case .console, .auto: ConsoleHandler(component: component, threshold: threshold)
        }
    }
}
