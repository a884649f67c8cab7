/// Until when a class counts as present, and from when as absent. `presentUntil` is always before `absentAfter`.
public struct ClassTimes: Sendable, Equatable, Codable {
    /// The last second that is Present.
    public let presentUntil: TimeOfDay
    /// The last second that is Late; after it comes Absent.
    public let absentAfter: TimeOfDay

    /// Present until 09:00:00, absent after 11:30:00.
    public static let standard = ClassTimes(
        checked: TimeOfDay(secondsOfDay: 9 * 3600), TimeOfDay(secondsOfDay: 11 * 3600 + 1800))

    /// The two boundaries. Throws `AttendanceError.invalidPolicy` unless the first is before the second.
    public init(presentUntil: TimeOfDay, absentAfter: TimeOfDay) throws(AttendanceError) {
        guard presentUntil < absentAfter else {
            throw .invalidPolicy(
                field: "present_until", reason: "\(presentUntil) is not before absent_after, \(absentAfter)")
        }
        self.init(checked: presentUntil, absentAfter)
    }

    private init(checked presentUntil: TimeOfDay, _ absentAfter: TimeOfDay) {
        self.presentUntil = presentUntil
        self.absentAfter = absentAfter
    }

    /// What a person is who is seen at this time. Both boundaries belong to the better status.
    public func status(at time: TimeOfDay) -> AttendanceStatus {
        if time <= presentUntil { return .present }
        return time <= absentAfter ? .late : .absent
    }

    private enum CodingKeys: String, CodingKey {
        case presentUntil = "present_until"
        case absentAfter = "absent_after"
    }

    /// Reads and checks both boundaries.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            presentUntil: values.decode(TimeOfDay.self, forKey: .presentUntil),
            absentAfter: values.decode(TimeOfDay.self, forKey: .absentAfter))
    }
}
