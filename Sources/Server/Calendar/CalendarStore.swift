import Attendance
import Database
import FoundationEssentials

/// A day on which the school takes no attendance although its weekday has one.
struct DayOff: Sendable, Equatable, Encodable {
    let date: LocalDate
    /// Why, in a few words.
    let name: String
    /// True for one that the server's configuration names; it can be taken away there only.
    let isConfigured: Bool

    private enum CodingKeys: String, CodingKey {
        case date, name
        case isConfigured = "configured"
    }
}

/// The days off. Each change makes the records of its day anew.
struct CalendarStore: Sendable {
    let database: any SQLDatabase
    let audit: AuditTrail

    /// What a day off is called that only the configuration names.
    static let configuredName = "day off"

    /// One page of the days off, by date.
    func list(from: LocalDate?, to: LocalDate?, page: PageRequest) throws(ServerError) -> [DayOff] {
        let after = try page.date(0)
        let days = try Self.all(database).filter { day in
            (from.map { $0 <= day.date } ?? true) && (to.map { day.date <= $0 } ?? true)
                && (after.map { $0 < day.date } ?? true)
        }
        return Array(days.prefix(page.limit + 1))
    }

    /// The day off of that date; nil for a day that is none.
    func find(_ date: LocalDate) throws(ServerError) -> DayOff? {
        try Self.all(database).first { $0.date == date }
    }

    /// Makes the date a day off, or gives it another name.
    func set(_ date: LocalDate, name: String, by actor: AuditTrail.Actor, now: Instant) throws(ServerError) -> DayOff {
        let name = try Reason.checked(name, field: "name")
        return try database.transaction { session throws(ServerError) in
            try session.run(
                "INSERT INTO days_off (date, name) VALUES (?, ?) ON CONFLICT (date) DO UPDATE SET name = excluded.name",
                [.text(date.description), .text(name)])
            try Self.changed(date, session)
            try audit.record(
                "calendar.day_off", of: date.description, by: actor, ["name": name], at: now, session)
            let isConfigured = try PolicyStore.configured(session)?.daysOff.contains(date) ?? false
            return DayOff(date: date, name: name, isConfigured: isConfigured)
        }
    }

    /// Makes the date an ordinary day again.
    /// - Returns: false where it is no day off.
    /// - Throws: `.taken` for one that the configuration names.
    func remove(_ date: LocalDate, by actor: AuditTrail.Actor, now: Instant) throws(ServerError) -> Bool {
        try database.transaction { session throws(ServerError) in
            if try PolicyStore.configured(session)?.daysOff.contains(date) ?? false {
                throw .taken("\(date) is among the days off of the server's configuration; take it away there")
            }
            guard try session.run("DELETE FROM days_off WHERE date = ?", [.text(date.description)]) > 0 else {
                return false
            }
            try Self.changed(date, session)
            try audit.record("calendar.school_day", of: date.description, by: actor, at: now, session)
            return true
        }
    }

    static func daysOff(_ session: any SQLSession) throws(ServerError) -> Set<LocalDate> {
        let rows = try session.all("SELECT date FROM days_off")
        return try ServerError.wrap { () throws(DatabaseError) in
            Set(try rows.map { row throws(DatabaseError) in try row.session("date").date })
        }
    }

    private static func changed(_ date: LocalDate, _ session: any SQLSession) throws(ServerError) {
        try PolicyStore.touch(session)
        try RecordQueue.add(SessionID(date: date), session)
    }

    /// By date. A few hundred of them at most.
    private static func all(_ session: any SQLSession) throws(ServerError) -> [DayOff] {
        let configured = try PolicyStore.configured(session)?.daysOff ?? []
        let rows = try session.all("SELECT date, name FROM days_off")
        let named = try ServerError.wrap { () throws(DatabaseError) in
            try rows.map { row throws(DatabaseError) in
                let date = try row.session("date").date
                return DayOff(date: date, name: try row.text("name"), isConfigured: configured.contains(date))
            }
        }
        let others = configured.subtracting(named.map(\.date)).map {
            DayOff(date: $0, name: configuredName, isConfigured: true)
        }
        return (named + others).sorted { $0.date < $1.date }
    }
}
