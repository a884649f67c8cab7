import Attendance
import Database

/// The one row that says where the trail ends, with a code by the trail's key: where the newest entries are missing, it
/// shows.
struct AuditHead: Sendable, Equatable {
    /// The newest entry; 0 for none.
    var number: Int64
    /// Its digest, which the next one follows; empty where nothing comes before the next.
    var digest: [UInt8]
    /// The first entry that can be checked; another one than 1 after the trail was begun anew.
    let checkedFrom: Int64
    /// The first entry with a digest by the key; those before it are from a time without one.
    let keyedFrom: Int64
    /// Since when digests are by the key.
    let since: Instant
    /// What the key makes of all this.
    private(set) var code: [UInt8] = []

    init(number: Int64, digest: [UInt8], checkedFrom: Int64, keyedFrom: Int64, since: Instant) {
        self.number = number
        self.digest = digest
        self.checkedFrom = checkedFrom
        self.keyedFrom = keyedFrom
        self.since = since
    }

    /// The row; nil where it is missing, or not made yet.
    /// - Throws: `.storage` for one that holds something else.
    static func read(_ session: any SQLSession) throws(ServerError) -> AuditHead? {
        let row = try session.first("SELECT * FROM audit_head WHERE digest IS NOT NULL AND code IS NOT NULL")
        guard let row else { return nil }
        return try ServerError.wrap { () throws(DatabaseError) in
            var head = AuditHead(
                number: try row.integer("number"), digest: try row.blob("digest"),
                checkedFrom: try row.integer("checked_from"), keyedFrom: try row.integer("keyed_from"),
                since: try row.instant("since_ms"))
            head.code = try row.blob("code")
            return head
        }
    }

    /// Whether the key made it so.
    func isGood(_ key: AuditKey) -> Bool { code == key.code(of: self) }

    /// Writes the row with a code by the key.
    func write(_ key: AuditKey, _ session: any SQLSession) throws(ServerError) {
        try session.run(
            """
            INSERT INTO audit_head (one, number, digest, checked_from, keyed_from, since_ms, code)
            VALUES (1, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (one) DO UPDATE SET number = excluded.number, digest = excluded.digest,
                checked_from = excluded.checked_from, keyed_from = excluded.keyed_from, since_ms = excluded.since_ms,
                code = excluded.code
            """,
            [
                .integer(number), .blob(digest), .integer(checkedFrom), .integer(keyedFrom), .instant(since),
                .blob(key.code(of: self)),
            ])
    }

    /// Makes the first head of a trail, once: what is there then is from a time without a key.
    static func prepare(_ key: AuditKey, now: Instant, _ database: any SQLDatabase) throws(ServerError) {
        // Only a migration leaves a row without a code. One that is missing is a trail that somebody has tampered with.
        let isNew = "SELECT one FROM audit_head WHERE code IS NULL"
        guard try database.first(isNew) != nil else { return }
        try database.transaction { session throws(ServerError) in
            guard try session.first(isNew) != nil else { return }
            let last = try session.first("SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1")
            let (number, digest) = try ServerError.wrap { () throws(DatabaseError) in
                (try last?.integer("number") ?? 0, try last?.blob("digest") ?? [])
            }
            let head = AuditHead(number: number, digest: digest, checkedFrom: 1, keyedFrom: number + 1, since: now)
            try head.write(key, session)
        }
    }
}
