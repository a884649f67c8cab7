import Attendance
import Database
import FoundationEssentials
import SyncProtocol

/// The SQL of the stored roster, within one transaction of its owner.
struct RosterTables {
    static let migrations = [
        Migration(
            "roster",
            [
                """
                CREATE TABLE people (
                    id TEXT PRIMARY KEY,
                    name TEXT NOT NULL,
                    class TEXT NOT NULL,
                    is_old INTEGER NOT NULL DEFAULT 0
                )
                """,
                """
                CREATE TABLE templates (
                    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
                    number INTEGER NOT NULL,
                    model TEXT NOT NULL,
                    sealed BLOB NOT NULL,
                    PRIMARY KEY (person, number)
                )
                """,
                "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
            ])
    ]

    let session: any SQLSession
    let vault: TemplateVault

    /// Marks everybody as belonging to a roster that is being replaced.
    func startReplacing() throws(DatabaseError) {
        try session.execute("UPDATE people SET is_old = 1")
    }

    /// Deletes who is left of the replaced roster; returns how many.
    func finishReplacing() throws(DatabaseError) -> Int {
        try session.execute("DELETE FROM people WHERE is_old = 1")
    }

    /// Deletes a person with all templates.
    func delete(_ person: UUID) throws(DatabaseError) -> Bool {
        try session.execute("DELETE FROM people WHERE id = ?", [.text(person.uuidString)]) > 0
    }

    /// Stores a person whole, instead of whatever was stored before.
    func store(_ person: RosterEntry) throws(DatabaseError) {
        let id = SQLValue.text(person.id.uuidString)
        try session.execute("DELETE FROM templates WHERE person = ?", [id])
        try session.execute(
            """
            INSERT INTO people (id, name, class) VALUES (?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, class = excluded.class, is_old = 0
            """,
            [id, .text(person.name), .text(person.className)])
        for (number, template) in person.templates.enumerated() {
            let sealed = vault.seal(template, person: person.id, model: person.model)
            try session.execute(
                "INSERT INTO templates (person, number, model, sealed) VALUES (?, ?, ?, ?)",
                [id, .integer(Int64(number)), .text(person.model), .blob(sealed)])
        }
    }

    /// Everybody, by id. People without a template that opens are damage, not people to skip.
    func people() throws(DatabaseError) -> [RosterEntry] {
        var people: [RosterEntry] = []
        for row in try session.query("SELECT id, name, class FROM people ORDER BY id") {
            guard let id = UUID(uuidString: try row.text("id")) else {
                throw .unexpectedValue(column: "id", wanted: "a UUID", found: "another text")
            }
            people.append(
                RosterEntry(
                    id: id, name: try row.text("name"), className: try row.text("class"), templates: [], model: ""))
        }
        var index = 0
        for row in try session.query("SELECT person, model, sealed FROM templates ORDER BY person, number") {
            let person = try row.text("person")
            while index < people.count, people[index].id.uuidString != person { index += 1 }
            guard index < people.count else {
                throw .unexpectedValue(column: "person", wanted: "a person of the roster", found: "somebody else")
            }
            let model = try row.text("model")
            do throws(VaultError) {
                let template = try vault.open(row.sealed, person: people[index].id, model: model)
                people[index].templates.append(template)
                people[index].model = model
            } catch {
                throw .unexpectedValue(column: "sealed", wanted: "a sealed template of this key", found: "\(error)")
            }
        }
        return people
    }

    /// A setting, nil when it was never stored.
    func setting(_ name: String) throws(DatabaseError) -> String? {
        try session.queryFirst("SELECT value FROM settings WHERE name = ?", [.text(name)])?.text("value")
    }

    /// Stores a setting.
    func set(_ name: String, to value: String) throws(DatabaseError) {
        try session.execute(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [.text(name), .text(value)])
    }
}

extension Row {
    /// The sealed bytes; what is no blob opens no better than an empty one.
    fileprivate var sealed: [UInt8] {
        if case .blob(let bytes) = self["sealed"] { bytes } else { [] }
    }
}
