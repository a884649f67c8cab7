/// What a mark says of its person, by the time of day at which the person was seen.
public enum AttendanceStatus: String, Sendable, Codable, CaseIterable {
    case present, late, absent
}
