import Attendance
import FoundationEssentials
import Terminal

/// One of the last marks, in one line.
struct MarkText {
    let text: String

    /// - Parameter zone: the time of the mark is shown there.
    init(_ mark: MarkStatus, zone: TimeZoneRules) {
        let local = zone.local(of: Instant(milliseconds: mark.atMilliseconds).seconds)
        let who = mark.name ?? mark.person ?? "mark \(mark.id)"
        let status = mark.status.rawValue
        text =
            "\(local.date) \(local.time) \(Self.offset(local.offset))  "
            + status + String(repeating: " ", count: max(1, 9 - status.count)) + who
    }

    /// Seconds ahead of UTC as RFC 3339 writes them, such as +01:00.
    static func offset(_ seconds: Int) -> String {
        let minutes = abs(seconds) / 60
        func pair(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(seconds < 0 ? "-" : "+")\(pair(minutes / 60)):\(pair(minutes % 60))"
    }
}

/// The time zone of this machine.
enum MachineZone {
    /// From /etc/localtime; UTC where there is none.
    static var rules: TimeZoneRules {
        guard let bytes = FileManager.default.contents(atPath: "/etc/localtime"),
            let rules = try? TimeZoneRules(name: "localtime", tzif: Array(bytes))
        else { return .utc }
        return rules
    }
}
