import Attendance
import Database
import FoundationEssentials
import Synchronization

/// The attendance policy, as the database has it: several servers and commands on one database follow the same.
struct PolicyStore: Sendable {
    let database: any SQLDatabase
    private let cache = Cache()

    /// The policy that was read last. It is good as long as the database's revision is still its own.
    private final class Cache: Sendable {
        let policy = Mutex<SchoolPolicy?>(nil)
    }

    init(database: any SQLDatabase) {
        self.database = database
    }

    /// Takes over what the configuration says. Where it differs from what it said before, it counts from today on.
    func adopt(_ configured: AttendancePolicy, now: Instant) throws(ServerError) {
        try database.transaction { session throws(ServerError) in
            let before = try Self.configured(session)
            guard before != configured else { return }
            try session.run("UPDATE calendar SET configured = ?", [.text(try Self.json(configured))])
            try Self.changed(now: now, session)
            guard let before else { return try RecordQueue.addAllMarks(session) }
            for date in before.daysOff.symmetricDifference(configured.daysOff) {
                try RecordQueue.add(SessionID(date: date), session)
            }
        }
    }

    /// The policy as it is now.
    func current() throws(ServerError) -> SchoolPolicy { try current(database) }

    /// The policy as it is now, in a transaction.
    func current(_ session: any SQLSession) throws(ServerError) -> SchoolPolicy {
        let row = try session.first("SELECT revision FROM calendar")
        let revision = try ServerError.wrap { () throws(DatabaseError) in try row?.text("revision") } ?? ""
        if let cached = cache.policy.withLock({ $0 }), cached.revision == revision { return cached }
        let daysOff = try CalendarStore.daysOff(session).union(try Self.configured(session)?.daysOff ?? [])
        guard
            let policy = SchoolPolicy(revision: revision, versions: try Self.versions(session), daysOff: daysOff)
        else {
            throw .machine("there is no attendance policy yet; start the server, which takes over its configuration")
        }
        cache.policy.withLock { $0 = policy }
        return policy
    }

    /// To be called in the transaction that has changed a class's times or name: writes the policy that follows from them,
    /// which counts from today on.
    static func changed(now: Instant, _ session: any SQLSession) throws(ServerError) {
        try touch(session)
        guard let configured = try configured(session) else { return }
        let policy = try composed(configured, session)
        let newest = try versions(session).max { $0.firstDay < $1.firstDay }
        guard newest?.policy != policy else { return }
        let zone = try TimeZoneRules.installed(policy.timeZone)
        // A clock that was set back changes no day of the past either.
        let today = max(zone.local(of: now.seconds).date, newest?.firstDay ?? LocalDate(daysSince1970: 0))
        try session.run(
            """
            INSERT INTO policies (first_day, policy) VALUES (?, ?)
            ON CONFLICT (first_day) DO UPDATE SET policy = excluded.policy
            """, [.text(today.description), .text(try json(policy))])
        guard newest != nil else { return }
        try ClosingStore.reopen(from: SessionID(date: today), policy, zone, now: now, session)
        try RecordQueue.add(from: SessionID(date: today), session)
    }

    /// Makes every reader read anew. A counter would do as well, but for one that a transaction took and rolled back.
    static func touch(_ session: any SQLSession) throws(ServerError) {
        try session.run("UPDATE calendar SET revision = ?", [.id(UUID())])
    }

    /// Gives a class another name in the policies of all days.
    static func rename(_ before: String, to name: String, _ session: any SQLSession) throws(ServerError) {
        for version in try versions(session) {
            var times = version.policy.classTimes
            guard let moved = times.removeValue(forKey: before) else { continue }
            times[name] = moved
            let policy = try make(version.policy, times)
            try session.run(
                "UPDATE policies SET policy = ? WHERE first_day = ?",
                [.text(try json(policy)), .text(version.firstDay.description)])
        }
    }

    /// What the configuration said last; nil before any server has started.
    static func configured(_ session: any SQLSession) throws(ServerError) -> AttendancePolicy? {
        let row = try session.first("SELECT configured FROM calendar")
        let json = try ServerError.wrap { () throws(DatabaseError) in try row?.optionalText("configured") }
        return try json.map { json throws(ServerError) in try policy(json) }
    }

    private static func versions(_ session: any SQLSession) throws(ServerError) -> [SchoolPolicy.Version] {
        var versions: [SchoolPolicy.Version] = []
        for row in try session.all("SELECT first_day, policy FROM policies") {
            let (firstDay, json) = try ServerError.wrap { () throws(DatabaseError) in
                (try row.session("first_day").date, try row.text("policy"))
            }
            let policy = try policy(json)
            // Mostly all are of one zone, which is read once.
            var zone = versions.first { $0.zone.name == policy.timeZone }?.zone
            if zone == nil { zone = try TimeZoneRules.installed(policy.timeZone) }
            guard let zone else { continue }
            versions.append(.init(firstDay: firstDay, policy: policy, zone: zone))
        }
        return versions
    }

    /// The configuration's policy with the classes' own times instead of its own, without days off.
    private static func composed(
        _ configured: AttendancePolicy, _ session: any SQLSession
    ) throws(ServerError) -> AttendancePolicy {
        var times = configured.classTimes
        let rows = try session.all(
            "SELECT name, present_until, absent_after FROM classes WHERE present_until IS NOT NULL")
        for row in rows {
            let (name, present, absent) = try ServerError.wrap { () throws(DatabaseError) in
                (try row.text("name"), try row.timeOfDay("present_until"), try row.timeOfDay("absent_after"))
            }
            guard let present, let absent, let own = try? ClassTimes(presentUntil: present, absentAfter: absent) else {
                throw .damaged(what: "the times of class \(name)", reason: "they are not in their order")
            }
            times[name] = own
        }
        return try make(configured, times)
    }

    private static func make(
        _ policy: AttendancePolicy, _ times: [String: ClassTimes]
    ) throws(ServerError) -> AttendancePolicy {
        do {
            return try AttendancePolicy(
                timeZone: policy.timeZone, times: policy.times, classTimes: times, schoolDays: policy.schoolDays)
        } catch {
            throw .refused(error.description)
        }
    }

    private static func policy(_ json: String) throws(ServerError) -> AttendancePolicy {
        do {
            return try JSONDecoder().decode(AttendancePolicy.self, from: Data(json.utf8))
        } catch {
            throw .damaged(what: "the attendance policy", reason: "\(error)")
        }
    }

    private static func json(_ policy: AttendancePolicy) throws(ServerError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(policy), as: UTF8.self)
        } catch {
            throw .damaged(what: "the attendance policy", reason: "\(error)")
        }
    }
}
