extension Schema {
    static let records = [
        // A person's class is the class's name, as terminals know it; the id is for whoever asks over HTTP. Times that are
        // NULL are the school's.
        """
        CREATE TABLE classes (
            id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, present_until TEXT, absent_after TEXT,
            created_ms BIGINT NOT NULL)
        """,
        """
        CREATE TABLE teaching (
            class TEXT NOT NULL REFERENCES classes (id), teacher TEXT NOT NULL REFERENCES people (id),
            PRIMARY KEY (class, teacher))
        """,
        "CREATE INDEX teaching_teacher ON teaching (teacher)",
        "CREATE TABLE days_off (date TEXT PRIMARY KEY, name TEXT NOT NULL)",
        // One row: what the configuration says of attendance, and a word that is another after each change of it, of a
        // class's times or of a day off.
        """
        CREATE TABLE calendar (
            one INTEGER PRIMARY KEY CHECK (one = 1), revision TEXT NOT NULL, configured TEXT)
        """,
        "INSERT INTO calendar (one, revision) VALUES (1, 'new')",
        // The policy without its days off, from a day on: a change today leaves the days before as they were.
        "CREATE TABLE policies (first_day TEXT PRIMARY KEY, policy TEXT NOT NULL)",
        // Which class a person was in, since when; an empty class is none.
        """
        CREATE TABLE memberships (
            person TEXT NOT NULL REFERENCES people (id), since_ms BIGINT NOT NULL, class TEXT NOT NULL,
            PRIMARY KEY (person, since_ms))
        """,
        "CREATE INDEX memberships_class ON memberships (class, person)",
        "INSERT INTO memberships (person, since_ms, class) SELECT id, created_ms, class FROM people WHERE class <> ''",
        """
        INSERT INTO memberships (person, since_ms, class)
        SELECT id, removed_ms, '' FROM people WHERE class <> '' AND removed_ms > created_ms
        """,

        // What follows from the marks is made anew, so its old table can go. A mark that was uploaded has no terminal.
        "DROP TABLE attendance",
        """
        CREATE TABLE marks_new (
            id TEXT PRIMARY KEY, key TEXT NOT NULL, source TEXT NOT NULL, terminal TEXT REFERENCES terminals (id),
            person TEXT NOT NULL REFERENCES people (id), session TEXT NOT NULL, at_ms BIGINT NOT NULL,
            status TEXT NOT NULL, clock TEXT NOT NULL, boot_id TEXT NOT NULL, boot_time_ns BIGINT NOT NULL,
            shots INTEGER NOT NULL, score DOUBLE PRECISION NOT NULL, received_ms BIGINT NOT NULL,
            voided_ms BIGINT, voided_by TEXT REFERENCES people (id), void_reason TEXT)
        """,
        """
        INSERT INTO marks_new (id, key, source, terminal, person, session, at_ms, status, clock, boot_id, boot_time_ns,
            shots, score, received_ms)
        SELECT id, key, 'terminal', terminal, person, session, at_ms, status, clock, boot_id, boot_time_ns, shots, score,
            received_ms FROM marks
        """,
        "DROP TABLE marks",
        "ALTER TABLE marks_new RENAME TO marks",
        "CREATE INDEX marks_key ON marks (key)",
        "CREATE INDEX marks_session ON marks (session, at_ms, id)",
        "CREATE INDEX marks_person ON marks (person, session, at_ms, id)",
        // Marks whose time nobody knows wait for a person's decision.
        "CREATE INDEX marks_open ON marks (session, at_ms, id) WHERE clock = 'unknown' AND voided_ms IS NULL",

        // What stands for a person and a session: derived from marks, corrections, excuses, closings and the calendar, and
        // never written for any other reason. The class is the one that decided.
        """
        CREATE TABLE attendance (
            person TEXT NOT NULL REFERENCES people (id), session TEXT NOT NULL, class TEXT NOT NULL,
            status TEXT NOT NULL, cause TEXT NOT NULL, mark TEXT, at_ms BIGINT, PRIMARY KEY (person, session))
        """,
        "CREATE INDEX attendance_session ON attendance (session, class, person)",
        "CREATE INDEX attendance_class ON attendance (class, session, person)",

        // What staff have decided: the newest for a person and session counts, a NULL status takes the ones before it back.
        """
        CREATE TABLE corrections (
            id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), session TEXT NOT NULL, status TEXT,
            reason TEXT NOT NULL, mark TEXT REFERENCES marks (id), made_by TEXT NOT NULL REFERENCES people (id),
            made_ms BIGINT NOT NULL)
        """,
        "CREATE INDEX corrections_person ON corrections (person, session, made_ms)",
        "CREATE INDEX corrections_mark ON corrections (mark) WHERE mark IS NOT NULL",
        """
        CREATE TABLE excuses (
            id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), first_day TEXT NOT NULL,
            last_day TEXT NOT NULL, reason TEXT NOT NULL, made_by TEXT NOT NULL REFERENCES people (id),
            made_ms BIGINT NOT NULL, withdrawn_ms BIGINT)
        """,
        "CREATE INDEX excuses_person ON excuses (person, last_day)",
        "CREATE INDEX excuses_days ON excuses (last_day, id)",
        // A session of a class is closed once every terminal that serves it has reported; until then it says whom it waits for.
        """
        CREATE TABLE closings (
            class TEXT NOT NULL, session TEXT NOT NULL, closed_ms BIGINT, waits_for TEXT NOT NULL,
            PRIMARY KEY (class, session))
        """,
        "CREATE INDEX closings_session ON closings (session, class)",
        // Records of a class and session that are to be made anew, as after a change of the calendar.
        """
        CREATE TABLE recomputations (
            session TEXT NOT NULL, class TEXT NOT NULL, PRIMARY KEY (session, class))
        """,
        // Each entry holds the digest of the one before it, so a change of any of them shows.
        """
        CREATE TABLE audit (
            number BIGINT PRIMARY KEY, at_ms BIGINT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
            object TEXT NOT NULL, detail TEXT NOT NULL, digest BYTEA NOT NULL)
        """,
        "CREATE INDEX audit_object ON audit (object, number)",
    ]
}
