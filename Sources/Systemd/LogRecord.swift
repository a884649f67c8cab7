import Logging

/// One log entry before it is written anywhere: a plain value, so that both forms of it are tested without I/O.
struct LogRecord: Sendable, Equatable {
    var level: Logger.Level
    var message: String
    var component: String
    var messageID: MessageID?
    /// Metadata in the order of the keys.
    var fields: [Field]
    var file: String
    var line: UInt
    var function: String

    struct Field: Sendable, Equatable {
        var key: String
        var value: String
    }

    /// The metadata key under which `Logger.log(_:_:_:metadata:)` hands on a MessageID.
    static let messageIDKey = "message_id"

    /// An entry of `event`, whose own metadata wins over the handler's.
    init(_ event: LogEvent, component: String, metadata: Logger.Metadata, provider: Logger.MetadataProvider?) {
        var all = metadata
        if let provider { all.merge(provider.get()) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        if let error = event.error { all["error"] = "\(error)" }

        level = event.level
        message = event.message.description
        self.component = component
        messageID = all.removeValue(forKey: Self.messageIDKey).flatMap { MessageID(rawValue: "\($0)") }
        fields = all.sorted { $0.key < $1.key }.map { Field(key: $0.key, value: "\($0.value)") }
        file = event.file
        line = event.line
        function = event.function
    }
}

extension Logger {
    /// Logs an entry of a kind that the journal's catalogue explains.
    public func log(
        _ id: MessageID, _ level: Level, _ message: @autoclosure () -> Message,
        metadata: @autoclosure () -> Metadata = [:], file: String = #fileID, function: String = #function,
        line: UInt = #line
    ) {
        guard level >= logLevel else { return }
        var metadata = metadata()
        metadata[LogRecord.messageIDKey] = .string(id.rawValue)
        log(level: level, message(), metadata: metadata, file: file, function: function, line: line)
    }
}
