import Glibc
public import Logging

/// Writes log entries as plain lines to standard error, or to another descriptor.
public struct ConsoleHandler: LogHandler {
    /// What every entry of this logger carries.
    public var metadata: Logger.Metadata = [:]
    /// What is asked for more metadata at each entry.
    public var metadataProvider: Logger.MetadataProvider?
    private let component: String
    private let threshold: LogThreshold
    private let descriptor: Int32
    private let coloured: Bool
    private var ownLevel: Logger.Level?

    /// Colours appear only on a terminal, and not where NO_COLOR is set.
    public init(
        component: String, threshold: LogThreshold, descriptor: Int32 = STDERR_FILENO,
        environment: Environment = .process
    ) {
        self.component = component
        self.threshold = threshold
        self.descriptor = descriptor
        coloured = isatty(descriptor) == 1 && environment["NO_COLOR"] == nil
    }

    /// This logger's own level when one was set, otherwise the program's.
    public var logLevel: Logger.Level {
        get { ownLevel ?? threshold.level }
        set { ownLevel = newValue }
    }

    /// One piece of the metadata.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes the line at once, so that lines of several threads do not mix.
    public func log(event: LogEvent) {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let record = LogRecord(event, component: component, metadata: metadata, provider: metadataProvider)
        let line = Array(consoleLine(of: record, at: now, coloured: coloured).utf8)
        line.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let count = write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
                if count < 0 && errno == EINTR { continue }
                if count <= 0 { return }
                written += count
            }
        }
    }
}
