import Attendance
import Configuration

/// Which reports are sent by themselves, and when: the table `[reports]` of the configuration.
public struct ReportSettings: Sendable, Equatable {
    /// Whether the day is reported in the evening.
    public var daily = false
    /// Whether the week before is reported on Monday.
    public var weekly = false
    /// From when on, in the school's time zone, the day may be reported. It is then, once its sessions are closed, or on
    /// the day after even if one is not.
    public var dailyTime = TimeOfDay.afternoon
    /// From when on, on Monday, the week before is reported.
    public var weeklyTime = TimeOfDay.morning

    /// Nothing is sent.
    public init() {}

    init(_ table: TomlTable, hasMail: Bool) throws(ConfigurationError) {
        daily = try table.read("daily", .boolean, default: false)
        weekly = try table.read("weekly", .boolean, default: false)
        dailyTime = try table.read("daily_time", Self.time, default: .afternoon)
        weeklyTime = try table.read("weekly_time", Self.time, default: .morning)
        if daily || weekly, !hasMail {
            throw table.refusal(daily ? "daily" : "weekly", "reports go by mail; set [mail], or leave this false")
        }
    }

    private static var time: Accepted<TimeOfDay> {
        Accepted<String>.timeOfDay.parsed(as: "a time of day from \"00:00:00\" to \"23:59:59\"") { try? TimeOfDay($0) }
    }
}

extension TimeOfDay {
    /// Hours that exist cannot be refused.
    fileprivate static let afternoon = (try? TimeOfDay(hour: 16, minute: 0)) ?? ClassTimes.standard.absentAfter
    fileprivate static let morning = (try? TimeOfDay(hour: 7, minute: 0)) ?? ClassTimes.standard.presentUntil
}
