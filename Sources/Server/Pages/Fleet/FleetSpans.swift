import Attendance

/// Spans of time and sizes as people say them.
struct FleetSpans: Sendable {
    let words: Words

    /// How long ago, as "3 minutes ago".
    func ago(_ then: Instant, now: Instant) -> String {
        let seconds = max(0, (now.milliseconds - then.milliseconds) / 1000)
        switch seconds {
        case ..<60: return words["fleet_ago_now"]
        case ..<3600: return counted("fleet_ago_minute", seconds / 60)
        case ..<86_400: return counted("fleet_ago_hour", seconds / 3600)
        default: return counted("fleet_ago_day", seconds / 86_400)
        }
    }

    /// How long, in its two largest units.
    func span(_ seconds: Int64) -> String {
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60)
        if days > 0 { return words("fleet_span_days", ["days": "\(days)", "hours": "\(hours)"]) }
        if hours > 0 { return words("fleet_span_hours", ["hours": "\(hours)", "minutes": "\(minutes)"]) }
        if minutes > 0 { return words("fleet_span_minutes", ["minutes": "\(minutes)"]) }
        return words("fleet_span_seconds", ["seconds": "\(max(0, seconds))"])
    }

    /// "1 thing" or "7 things": the key for one, and with an s for any other number.
    func counted(_ key: String, _ count: Int64) -> String {
        count == 1 ? words[key] : words("\(key)s", ["count": "\(count)"])
    }

    /// Milliseconds in seconds and tenths, without a sign.
    func seconds(_ milliseconds: Int64) -> String {
        let tenths = (milliseconds.magnitude + 50) / 100
        return "\(tenths / 10)\(words["fleet_point"])\(tenths % 10)"
    }

    /// Bytes in whole megabytes.
    func megabytes(_ bytes: Int64) -> String { "\((max(0, bytes) + 500_000) / 1_000_000) MB" }
}
