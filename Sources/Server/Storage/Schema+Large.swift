extension Schema {
    /// What ten million marks asked for.
    static let large = [
        // Nobody looks for marks by their key: it is those of a person and session, which have an index of their own.
        "DROP INDEX IF EXISTS marks_key",
        // A terminal's classes are read in the order of the roster's revisions.
        "CREATE INDEX IF NOT EXISTS people_roster ON people (class, revision)",
        // The order of their list.
        "CREATE INDEX IF NOT EXISTS letters_made ON letters (made_ms DESC, id)",
    ]
}
