/// When a school takes attendance, and which time of day means which status. The server owns it, terminals follow it.
/// A policy that exists is valid: it is checked when it is made, and when it is read.
public struct AttendancePolicy: Sendable, Equatable {
    /// The school's time zone by its IANA name, such as "Europe/London".
    public let timeZone: String
    /// The boundaries of every class without its own.
    public let times: ClassTimes
    /// The boundaries of single classes, by the class's name.
    public let classTimes: [String: ClassTimes]
    /// The days of the week with school; never empty.
    public let schoolDays: Set<Weekday>
    /// Days without school although their weekday has one.
    public let daysOff: Set<LocalDate>

    /// More classes with their own times than any school has.
    public static let maximumClasses = 500
    /// More days off than a policy needs for several years.
    public static let maximumDaysOff = 1000
    /// Bytes of a class's name in UTF-8.
    public static let maximumClassNameBytes = 100

    /// Monday to Friday.
    public static let standardSchoolDays: Set<Weekday> = [.monday, .tuesday, .wednesday, .thursday, .friday]

    /// A policy. Throws `AttendanceError.invalidTimeZoneName` and `AttendanceError.invalidPolicy`.
    public init(
        timeZone: String, times: ClassTimes = .standard, classTimes: [String: ClassTimes] = [:],
        schoolDays: Set<Weekday> = standardSchoolDays, daysOff: Set<LocalDate> = []
    ) throws(AttendanceError) {
        try TimeZoneName.validate(timeZone)
        guard !schoolDays.isEmpty else {
            throw .invalidPolicy(field: "school_days", reason: "no day has school, so nobody could ever be marked")
        }
        guard daysOff.count <= AttendancePolicy.maximumDaysOff else {
            throw .invalidPolicy(field: "days_off", reason: "more than \(AttendancePolicy.maximumDaysOff) days")
        }
        guard classTimes.count <= AttendancePolicy.maximumClasses else {
            throw .invalidPolicy(field: "class_times", reason: "more than \(AttendancePolicy.maximumClasses) classes")
        }
        for name in classTimes.keys where !(1...AttendancePolicy.maximumClassNameBytes ~= name.utf8.count) {
            throw .invalidPolicy(field: "class_times", reason: "\(printable(name)) is too short or too long for a name")
        }
        self.timeZone = timeZone
        self.times = times
        self.classTimes = classTimes
        self.schoolDays = schoolDays
        self.daysOff = daysOff
    }

    /// The boundaries of a class.
    public func times(for className: String) -> ClassTimes { classTimes[className] ?? times }

    /// True if the school takes attendance on that day.
    public func hasSchool(on date: LocalDate) -> Bool {
        schoolDays.contains(date.weekday) && !daysOff.contains(date)
    }

    /// The session that a moment belongs to, or nil on a day without school. `zone` must be the policy's `timeZone`.
    public func session(at moment: Instant, zone: TimeZoneRules) -> SessionID? {
        let date = zone.local(of: moment.seconds).date
        return hasSchool(on: date) ? SessionID(date: date) : nil
    }

    /// What a person of the class is who is seen at a moment, on whatever day. Whole seconds decide.
    /// `zone` must be the policy's `timeZone`.
    ///
    /// Where the clock will still be set back on the same day, the reading counts that comes after it: a boundary inside
    /// the hour that the clock shows twice is passed the second time. So nobody's status improves as time goes on.
    public func status(for className: String, at moment: Instant, zone: TimeZoneRules) -> AttendanceStatus {
        let local = zone.local(of: moment.seconds)
        var time = local.time
        if let change = zone.nextTransition(after: moment.seconds) {
            let changed = zone.local(of: change)
            if changed.date == local.date { time = min(time, changed.time) }
        }
        return times(for: className).status(at: time)
    }
}

extension AttendancePolicy: Codable {
    private enum CodingKeys: String, CodingKey {
        case timeZone = "time_zone"
        case times
        case classTimes = "class_times"
        case schoolDays = "school_days"
        case daysOff = "days_off"
    }

    /// Reads and checks a policy.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            timeZone: values.decode(String.self, forKey: .timeZone),
            times: values.decode(ClassTimes.self, forKey: .times),
            classTimes: values.decode([String: ClassTimes].self, forKey: .classTimes),
            schoolDays: Set(values.decode([Weekday].self, forKey: .schoolDays)),
            daysOff: Set(values.decode([LocalDate].self, forKey: .daysOff)))
    }

    /// Writes a policy; days in their order, so that equal policies have equal bytes.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(timeZone, forKey: .timeZone)
        try values.encode(times, forKey: .times)
        try values.encode(classTimes, forKey: .classTimes)
        try values.encode(schoolDays.sorted(), forKey: .schoolDays)
        try values.encode(daysOff.sorted(), forKey: .daysOff)
    }
}
