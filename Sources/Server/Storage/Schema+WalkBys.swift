extension Schema {
    static let walkBys = [
        // What terminals could not decide, without a picture. Each is decided once, by somebody; `marked` is the person it
        // was then, and `correction` what that made of the record.
        """
        CREATE TABLE IF NOT EXISTS walk_bys (
            id TEXT PRIMARY KEY, terminal TEXT NOT NULL REFERENCES terminals (id), session TEXT NOT NULL,
            at_ms BIGINT NOT NULL, clock TEXT NOT NULL, boot_id TEXT NOT NULL, boot_time_ns BIGINT NOT NULL,
            reason TEXT NOT NULL, detail TEXT NOT NULL, shots INTEGER NOT NULL, score DOUBLE PRECISION NOT NULL,
            received_ms BIGINT NOT NULL, decision TEXT, marked TEXT REFERENCES people (id),
            correction TEXT REFERENCES corrections (id), decided_by TEXT REFERENCES people (id), decided_ms BIGINT,
            decision_reason TEXT)
        """,
        "CREATE INDEX IF NOT EXISTS walk_bys_session ON walk_bys (session, at_ms, id)",
        "CREATE INDEX IF NOT EXISTS walk_bys_open ON walk_bys (session, at_ms, id) WHERE decision IS NULL",
        "CREATE INDEX IF NOT EXISTS walk_bys_received ON walk_bys (received_ms)",
        // How many a terminal has sent in a day.
        "CREATE INDEX IF NOT EXISTS walk_bys_terminal ON walk_bys (terminal, received_ms)",
        "CREATE INDEX IF NOT EXISTS walk_bys_marked ON walk_bys (marked) WHERE marked IS NOT NULL",
        // Who it may have been, the likeliest first. Rows of somebody who is removed go.
        """
        CREATE TABLE IF NOT EXISTS walk_by_people (
            walk_by TEXT NOT NULL REFERENCES walk_bys (id), place INTEGER NOT NULL,
            person TEXT NOT NULL REFERENCES people (id), PRIMARY KEY (walk_by, place))
        """,
        "CREATE INDEX IF NOT EXISTS walk_by_people_person ON walk_by_people (person)",
    ]
}
