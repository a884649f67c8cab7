import Attendance
import Database
import FoundationEssentials

/// Which class a person was in, from a moment on. It says who was to be there in a session, and by whose times.
struct Membership: Sendable, Equatable {
    let since: Instant
    /// Empty for somebody who is in no class any more.
    let className: String

    /// To be called in the transaction that changes a person's class.
    /// - Parameter className: the class's name, or empty for none.
    static func record(
        of person: UUID, in className: String, now: Instant, _ session: any SQLSession
    ) throws(ServerError) {
        guard try all(of: [person], session)[person]?.last?.className ?? "" != className else { return }
        try session.run(
            """
            INSERT INTO memberships (person, since_ms, class) VALUES (?, ?, ?)
            ON CONFLICT (person, since_ms) DO UPDATE SET class = excluded.class
            """, [.id(person), .instant(now), .text(className)])
        try RecordQueue.add(of: person, from: now, session)
    }

    /// Each person's classes, the oldest first.
    static func all(
        of people: ArraySlice<UUID>, _ session: any SQLSession
    ) throws(ServerError) -> [UUID: [Membership]] {
        let rows = try session.all(
            """
            SELECT person, since_ms, class FROM memberships WHERE person IN (\(people.places()))
            ORDER BY person, since_ms
            """, people.map { .id($0) })
        return try ServerError.wrap { () throws(DatabaseError) in
            var found: [UUID: [Membership]] = [:]
            for row in rows {
                found[try row.uuid("person"), default: []].append(
                    Membership(since: try row.instant("since_ms"), className: try row.text("class")))
            }
            return found
        }
    }
}

/// What a person's classes mean for one session.
struct Place: Sendable, Equatable {
    /// The class that decides: the one that the person was in when its session ended, else the next one before or after.
    let className: String
    /// Whether the person was to be there: somebody who joined afterwards, or had left, was not.
    let isExpected: Bool

    /// - Parameter memberships: the oldest first.
    init(of memberships: [Membership], in session: SessionID, by policy: SchoolPolicy) {
        let classes = memberships.filter { !$0.className.isEmpty }
        let last = memberships.last { $0.since <= policy.closing(of: session, for: $0.className) }
        if let last, !last.className.isEmpty {
            self.init(className: last.className, isExpected: true)
        } else {
            let before = last.flatMap { last in classes.last { $0.since <= last.since } }
            self.init(className: (before ?? classes.first)?.className ?? "", isExpected: false)
        }
    }

    private init(className: String, isExpected: Bool) {
        self.className = className
        self.isExpected = isExpected
    }
}
