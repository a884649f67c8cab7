import Attendance
import FoundationEssentials

/// Time zones as Debian's tzdata installs them.
public enum ZoneFiles {
    static let folder = "/usr/share/zoneinfo/"
    /// More than any zone needs; the largest of tzdata has 4 KB.
    static let sizeLimit = 1 << 20

    /// The rules of an IANA name such as "Europe/London".
    /// - Throws: `AttendanceError` for a name that cannot be, a missing file or a damaged one.
    public static func rules(named name: String) throws(AttendanceError) -> TimeZoneRules {
        try TimeZoneName.validate(name)
        guard let file = FileManager.default.contents(atPath: folder + name), file.count <= sizeLimit else {
            throw .invalidPolicy(
                field: "time_zone",
                reason: "\(folder)\(name) cannot be read; install the package tzdata or correct the name")
        }
        return try TimeZoneRules(name: name, tzif: [UInt8](file))
    }
}
