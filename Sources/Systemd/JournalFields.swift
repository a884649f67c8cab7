import Logging

/// A record as the journal stores it: parts of the form `NAME=value`. Pure.
///
/// The journal's protocol carries the length of every part, so a newline in a value cannot begin another field. Control
/// characters are still written out, because journalctl hides values that hold them.
func journalFields(of record: LogRecord, identifier: String) -> [String] {
    var parts = [
        "MESSAGE=" + singleLine(record.message),
        "PRIORITY=\(priority(of: record.level))",
        "SYSLOG_IDENTIFIER=" + singleLine(identifier),
        "ROLLCALL_COMPONENT=" + singleLine(record.component),
        "CODE_FILE=\(record.file)",
        "CODE_LINE=\(record.line)",
        "CODE_FUNC=\(record.function)",
    ]
    if let id = record.messageID { parts.append("MESSAGE_ID=" + id.rawValue) }
    for field in record.fields { parts.append(journalName(of: field.key) + "=" + singleLine(field.value)) }
    return parts
}

/// `ROLLCALL_` and the key in capitals; other characters than letters and digits become `_`. At most 64 bytes, as the
/// journal demands.
func journalName(of key: String) -> String {
    var name = "ROLLCALL_"
    for byte in key.utf8.prefix(64 - name.utf8.count) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): name.unicodeScalars.append(Unicode.Scalar(byte - 0x20))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            name.unicodeScalars.append(Unicode.Scalar(byte))
        default: name += "_"
        }
    }
    return name
}

/// The level as syslog numbers it.
func priority(of level: Logger.Level) -> Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
}
