import CSQLite
import Database
import Foundation
import Testing

@Suite struct ValueTests {
    let folder: DatabaseFolder
    let connection: SQLiteConnection

    init() throws {
        folder = try DatabaseFolder()
        connection = try SQLiteConnection(path: folder.file(), use: .alone, migrations: notes)
    }

    @Test(
        "Every value comes back as it went in",
        arguments: [
            .null, 0, -1, .integer(Int64.max), .integer(Int64.min), 0.5, .real(-.infinity), "", "Zoë Ångström 名前",
            .text("a\0b\0"), .blob([]), .blob([0, 255, 0]),
        ] as [SQLValue])
    func roundTrip(value: SQLValue) throws {
        #expect(try connection.query("SELECT ? AS value", [value]).first?["value"] == value)
        try connection.execute("INSERT INTO notes (id, data) VALUES (1, ?)", [value])
        #expect(try connection.queryFirst("SELECT data FROM notes WHERE id = 1")?.values == [value])
    }

    @Test("A blob of many pages comes back")
    func largeBlob() throws {
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        try connection.execute("INSERT INTO notes (id, data) VALUES (1, ?)", [.blob(bytes)])
        #expect(try connection.queryFirst("SELECT data FROM notes")?.blob("data") == bytes)
    }

    @Test("Stored text that is not UTF-8 comes out as its bytes")
    func invalidText() throws {
        let row = try #require(try connection.queryFirst("SELECT CAST(x'41ff00e4' AS TEXT) AS body"))
        #expect(row["body"] == .blob([0x41, 0xff, 0, 0xe4]))
        let error = failure { () throws(DatabaseError) in _ = try row.text("body") }
        #expect(error == .unexpectedValue(column: "body", wanted: "text", found: "bytes"))
    }

    @Test("Typed reads refuse other types and absent columns")
    func typedReads() throws {
        let row = try #require(try connection.queryFirst("SELECT 1 AS i, 2.5 AS r, 't' AS t, x'00' AS b, NULL AS n"))
        #expect(try row.integer("i") == 1 && row.real("r") == 2.5 && row.real("i") == 1 && row.text("t") == "t")
        #expect(try row.blob("b") == [0] && row.optionalText("n") == nil && row.optionalInteger("n") == nil)
        #expect(try row.optionalText("t") == "t" && row.optionalInteger("i") == 1)
        #expect(failure { () throws(DatabaseError) in _ = try row.integer("t") } != nil)
        #expect(failure { () throws(DatabaseError) in _ = try row.blob("t") } != nil)
        #expect(failure { () throws(DatabaseError) in _ = try row.real("none") } != nil)
        #expect(row["none"] == nil && row.isNull("none"))
    }

    @Test("One statement at a time, with as many values as placeholders")
    func misuse() throws {
        for (sql, values) in [
            ("SELECT 1; DELETE FROM notes", []), ("", []), ("  -- nothing", []), ("SELECT ?", []), ("SELECT 1", [1]),
        ] as [(String, [SQLValue])] {
            guard
                case .other(let details) = failure({ () throws(DatabaseError) in _ = try connection.query(sql, values) }
                )
            else {
                Issue.record("\(sql) should fail")
                continue
            }
            #expect(details.code == .sqlite(SQLITE_MISUSE))
        }
        #expect(try connection.query("SELECT 1 AS one ;\n").first?["one"] == 1)
    }

    @Test("Changed rows are counted, and only those of the statement itself")
    func changes() throws {
        #expect(try connection.execute("INSERT INTO notes (body) VALUES ('a'), ('b'), ('c')") == 3)
        #expect(try connection.execute("CREATE TABLE other (x)") == 0)
        #expect(try connection.execute("UPDATE notes SET data = x'00' WHERE body > 'a'") == 2)
        #expect(try connection.execute("DELETE FROM notes WHERE body = 'z'") == 0)
        #expect(try connection.execute("INSERT INTO notes (body) VALUES ('a') ON CONFLICT (body) DO NOTHING") == 0)
    }

    @Test("More statements than the cache holds, and a changed table behind a cached one")
    func statementCache() throws {
        for number in 0..<300 {
            #expect(try connection.query("SELECT \(number) AS n").first?["n"] == .integer(Int64(number)))
        }
        #expect(try connection.queryFirst("SELECT * FROM notes")?.columns == nil)
        try connection.execute("INSERT INTO notes (body) VALUES ('x')")
        #expect(try connection.queryFirst("SELECT * FROM notes")?.columns.count == 3)
        try connection.execute("ALTER TABLE notes ADD COLUMN extra TEXT")
        #expect(try connection.queryFirst("SELECT * FROM notes")?.columns == ["id", "body", "data", "extra"])
    }
}
