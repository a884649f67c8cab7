extension Schema {
    /// Everybody is a row of `people`: students with or without a face on file, teachers and admins. An account is a person
    /// with an e-mail address; without a password nobody can log in as them.
    static let accounts = [
        "ALTER TABLE people ADD COLUMN role TEXT NOT NULL DEFAULT 'student'",
        "ALTER TABLE people ADD COLUMN email TEXT",
        "ALTER TABLE people ADD COLUMN age INTEGER",
        "ALTER TABLE people ADD COLUMN password TEXT",
        "ALTER TABLE people ADD COLUMN image TEXT",
        // Since when templates may be made of the person; NULL without consent, and after it was withdrawn.
        "ALTER TABLE people ADD COLUMN consent_ms BIGINT",
        // Who was enrolled before consent was recorded was enrolled with it.
        "UPDATE people SET consent_ms = created_ms WHERE id IN (SELECT person FROM templates)",
        // Two people of one class may have one name: what is unique is the e-mail address, in lower case.
        "DROP INDEX people_name",
        "CREATE INDEX people_name ON people (name, id)",
        "CREATE UNIQUE INDEX people_email ON people (email) WHERE email IS NOT NULL AND removed_ms IS NULL",
        "DROP INDEX people_class",
        "CREATE INDEX people_class ON people (class, name, id)",
        // A login, until it ends. What renews it is used once: a second use ends the whole session.
        """
        CREATE TABLE sessions (
            id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), created_ms BIGINT NOT NULL,
            expires_ms BIGINT NOT NULL, ended_ms BIGINT)
        """,
        "CREATE INDEX sessions_person ON sessions (person)",
        """
        CREATE TABLE refresh_tokens (
            hash BYTEA PRIMARY KEY, session TEXT NOT NULL REFERENCES sessions (id), created_ms BIGINT NOT NULL,
            used_ms BIGINT)
        """,
        "CREATE INDEX refresh_tokens_session ON refresh_tokens (session)",
        """
        CREATE TABLE password_resets (
            hash BYTEA PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), expires_ms BIGINT NOT NULL,
            used_ms BIGINT)
        """,
        "CREATE INDEX password_resets_person ON password_resets (person)",
    ]
}
