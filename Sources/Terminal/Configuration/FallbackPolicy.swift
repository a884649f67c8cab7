import Attendance
import Configuration

/// `[attendance]`: the policy until the first roster brings the server's.
func readFallbackPolicy(_ table: TomlTable) throws(ConfigurationError) -> AttendancePolicy {
    let zone = try table.read("time_zone", .timeZoneName, default: "UTC")
    let presentUntil = try table.read("present_until", .time, default: ClassTimes.standard.presentUntil)
    let absentAfter = try table.read("absent_after", .time, default: ClassTimes.standard.absentAfter)
    let days = try table.read("school_days", .list(of: .choice(of: Weekday.self), limit: 7))
    if let days, days.isEmpty {
        throw table.refusal("school_days", "name at least one day, or nobody could ever be marked")
    }
    guard let times = try? ClassTimes(presentUntil: presentUntil, absentAfter: absentAfter) else {
        throw table.refusal(
            table.has("absent_after") ? "absent_after" : "present_until",
            "present_until (\(presentUntil)) must be before absent_after (\(absentAfter))")
    }
    do {
        return try AttendancePolicy(
            timeZone: zone, times: times, schoolDays: days.map { Set($0) } ?? AttendancePolicy.standardSchoolDays)
    } catch {
        throw table.refusal("time_zone", error.description)
    }
}

extension Accepted where Value == TimeOfDay {
    /// A time of day.
    fileprivate static var time: Self {
        let text = Accepted<String>.timeOfDay
        return text.parsed(as: text.description) { try? TimeOfDay($0) }
    }
}
