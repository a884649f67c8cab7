import CSystemd
import Glibc
public import Logging

/// Writes log entries to the journal, with their metadata as fields `ROLLCALL_…`.
public struct JournalHandler: LogHandler {
    /// What every entry of this logger carries.
    public var metadata: Logger.Metadata = [:]
    /// What is asked for more metadata at each entry.
    public var metadataProvider: Logger.MetadataProvider?
    private let identifier: String
    private let component: String
    private let threshold: LogThreshold
    private var ownLevel: Logger.Level?

    /// `identifier` names the program and `component` the part of it that logs.
    public init(identifier: String, component: String, threshold: LogThreshold) {
        self.identifier = identifier
        self.component = component
        self.threshold = threshold
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

    /// Hands the entry to the journal. There is nobody to tell when that fails, so it is let go.
    public func log(event: LogEvent) {
        let record = LogRecord(event, component: component, metadata: metadata, provider: metadataProvider)
        _ = sendToJournal(journalFields(of: record, identifier: identifier))
    }
}

/// Sends one entry; 0, or an errno below zero. Where no journal runs, nothing happens and the result is 0.
func sendToJournal(_ parts: [String]) -> Int32 {
    let bytes = Array(parts.joined().utf8)
    return bytes.withUnsafeBytes { buffer in
        var offset = 0
        let vectors = parts.map { part in
            defer { offset += part.utf8.count }
            // The journal only reads; iovec has no constant form.
            let start = UnsafeMutableRawPointer(mutating: buffer.baseAddress?.advanced(by: offset))
            return iovec(iov_base: start, iov_len: part.utf8.count)
        }
        return csystemd_journal_send(vectors, Int32(vectors.count))
    }
}
