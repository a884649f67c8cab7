import Attendance
import Database
import FoundationEssentials

/// The tables of the outbox, and how a mark becomes a row and a row a mark.
enum OutboxSchema {
    static let migrations = [
        Migration(
            "marks",
            [
                """
                CREATE TABLE marks (
                    sequence INTEGER PRIMARY KEY,
                    id TEXT NOT NULL UNIQUE,
                    person TEXT NOT NULL,
                    session TEXT NOT NULL,
                    at_ms INTEGER NOT NULL,
                    status TEXT NOT NULL,
                    boot_id TEXT NOT NULL,
                    boot_time_ns INTEGER NOT NULL,
                    clock TEXT NOT NULL,
                    shots INTEGER NOT NULL,
                    score REAL NOT NULL,
                    mark_key TEXT NOT NULL,
                    state TEXT NOT NULL CHECK (state IN ('pending', 'rejected', 'acknowledged', 'superseded')),
                    reason TEXT,
                    recorded_at_ms INTEGER NOT NULL,
                    answered_at_ms INTEGER
                )
                """,
                "CREATE UNIQUE INDEX marks_one_pending ON marks (mark_key) WHERE state = 'pending'",
                "CREATE INDEX marks_by_key ON marks (mark_key)",
                "CREATE INDEX marks_by_state ON marks (state, sequence)",
            ]),
        Migration(
            "damage",
            [
                """
                CREATE TABLE damage (
                    number INTEGER PRIMARY KEY,
                    at_ms INTEGER NOT NULL,
                    path TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    salvaged INTEGER NOT NULL
                )
                """
            ]),
        walkBys,
    ]

    /// The version that marks need: a file of it, on a disk that is too full for the later steps, is used as it is.
    static let neededVersion = 2

    /// The columns of `marks` in their order.
    static let columns = [
        "sequence", "id", "person", "session", "at_ms", "status", "boot_id", "boot_time_ns", "clock", "shots", "score",
        "mark_key", "state", "reason", "recorded_at_ms", "answered_at_ms",
    ]

    static let columnList = columns.joined(separator: ", ")

    /// Fails when the file's schema is another one.
    static func probe(_ session: any SQLSession) throws(DatabaseError) {
        _ = try session.query("SELECT \(columnList) FROM marks LIMIT 0")
        if try hasWalkBys(session) { _ = try session.query("SELECT \(walkByColumnList) FROM walk_bys LIMIT 0") }
        _ = try session.query("SELECT number, at_ms, path, reason, salvaged FROM damage LIMIT 0")
    }
}

extension OutboxMark {
    /// The values of a row, without its sequence.
    var values: [SQLValue] {
        [
            .text(mark.id.uuidString), .text(mark.person.uuidString), .text("\(mark.session)"),
            .integer(mark.at.milliseconds), .text(mark.status.rawValue), .text(mark.bootID.uuidString),
            .integer(mark.bootTime), .text(mark.clock.rawValue), .integer(Int64(mark.shots)), .real(mark.score),
            .text(mark.key), .text(state.rawValue), .text(orNull: reason), .integer(recordedAt.milliseconds),
            .integer(orNull: answeredAt?.milliseconds),
        ]
    }

    /// A row; throws `.unexpectedValue` for one that no version of this program wrote. The key repeats the person and the
    /// session, and so shows damage in them.
    init(_ row: Row) throws(DatabaseError) {
        mark = try Mark(row)
        state = try row.value("state") { MarkState(rawValue: $0) }
        reason = try row.optionalText("reason")
        recordedAt = Instant(milliseconds: try row.integer("recorded_at_ms"))
        answeredAt = try row.optionalInteger("answered_at_ms").map { Instant(milliseconds: $0) }
        guard try row.text("mark_key") == mark.key else {
            throw .unexpectedValue(column: "mark_key", wanted: "the mark's key", found: "another key")
        }
    }
}

extension Mark {
    fileprivate init(_ row: Row) throws(DatabaseError) {
        self.init(
            id: try row.value("id") { UUID(uuidString: $0) },
            person: try row.value("person") { UUID(uuidString: $0) },
            session: try row.value("session") { (try? LocalDate($0)).map { SessionID(date: $0) } },
            at: Instant(milliseconds: try row.integer("at_ms")),
            status: try row.value("status") { AttendanceStatus(rawValue: $0) },
            bootID: try row.value("boot_id") { UUID(uuidString: $0) },
            bootTime: try row.integer("boot_time_ns"),
            clock: try row.value("clock") { ClockTrust(rawValue: $0) },
            shots: Int(try row.integer("shots")),
            score: try row.real("score"))
        do throws(AttendanceError) { try validate() } catch {
            throw .unexpectedValue(column: "marks", wanted: "a valid mark", found: "\(error)")
        }
    }
}

extension Row {
    /// Text that stands for a value of another type.
    func value<T>(_ column: String, _ parse: (String) -> T?) throws(DatabaseError) -> T {
        guard let value = parse(try text(column)) else {
            throw .unexpectedValue(column: column, wanted: "another text", found: "something unreadable")
        }
        return value
    }
}
