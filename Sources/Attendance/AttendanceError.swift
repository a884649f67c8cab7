/// What can be wrong with a time zone, a policy, a mark or an unsure walk-by. Every description names the place and the next step.
public enum AttendanceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Not a name of the IANA time zone database, or one that would leave its folder.
    case invalidTimeZoneName(String)
    /// The time zone's TZif bytes break RFC 9636 at this byte.
    case damagedTimeZone(name: String, byte: Int, reason: String)
    /// Not a time of day as HH:MM or HH:MM:SS.
    case invalidTimeOfDay(String)
    /// Not a date of the calendar as YYYY-MM-DD.
    case invalidDate(String)
    /// A policy that cannot be followed.
    case invalidPolicy(field: String, reason: String)
    /// A mark with a value out of its range.
    case invalidMark(field: String, reason: String)
    /// An unsure walk-by with a value out of its range.
    case invalidWalkBy(field: String, reason: String)

    /// One line: what, where, and what to do next.
    public var description: String {
        switch self {
        case .invalidTimeZoneName(let name):
            "\(printable(name)) is not a time zone's name: use one such as Europe/London from /usr/share/zoneinfo"
        case .damagedTimeZone(let name, let byte, let reason):
            "time zone \(printable(name)) is damaged at byte \(byte): \(reason); reinstall the package tzdata"
        case .invalidTimeOfDay(let text):
            "\(printable(text)) is not a time of day: write HH:MM or HH:MM:SS between 00:00:00 and 23:59:59"
        case .invalidDate(let text):
            "\(printable(text)) is not a date: write YYYY-MM-DD, a day that the calendar has"
        case .invalidPolicy(let field, let reason):
            "attendance policy, \(field): \(reason); correct the policy on the server"
        case .invalidMark(let field, let reason):
            "mark, \(field): \(reason); the mark is refused, report this as a defect with the terminal's version"
        case .invalidWalkBy(let field, let reason):
            "walk-by, \(field): \(reason); it is refused, report this as a defect with the terminal's version"
        }
    }
}

/// Text from outside made safe for one line of a log: quoted, without control characters, not longer than a line.
package func printable(_ text: String) -> String {
    let limit = 60
    var safe = ""
    for scalar in text.unicodeScalars.prefix(limit) {
        let isControl = scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
        let breaksLine = scalar == "\u{2028}" || scalar == "\u{2029}"
        safe.unicodeScalars.append(isControl || breaksLine ? "\u{FFFD}" : scalar)
    }
    return text.unicodeScalars.dropFirst(limit).isEmpty ? "\"\(safe)\"" : "\"\(safe)…\""
}
