import Glibc
import Logging

/// A record as one line for people: time, level, message, key=value. Pure but for the time zone of the machine.
func consoleLine(of record: LogRecord, at time: timespec, coloured: Bool) -> String {
    var line = timestamp(time) + " " + levelColumn(record.level, coloured: coloured) + " " + singleLine(record.message)
    for field in record.fields { line += " " + singleLine(field.key) + "=" + quoted(field.value) }
    return line + "\n"
}

/// As `2026-09-01T08:59:59.123+01:00`.
func timestamp(_ time: timespec) -> String {
    var seconds = time.tv_sec
    var parts = tm()
    localtime_r(&seconds, &parts)
    let offset = parts.tm_gmtoff / 60
    let date = "\(parts.tm_year + 1900)-\(padded(Int(parts.tm_mon) + 1))-\(padded(Int(parts.tm_mday)))"
    let clock = "\(padded(Int(parts.tm_hour))):\(padded(Int(parts.tm_min))):\(padded(Int(parts.tm_sec)))"
    let zone = "\(offset < 0 ? "-" : "+")\(padded(abs(offset) / 60)):\(padded(abs(offset) % 60))"
    return "\(date)T\(clock).\(padded(time.tv_nsec / 1_000_000, to: 3))\(zone)"
}

private func padded(_ number: Int, to width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

private func levelColumn(_ level: Logger.Level, coloured: Bool) -> String {
    let name = level.rawValue.uppercased()
    let column = name + String(repeating: " ", count: max(0, 8 - name.utf8.count))
    guard coloured else { return column }
    return switch level {
    case .critical, .error: "\u{1b}[31m\(column)\u{1b}[0m"
    case .warning: "\u{1b}[33m\(column)\u{1b}[0m"
    default: column
    }
}

/// In quotation marks where the value would not read as one word.
private func quoted(_ value: String) -> String {
    let safe = singleLine(value)
    let isWord = !safe.isEmpty && !safe.contains { " \"='".contains($0) }
    return isWord
        ? safe : "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"") + "\""
}
