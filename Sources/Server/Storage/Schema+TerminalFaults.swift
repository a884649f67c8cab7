extension Schema {
    static let terminalFaults = [
        // What was wrong with a terminal, from when to when, and its own word for it; nothing here is about a person.
        """
        CREATE TABLE IF NOT EXISTS terminal_faults (
            terminal TEXT NOT NULL REFERENCES terminals (id), reason TEXT NOT NULL, since_ms BIGINT NOT NULL,
            until_ms BIGINT, told TEXT, PRIMARY KEY (terminal, since_ms, reason))
        """,
        // What is wrong now: each thing once.
        """
        CREATE UNIQUE INDEX IF NOT EXISTS terminal_faults_open ON terminal_faults (terminal, reason)
        WHERE until_ms IS NULL
        """,
        "CREATE INDEX IF NOT EXISTS terminal_faults_until ON terminal_faults (until_ms) WHERE until_ms IS NOT NULL",
    ]
}
