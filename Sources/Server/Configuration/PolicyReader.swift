import Attendance
import Configuration
import FoundationEssentials

/// Reads the attendance policy out of the tables `[policy]` and `[classes.NAME]`.
struct PolicyReader {
    private let document: TomlDocument
    private let table: TomlTable

    init(_ document: TomlDocument) throws(ConfigurationError) {
        self.document = document
        table = try document.table("policy")
    }

    func policy() throws(ConfigurationError) -> AttendancePolicy {
        let zone = try table.require("time_zone", .timeZoneName)
        try checkZone(zone)
        let times = try times(in: table, standard: .standard)
        var classTimes: [String: ClassTimes] = [:]
        for (name, classTable) in try document.table("classes").tables() {
            classTimes[name] = try self.times(in: classTable, standard: times)
        }
        let days = try table.read("school_days", .list(of: .choice(of: Weekday.self)))
        let daysOff = try table.read("days_off", .list(of: Self.date), default: [])
        do {
            return try AttendancePolicy(
                timeZone: zone, times: times, classTimes: classTimes,
                schoolDays: days.map { Set($0) } ?? AttendancePolicy.standardSchoolDays, daysOff: Set(daysOff))
        } catch {
            throw table.refusal(Self.key(of: error), error.description)
        }
    }

    private func times(in table: TomlTable, standard: ClassTimes) throws(ConfigurationError) -> ClassTimes {
        let presentUntil = try table.read("present_until", Self.timeOfDay, default: standard.presentUntil)
        let absentAfter = try table.read("absent_after", Self.timeOfDay, default: standard.absentAfter)
        do {
            return try ClassTimes(presentUntil: presentUntil, absentAfter: absentAfter)
        } catch {
            throw table.refusal("present_until", error.description)
        }
    }

    /// The zone's rules are not needed here, but a terminal would look for them in vain.
    private func checkZone(_ name: String) throws(ConfigurationError) {
        do {
            _ = try TimeZoneRules.installed(name)
        } catch {
            throw table.refusal("time_zone", error.description)
        }
    }

    private static func key(of error: AttendanceError) -> String {
        if case .invalidPolicy(let field, _) = error, field != "class_times" { return field }
        return "time_zone"
    }

    private static let timeOfDayWords = "a time of day from \"00:00:00\" to \"23:59:59\""
    private static var timeOfDay: Accepted<TimeOfDay> {
        Accepted<String>.timeOfDay.parsed(as: timeOfDayWords) { try? TimeOfDay($0) }
    }
    private static var date: Accepted<LocalDate> {
        Accepted<String>.date.parsed(as: "a date that exists, as \"2026-09-01\"") { try? LocalDate($0) }
    }
}
