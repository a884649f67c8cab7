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
        // Every change of the roster up to this one is on the terminal's disk, by its last heartbeat that had a whole roster
        // of the epoch of the time.
        "ALTER TABLE terminals ADD COLUMN roster_revision BIGINT",
        // When people were first given to the terminal: from then on it may hold some.
        "ALTER TABLE terminals ADD COLUMN roster_given_ms BIGINT",
        // A change of its classes begins its roster anew.
        "ALTER TABLE terminals ADD COLUMN roster_generation BIGINT NOT NULL DEFAULT 0",
        // While a token is renewed the one before is good until the new one was used.
        "ALTER TABLE terminals ADD COLUMN next_token_hash BYTEA",
        "CREATE UNIQUE INDEX terminals_next_token ON terminals (next_token_hash)",
        // When it was given a token that did not follow another one; NULL until its first registration.
        "ALTER TABLE terminals ADD COLUMN registered_ms BIGINT",
        "UPDATE terminals SET registered_ms = created_ms",
        """
        CREATE TABLE registrations (
            hash BYTEA PRIMARY KEY, terminal TEXT NOT NULL REFERENCES terminals (id), expires_ms BIGINT NOT NULL,
            used_ms BIGINT)
        """,
        "CREATE INDEX registrations_terminal ON registrations (terminal)",
        "CREATE INDEX terminal_classes_class ON terminal_classes (class)",
        // Which image is where, by its place in the store, which tells nothing. A row is there before its image and goes
        // after it; used_ms is when a person's row named it.
        """
        CREATE TABLE images (
            id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), store TEXT NOT NULL, place TEXT NOT NULL,
            bytes BIGINT NOT NULL, created_ms BIGINT NOT NULL, used_ms BIGINT)
        """,
        "CREATE INDEX images_person ON images (person)",
        // One letter per kind, period and recipient, ever. What a letter says is written when it is sent. A claim is one
        // try of one process; next_try_ms is when the next one may come, or when a claim counts as abandoned.
        """
        CREATE TABLE letters (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, period TEXT NOT NULL, recipient TEXT NOT NULL REFERENCES people (id),
            made_ms BIGINT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, next_try_ms BIGINT NOT NULL, claim TEXT,
            sent_ms BIGINT, problem TEXT, UNIQUE (kind, period, recipient))
        """,
        "CREATE INDEX letters_state ON letters (state, next_try_ms)",
        "CREATE INDEX letters_recipient ON letters (recipient, kind, made_ms)",
    ]
}
