import Attendance
import Database
import FoundationEssentials

extension OutboxSchema {
    /// The key is UNIQUE, whatever the state: one a session, people and reason. The people are one id, or two with a space.
    static let walkBys = Migration(
        "unsure walk-bys",
        [
            """
            CREATE TABLE walk_bys (
                sequence INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                people TEXT NOT NULL,
                session TEXT NOT NULL,
                at_ms INTEGER NOT NULL,
                boot_id TEXT NOT NULL,
                boot_time_ns INTEGER NOT NULL,
                clock TEXT NOT NULL,
                reason TEXT NOT NULL,
                detail TEXT NOT NULL,
                shots INTEGER NOT NULL,
                score REAL NOT NULL,
                walk_by_key TEXT NOT NULL UNIQUE,
                state TEXT NOT NULL CHECK (state IN ('pending', 'rejected', 'acknowledged')),
                refusal TEXT,
                recorded_at_ms INTEGER NOT NULL,
                answered_at_ms INTEGER
            )
            """,
            "CREATE INDEX walk_bys_by_state ON walk_bys (state, sequence)",
        ])

    /// False for a file of before walk-bys whose disk has had no room for their table.
    static func hasWalkBys(_ session: any SQLSession) throws(DatabaseError) -> Bool {
        try session.schemaVersion() > neededVersion
    }

    /// The columns of `walk_bys` in their order; another number of them than `marks` has, by which salvaged rows are told
    /// apart.
    static let walkByColumns = [
        "sequence", "id", "people", "session", "at_ms", "boot_id", "boot_time_ns", "clock", "reason", "detail", "shots",
        "score", "walk_by_key", "state", "refusal", "recorded_at_ms", "answered_at_ms",
    ]

    static let walkByColumnList = walkByColumns.joined(separator: ", ")
}

extension OutboxWalkBy {
    /// The values of a row, without its sequence.
    var values: [SQLValue] {
        [
            .text(walkBy.id.uuidString), .text(walkBy.people.map(\.uuidString).joined(separator: " ")),
            .text("\(walkBy.session)"), .integer(walkBy.at.milliseconds), .text(walkBy.bootID.uuidString),
            .integer(walkBy.bootTime), .text(walkBy.clock.rawValue), .text(walkBy.reason.rawValue),
            .text(walkBy.detail), .integer(Int64(walkBy.shots)), .real(walkBy.score), .text(walkBy.key),
            .text(state.rawValue), .text(orNull: refusal), .integer(recordedAt.milliseconds),
            .integer(orNull: answeredAt?.milliseconds),
        ]
    }

    /// A row; throws `.unexpectedValue` for one that no version of this program wrote.
    init(_ row: Row) throws(DatabaseError) {
        walkBy = try UnsureWalkBy(row)
        state = try row.value("state") { WalkByState(rawValue: $0) }
        refusal = try row.optionalText("refusal")
        recordedAt = Instant(milliseconds: try row.integer("recorded_at_ms"))
        answeredAt = try row.optionalInteger("answered_at_ms").map { Instant(milliseconds: $0) }
        guard try row.text("walk_by_key") == walkBy.key else {
            throw .unexpectedValue(column: "walk_by_key", wanted: "the walk-by's key", found: "another key")
        }
    }
}

extension UnsureWalkBy {
    fileprivate init(_ row: Row) throws(DatabaseError) {
        self.init(
            id: try row.value("id") { UUID(uuidString: $0) }, people: try row.value("people", Self.people),
            session: try row.value("session") { (try? LocalDate($0)).map { SessionID(date: $0) } },
            at: Instant(milliseconds: try row.integer("at_ms")),
            bootID: try row.value("boot_id") { UUID(uuidString: $0) }, bootTime: try row.integer("boot_time_ns"),
            clock: try row.value("clock") { ClockTrust(rawValue: $0) },
            reason: try row.value("reason") { Reason(rawValue: $0) }, detail: try row.text("detail"),
            shots: Int(try row.integer("shots")), score: try row.real("score"))
        do throws(AttendanceError) { try validate() } catch {
            throw .unexpectedValue(column: "walk_bys", wanted: "a valid walk-by", found: "\(error)")
        }
    }

    private static func people(_ text: String) -> [UUID]? {
        let ids = text.split(separator: " ").map { UUID(uuidString: String($0)) }
        return ids.contains(nil) ? nil : ids.compactMap(\.self)
    }
}
