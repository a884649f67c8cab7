import CSQLite
import Database
import Foundation
import Testing

private enum ShopError: Error, WrapsDatabaseError, Equatable {
    case refused
    case database(DatabaseError)

    init(_ error: DatabaseError) { self = .database(error) }
}

@Suite struct TransactionTests {
    let folder: DatabaseFolder
    let database: SQLiteDatabase

    init() throws {
        folder = try DatabaseFolder()
        database = try SQLiteDatabase(path: folder.file(), use: .alone, migrations: notes)
    }

    @Test("What the body throws comes out, and nothing stays")
    func rollback() throws {
        #expect(throws: ShopError.refused) {
            try database.transaction { (session) throws(ShopError) in
                do throws(DatabaseError) {
                    try session.execute("INSERT INTO notes (body) VALUES ('gone')")
                } catch { throw ShopError(error) }
                throw ShopError.refused
            }
        }
        #expect(try database.query("SELECT * FROM notes").isEmpty)
        try database.transaction { (session) throws(DatabaseError) in
            try session.execute("INSERT INTO notes (body) VALUES ('kept')")
        }
        #expect(try database.query("SELECT * FROM notes").count == 1)
    }

    @Test("A constraint is named with its file and operation")
    func constraint() throws {
        try database.execute("INSERT INTO notes (body) VALUES ('once')")
        let error = failure { () throws(DatabaseError) in
            try database.transaction { (session) throws(DatabaseError) in
                try session.execute("INSERT INTO notes (body) VALUES ('other')")
                try session.execute("INSERT INTO notes (body) VALUES ('once')")
            }
        }
        guard case .constraint(let details) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.isUniqueViolation == true)
        #expect(details.file == folder.file() && details.operation.hasPrefix("INSERT INTO notes"))
        #expect(try database.query("SELECT * FROM notes").count == 1)
    }

    @Test("A file that cannot be written is named as such")
    func readOnly() throws {
        try database.execute("PRAGMA query_only = ON")
        let error = failure { () throws(DatabaseError) in
            try database.execute("INSERT INTO notes (body) VALUES ('no')")
        }
        guard case .readOnly(let details) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(details.file == folder.file())
        #expect("\(try #require(error))".contains("write permission"))
    }

    @Test("A full file refuses the transaction whole and takes the next one when there is space")
    func full() throws {
        try database.execute("PRAGMA max_page_count = 20")
        var stored = 0
        var error: DatabaseError?
        while error == nil && stored < 1000 {
            let number = stored
            error = failure { () throws(DatabaseError) in
                try database.transaction { (session) throws(DatabaseError) in
                    for part in 0..<2 {
                        try session.execute(
                            "INSERT INTO notes (body, data) VALUES (?, ?)",
                            [.text("\(number)/\(part)"), .blob([UInt8](repeating: 1, count: 1500))])
                    }
                }
            }
            if error == nil { stored += 1 }
        }
        guard case .diskFull(let details) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(details.code == .sqlite(SQLITE_FULL))
        #expect("\(try #require(error))".contains("free space"))
        #expect(try database.query("SELECT * FROM notes").count == stored * 2)
        try database.execute("PRAGMA max_page_count = 1000")
        try database.execute("INSERT INTO notes (body, data) VALUES ('more', zeroblob(50000))")
        #expect(try database.check(quick: false).isEmpty)
    }

    @Test("Threads take turns: no transaction of one sees or breaks that of another")
    func threads() throws {
        try database.execute("INSERT INTO notes (id, data) VALUES (1, NULL)")
        try database.execute("CREATE TABLE counter (n INTEGER NOT NULL)")
        try database.execute("INSERT INTO counter VALUES (0)")
        let failures = Failures()
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<25 {
                do throws(DatabaseError) {
                    try database.transaction { (session) throws(DatabaseError) in
                        let n = try session.queryFirst("SELECT n FROM counter")?.integer("n") ?? 0
                        try session.execute("UPDATE counter SET n = ?", [.integer(n + 1)])
                    }
                } catch { failures.add(error) }
            }
        }
        #expect(failures.all.isEmpty)
        #expect(try database.queryFirst("SELECT n FROM counter")?["n"] == 200)
    }
}
