extension Schema {
    static let auditHead = [
        // One row: where the audit trail ends, with a code by the trail's key. The entries from `keyed_from` on have digests
        // by that key, those before it the plain ones of their time; those before `checked_from` nobody can check. The
        // program that opens the database fills the row in, since SQL has no key: until then it has no code.
        """
        CREATE TABLE audit_head (
            one INTEGER PRIMARY KEY CHECK (one = 1), number BIGINT NOT NULL, digest BYTEA, checked_from BIGINT NOT NULL,
            keyed_from BIGINT NOT NULL, since_ms BIGINT NOT NULL, code BYTEA)
        """,
        "INSERT INTO audit_head (one, number, checked_from, keyed_from, since_ms) VALUES (1, 0, 1, 1, 0)",
    ]
}
