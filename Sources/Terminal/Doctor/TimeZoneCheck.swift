import Attendance
import FoundationEssentials

/// Are the rules of the school's time zone on this machine?
struct TimeZoneCheck {
    var zone: String
    var rules: Result<TimeZoneRules, AttendanceError>?
    var now: Instant

    static let folder = "/usr/share/zoneinfo/"

    /// Looks for the zone's file.
    init(zone: String, now: Instant, folder: String = TimeZoneCheck.folder) {
        self.zone = zone
        self.now = now
        guard let bytes = FileManager.default.contents(atPath: folder + zone) else { return }
        do throws(AttendanceError) {
            rules = .success(try TimeZoneRules(name: zone, tzif: Array(bytes)))
        } catch {
            rules = .failure(error)
        }
    }

    var finding: Finding {
        let name = "time zone"
        switch rules {
        case nil:
            return .failed(
                name, "there are no rules of \(zone) in \(Self.folder)",
                next: "install them: apt-get install tzdata; or correct attendance.time_zone")
        case .failure(let error):
            return .failed(name, error.description, next: "bring them anew: apt-get install --reinstall tzdata")
        case .success(let rules):
            let local = rules.local(of: now.seconds)
            return .ok(name, "\(zone): it is \(local.date) \(local.time) there")
        }
    }
}
