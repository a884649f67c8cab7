import Attendance
import Database
import FoundationEssentials

/// What some records follow from, read for all of them at once: on PostgreSQL every statement is a way to the server and
/// back.
///
/// The keys are joined as a table. With the day as a value of its own, PostgreSQL takes the index of days for the shorter
/// way, as long as its statistics do not know that today has marks, and reads the whole day for every mark.
struct RecordBases {
    private let policy: SchoolPolicy
    private let places: [RecordStore.Key: Place]
    private let marks: [RecordStore.Key: [Mark]]
    private let corrections: [RecordStore.Key: [Correction]]
    private let excuses: [RecordStore.Key: [Excuse]]
    private let closed: Set<RecordQueue.Work>

    /// - Parameter keys: at most a piece of many.
    init(
        _ keys: ArraySlice<RecordStore.Key>, by policy: SchoolPolicy, _ session: any SQLSession
    ) throws(ServerError) {
        let memberships = try Membership.all(of: Set(keys.map(\.person)).sorted()[...], session)
        var places: [RecordStore.Key: Place] = [:]
        for key in keys { places[key] = Place(of: memberships[key.person] ?? [], in: key.session, by: policy) }
        let marks = try Self.read(
            "m.* FROM k JOIN marks m ON m.person = k.person AND m.session = k.session"
                + " WHERE m.voided_ms IS NULL AND m.clock <> 'unknown'", keys, session
        ) { row throws(DatabaseError) in try row.mark() }
        corrections = try Self.read(
            "c.person, c.session, c.id, c.made_ms, c.status FROM k"
                + " JOIN corrections c ON c.person = k.person AND c.session = k.session", keys, session
        ) { row throws(DatabaseError) in try row.correction() }
        excuses = try Self.read(
            "k.person, k.session, e.first_day, e.last_day FROM k JOIN excuses e ON e.person = k.person"
                + " AND e.last_day >= k.session AND e.first_day <= k.session WHERE e.withdrawn_ms IS NULL", keys,
            session
        ) { row throws(DatabaseError) in try row.excuse() }
        // Who was seen is not Absent by the closing.
        let missing = places.filter { $0.value.isExpected && marks[$0.key] == nil }
        closed = try Self.closed(
            Set(missing.map { RecordQueue.Work(session: $0.key.session, className: $0.value.className) }), session)
        (self.policy, self.places, self.marks) = (policy, places, marks)
    }

    /// What the record follows from.
    func basis(of key: RecordStore.Key) -> RecordBasis {
        let place = places[key]
        let marks = marks[key] ?? []
        let work = RecordQueue.Work(session: key.session, className: place?.className ?? "")
        return RecordBasis(
            className: work.className, session: key.session, hasSchool: policy.hasSchool(on: key.session), marks: marks,
            corrections: corrections[key] ?? [], excuses: excuses[key] ?? [],
            isClosed: place?.isExpected == true && marks.isEmpty && closed.contains(work))
    }

    /// - Parameter selection: what is read of the table `k` of the keys joined with others.
    private static func read<Value>(
        _ selection: String, _ keys: ArraySlice<RecordStore.Key>, _ session: any SQLSession,
        _ value: (Row) throws(DatabaseError) -> Value
    ) throws(ServerError) -> [RecordStore.Key: [Value]] {
        let rows = try session.all(
            "WITH k (person, session) AS (VALUES \(keys.places("(?, ?)"))) SELECT \(selection)", keys.flatMap(\.values))
        return try ServerError.wrap { () throws(DatabaseError) in
            var found: [RecordStore.Key: [Value]] = [:]
            for row in rows {
                let key = RecordStore.Key(person: try row.uuid("person"), session: try row.session("session"))
                found[key, default: []].append(try value(row))
            }
            return found
        }
    }

    /// Those of the sessions of classes that are closed. Mostly all are one.
    private static func closed(
        _ sessions: Set<RecordQueue.Work>, _ session: any SQLSession
    ) throws(ServerError) -> Set<RecordQueue.Work> {
        var closed: Set<RecordQueue.Work> = []
        for work in sessions {
            let closing = try session.first(
                "SELECT session FROM closings WHERE class = ? AND session = ? AND closed_ms IS NOT NULL",
                [.text(work.className), .text(work.session.description)])
            if closing != nil { closed.insert(work) }
        }
        return closed
    }
}

extension RecordStore.Key {
    /// As parameters of a statement.
    var values: [SQLValue] { [.id(person), .text(session.description)] }
}

extension Row {
    /// The mark in a row of the table `marks`.
    func mark() throws(DatabaseError) -> Mark {
        Mark(
            id: try uuid("id"), person: try uuid("person"), session: try session("session"), at: try instant("at_ms"),
            status: try choice("status"), bootID: try uuid("boot_id"), bootTime: try integer("boot_time_ns"),
            clock: try choice("clock"), shots: Int(try integer("shots")), score: try real("score"))
    }

    fileprivate func correction() throws(DatabaseError) -> Correction {
        let status: RecordStatus? = isNull("status") ? nil : try choice("status")
        return Correction(id: try uuid("id"), made: try instant("made_ms"), status: status)
    }

    fileprivate func excuse() throws(DatabaseError) -> Excuse {
        Excuse(firstDay: try session("first_day").date, lastDay: try session("last_day").date)
    }
}
