import Database

/// The server's tables. Types are those that SQLite and PostgreSQL both take; times are milliseconds since 1970, ids are
/// UUIDs as text. Statements can be repeated, as two commands may meet a new file at the same moment.
enum Schema {
    static let migrations = [
        Migration(
            "terminals, people, templates, marks and attendance",
            [roster, terminals, people, peopleByName, peopleByClass, templates, templatesByPerson, marks]
                + [marksByKey, marksBySession, attendance, attendanceBySession]),
        Migration("accounts", accounts),
        Migration("classes, records of attendance, corrections, excuses, the audit trail", records),
        Migration("terminals' classes and registration, images, mail", surroundings),
        Migration("the head of the audit trail", auditHead),
        Migration("indexes for large schools", large),
        Migration("unsure walk-bys", walkBys),
        Migration("terminals' faults", terminalFaults),
    ]

    /// One row: the epoch names this database, the revision counts the changes of the roster.
    private static let roster = """
        CREATE TABLE IF NOT EXISTS roster (
            one INTEGER PRIMARY KEY CHECK (one = 1), epoch TEXT NOT NULL, revision BIGINT NOT NULL)
        """

    private static let terminals = """
        CREATE TABLE IF NOT EXISTS terminals (
            id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, token_hash BYTEA NOT NULL UNIQUE,
            created_ms BIGINT NOT NULL, revoked_ms BIGINT, last_seen_ms BIGINT, health TEXT)
        """

    /// A removed person's row stays as the tombstone of the roster and as the name in older attendance.
    private static let people = """
        CREATE TABLE IF NOT EXISTS people (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, class TEXT NOT NULL, created_ms BIGINT NOT NULL,
            removed_ms BIGINT, revision BIGINT NOT NULL UNIQUE)
        """
    private static let peopleByName =
        "CREATE UNIQUE INDEX IF NOT EXISTS people_name ON people (name, class) WHERE removed_ms IS NULL"
    private static let peopleByClass = "CREATE INDEX IF NOT EXISTS people_class ON people (class)"

    private static let templates = """
        CREATE TABLE IF NOT EXISTS templates (
            id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), sealed BYTEA NOT NULL,
            model TEXT NOT NULL, quality TEXT NOT NULL, created_ms BIGINT NOT NULL)
        """
    private static let templatesByPerson = "CREATE INDEX IF NOT EXISTS templates_person ON templates (person, id)"

    /// Every mark that was accepted, for ever; the primary key is what makes receipt idempotent. Marks with one key are
    /// about one person and session.
    private static let marks = """
        CREATE TABLE IF NOT EXISTS marks (
            id TEXT PRIMARY KEY, key TEXT NOT NULL, terminal TEXT NOT NULL REFERENCES terminals (id),
            person TEXT NOT NULL REFERENCES people (id), session TEXT NOT NULL, at_ms BIGINT NOT NULL,
            status TEXT NOT NULL, clock TEXT NOT NULL, boot_id TEXT NOT NULL, boot_time_ns BIGINT NOT NULL,
            shots INTEGER NOT NULL, score DOUBLE PRECISION NOT NULL, received_ms BIGINT NOT NULL)
        """
    private static let marksByKey = "CREATE INDEX IF NOT EXISTS marks_key ON marks (key)"
    private static let marksBySession = "CREATE INDEX IF NOT EXISTS marks_session ON marks (session, at_ms)"

    /// One record per key: the mark that decides it. A NULL status waits for somebody's review.
    private static let attendance = """
        CREATE TABLE IF NOT EXISTS attendance (
            key TEXT PRIMARY KEY, mark TEXT NOT NULL UNIQUE REFERENCES marks (id),
            person TEXT NOT NULL REFERENCES people (id), session TEXT NOT NULL, at_ms BIGINT NOT NULL, status TEXT)
        """
    private static let attendanceBySession =
        "CREATE INDEX IF NOT EXISTS attendance_session ON attendance (session, person)"
}
