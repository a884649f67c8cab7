extension Schema {
    static let surroundings = [
        // A terminal without a row here serves every class.
        """
        CREATE TABLE terminal_classes (
            terminal TEXT NOT NULL REFERENCES terminals (id), class TEXT NOT NULL REFERENCES classes (id),
            PRIMARY KEY (terminal, class))
        """,
        // The last moment of the terminal's day that it has sent all marks of: the server's time of a heartbeat with an
        // empty outbox.
        "ALTER TABLE terminals ADD COLUMN reported_ms BIGINT",
        // The server's time less the terminal's, of the last heartbeat that told its time.
        "ALTER TABLE terminals ADD COLUMN clock_offset_ms BIGINT",
        // The revision that the terminal's roster has, in the epoch that its cursor names.
        "ALTER TABLE terminals ADD COLUMN roster_cursor TEXT",
        // A change of its classes begins its roster anew.
        "ALTER TABLE terminals ADD COLUMN roster_generation BIGINT NOT NULL DEFAULT 0",
        // While a token is renewed the one before is good until the new one was used.
        "ALTER TABLE terminals ADD COLUMN next_token_hash BYTEA",
        """
        CREATE TABLE registrations (
            hash BYTEA PRIMARY KEY, terminal TEXT NOT NULL REFERENCES terminals (id), expires_ms BIGINT NOT NULL,
            used_ms BIGINT)
        """,
        // Which image is where, by its place in the store, which tells nothing. A row is there before its image and goes
        // after it; used_ms is when a person's row named it.
        """
        CREATE TABLE images (
            id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), store TEXT NOT NULL, place TEXT NOT NULL,
            bytes BIGINT NOT NULL, created_ms BIGINT NOT NULL, used_ms BIGINT)
        """,
        "CREATE INDEX images_person ON images (person)",
        // One letter per kind, period and recipient, ever.
        """
        CREATE TABLE letters (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, period TEXT NOT NULL, recipient TEXT NOT NULL REFERENCES people (id),
            made_ms BIGINT NOT NULL, sent_ms BIGINT, tries INTEGER NOT NULL, next_try_ms BIGINT NOT NULL, problem TEXT,
            UNIQUE (kind, period, recipient))
        """,
        "CREATE INDEX letters_waiting ON letters (next_try_ms) WHERE sent_ms IS NULL",
    ]
}
