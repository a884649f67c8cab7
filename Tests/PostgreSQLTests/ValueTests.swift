import Database
import Foundation
import TestSupport
import Testing

@testable import PostgreSQL

@Suite(.timeLimit(.minutes(10))) struct PostgresValueTests {
    let home: TestDatabase
    let database: PostgresDatabase

    init() throws {
        home = try TestDatabase()
        database = try home.open(connections: 1)
        try database.execute(
            """
            CREATE TABLE kinds (small SMALLINT, middle INTEGER, large BIGINT, single REAL, number DOUBLE PRECISION,
                words TEXT, bytes BYTEA, flag BOOLEAN, exact NUMERIC)
            """)
    }

    private func roundTrip(_ value: SQLValue, _ column: String) throws -> SQLValue? {
        try database.execute("DELETE FROM kinds")
        try database.execute("INSERT INTO kinds (\(column)) VALUES (?)", [value])
        return try database.queryFirst("SELECT \(column) FROM kinds")?[column]
    }

    @Test func numbersComeBackAsTheyWentIn() throws {
        for number in [0, 1, -1, Int64.max, Int64.min, 9_999, 10_000, -10_001] {
            #expect(try roundTrip(.integer(number), "large") == .integer(number))
            #expect(try roundTrip(.integer(number), "exact") == .integer(number))
        }
        #expect(try roundTrip(-32_768, "small") == -32_768 && roundTrip(2_147_483_647, "middle") == 2_147_483_647)
        for number in [0.0, 0.1, -1.5e300, 5e-324, .infinity, -.infinity, .greatestFiniteMagnitude] {
            #expect(try roundTrip(.real(number), "number") == .real(number))
        }
        guard case .real(let nothing) = try roundTrip(.real(.nan), "number") else {
            Issue.record("NaN is a number here")
            return
        }
        #expect(nothing.isNaN)
        #expect(try roundTrip(7, "number") == .real(7) && roundTrip(0.5, "single") == .real(0.5))
        for column in ["small", "large", "number", "words", "bytes", "flag", "exact"] {
            #expect(try roundTrip(.null, column) == .null)
        }
    }

    @Test func textAndBytesComeBackAsTheyWentIn() throws {
        for text in ["", "Zoë Ångström 名前 🦊", "'; DROP TABLE kinds; --", "$1 ? \\ \"", "\n\t\r", "NULL"] {
            #expect(try roundTrip(.text(text), "words") == .text(text))
        }
        let large = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        for bytes in [[], [0], [0, 255, 0], Array("\\x41".utf8), large] {
            #expect(try roundTrip(.blob(bytes), "bytes") == .blob(bytes))
        }
        #expect(try roundTrip(.text("a\0b"), "bytes") == .blob([97, 0, 98]))
    }

    @Test func whatTheServerComputesIsReadByItsMeaning() throws {
        try database.execute("INSERT INTO kinds (large, number) VALUES (9223372036854775807, 1), (1, 2), (2, 3)")
        let row = try #require(
            try database.queryFirst(
                """
                SELECT COUNT(*) AS c, SUM(large) AS too_large, SUM(CAST(number AS BIGINT)) AS s, AVG(large - large) AS a,
                    1 = 1 AS yes, 2 < 1 AS no, 12345678.9012 AS e, -0.0001 AS small, CAST('NaN' AS NUMERIC) AS n,
                    100000000 * 1.0 AS whole, NULL AS nothing FROM kinds
                """))
        #expect(try row.integer("c") == 3 && row.integer("s") == 6 && row.integer("a") == 0)
        #expect(try row.integer("yes") == 1 && row.integer("no") == 0 && row.integer("whole") == 100_000_000)
        #expect(try row.real("too_large") == 9_223_372_036_854_775_810 && row.real("e") == 12_345_678.9012)
        #expect(try row.real("small") == -0.0001 && row.real("n").isNaN && row.isNull("nothing"))
        guard
            case .unexpectedValue("now", _, _) = failure({ () throws(DatabaseError) in
                _ = try database.query("SELECT CURRENT_TIMESTAMP AS now")
            })
        else {
            Issue.record("a type that no table of ours has is refused")
            return
        }
    }

    @Test func whatCannotBeStoredIsSaidSo() throws {
        for (value, column) in [("a\0b", "words"), (2_147_483_648, "middle"), (40_000, "small")] as [(SQLValue, String)]
        {
            let error = failure { () throws(DatabaseError) in
                _ = try database.execute("INSERT INTO kinds (\(column)) VALUES (?)", [value])
            }
            guard case .unstorable = error else {
                Issue.record("\(column): \(String(describing: error))")
                continue
            }
        }
        #expect(try database.query("SELECT * FROM kinds").isEmpty)
    }

    @Test func aQuestionMarkInALiteralIsNoPlaceholder() throws {
        let row = try database.queryFirst(
            "SELECT '?' AS mark, words FROM kinds WHERE words = ? OR 'why?' = 'why?' -- ?", ["x"])
        #expect(row == nil)
        try database.execute("INSERT INTO kinds (words) VALUES ('really?')")
        #expect(try database.queryFirst("SELECT words FROM kinds WHERE words = ?", ["really?"])?["words"] == "really?")
    }

    @Test func oneStatementAtATimeWithAsManyValuesAsPlaceholders() throws {
        for (sql, values) in [
            ("SELECT 1; DELETE FROM kinds", []), ("", []), ("-- nothing", []),
            ("SELECT words FROM kinds WHERE words = ?", []),
            ("SELECT 1", [1]), ("SELEC 1", []), ("SELECT 'open", []),
        ] as [(String, [SQLValue])] {
            guard case .other = failure({ () throws(DatabaseError) in _ = try database.query(sql, values) }) else {
                Issue.record("\(sql) should fail")
                continue
            }
        }
        #expect(try database.query("SELECT 1 AS one ;\n").first?["one"] == 1)
    }

    @Test func changedRowsAreCounted() throws {
        #expect(try database.execute("INSERT INTO notes (id, body) VALUES (1, 'a'), (2, 'b'), (3, 'c')") == 3)
        #expect(try database.execute("UPDATE notes SET body = 'z' WHERE id > 1 AND id < 3") == 1)
        #expect(try database.execute("DELETE FROM notes WHERE body = 'none'") == 0)
        #expect(try database.execute("INSERT INTO notes (id, body) VALUES (9, 'a') ON CONFLICT (body) DO NOTHING") == 0)
        #expect(
            try database.execute("SELECT * FROM notes") == 0 && database.execute("CREATE TABLE other (x TEXT)") == 0)
    }

    @Test func moreStatementsThanTheCacheHoldsAndATableThatChangesBehindOne() throws {
        for number in 0..<600 {
            #expect(try database.query("SELECT \(number) AS n").first?["n"] == .integer(Int64(number)))
        }
        try database.execute("INSERT INTO notes (id, body) VALUES (1, 'x')")
        #expect(try database.queryFirst("SELECT * FROM notes")?.columns.count == 3)
        let other = try home.open()
        try other.execute("ALTER TABLE notes ADD COLUMN extra TEXT")
        #expect(try database.queryFirst("SELECT * FROM notes")?.columns == ["id", "body", "data", "extra"])
        try other.execute("ALTER TABLE notes DROP COLUMN extra")
        let columns = try database.transaction { session throws(DatabaseError) in
            try session.queryFirst("SELECT * FROM notes")?.columns
        }
        #expect(columns == ["id", "body", "data"])
    }
}
