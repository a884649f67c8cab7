import Attendance
import Database
import FoundationEssentials

/// The attendance policy of each day, out of the configuration, the classes' own times and the calendar.
///
/// A change of the boundaries, the school days or the time zone counts from the day on which it is made: the days before
/// keep the policy that they had, so that nobody's past changes by it. A day off counts whenever it is.
struct SchoolPolicy: Sendable {
    /// Another one after each change.
    let revision: String
    /// The days off, those of the configuration included.
    let daysOff: Set<LocalDate>
    /// The newest first; never empty.
    private let versions: [Version]
    /// The policy from today on.
    let current: Version

    /// The policy from a day on, without its days off.
    struct Version: Sendable {
        let firstDay: LocalDate
        let policy: AttendancePolicy
        /// The rules of the policy's time zone.
        let zone: TimeZoneRules
    }

    /// - Returns: nil without any version.
    init?(revision: String, versions: [Version], daysOff: Set<LocalDate>) {
        let sorted = versions.sorted { $0.firstDay > $1.firstDay }
        guard let current = sorted.first else { return nil }
        self.revision = revision
        self.versions = sorted
        self.current = current
        self.daysOff = daysOff
    }

    /// The school's time zone now.
    var zone: TimeZoneRules { current.zone }

    /// The version of a day; days before the first one have the first.
    func version(of session: SessionID) -> Version {
        versions.first { $0.firstDay <= session.date } ?? versions.last ?? current
    }

    /// Whether the school takes attendance on that day.
    func hasSchool(on session: SessionID) -> Bool {
        version(of: session).policy.hasSchool(on: session.date) && !daysOff.contains(session.date)
    }

    /// The day of a moment, as the school's clock shows it.
    func session(at moment: Instant) -> SessionID {
        let guess = SessionID(date: zone.local(of: moment.seconds).date)
        return SessionID(date: version(of: guess).zone.local(of: moment.seconds).date)
    }

    /// When the session of a class ends.
    func closing(of session: SessionID, for className: String) -> Instant {
        let version = version(of: session)
        return version.policy.closing(of: session, for: className, zone: version.zone)
    }

    /// The record that follows from the basis.
    func record(on basis: RecordBasis) -> AttendanceRecord? {
        let version = version(of: basis.session)
        return version.policy.record(on: basis, zone: version.zone)
    }

    /// What terminals follow: the policy of now with the days off that are still to come, as many as a policy may have.
    func forTerminals(now: Instant) throws(ServerError) -> AttendancePolicy {
        // A terminal that was away a week resolves the marks of that week by it.
        let first = LocalDate(daysSince1970: session(at: now).date.daysSince1970 - 7)
        let days = daysOff.filter { $0 >= first }.sorted().prefix(AttendancePolicy.maximumDaysOff)
        let policy = current.policy
        do {
            return try AttendancePolicy(
                timeZone: policy.timeZone, times: policy.times, classTimes: policy.classTimes,
                schoolDays: policy.schoolDays, daysOff: Set(days))
        } catch {
            throw .damaged(what: "the attendance policy", reason: error.description)
        }
    }
}

extension TimeZoneRules {
    /// The rules of this machine for a zone.
    static func installed(_ name: String) throws(ServerError) -> TimeZoneRules {
        let path = "/usr/share/zoneinfo/" + name
        do {
            try TimeZoneName.validate(name)
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw ServerError.machine("there is no \(path); check the name, and that tzdata is installed")
            }
            return try TimeZoneRules(name: name, tzif: Array(bytes))
        } catch let error as ServerError {
            throw error
        } catch {
            throw .machine("\(path): \(error); install tzdata again")
        }
    }
}
