import CSQLite
import Foundation
import Testing

@testable import Database

@Suite struct SQLiteConnectionTests {
    let folder: DatabaseFolder

    init() throws { folder = try DatabaseFolder() }

    @Test("A terminal's file is a durable write-ahead log behind an exclusive lock")
    func aloneSettings() throws {
        let connection = try SQLiteConnection(path: folder.file(), use: .alone, migrations: notes)
        #expect(try setting("journal_mode", connection) == "wal")
        #expect(try setting("synchronous", connection) == 2)
        #expect(try setting("locking_mode", connection) == "exclusive")
        #expect(try setting("secure_delete", connection) == 1)
        #expect(try setting("foreign_keys", connection) == 1)
        #expect(try folder.mode("test.db") == 0o600)
        #expect(try folder.mode("test.db-wal") == 0o600)
        #expect(try !folder.names().contains("test.db-shm"))
    }

    @Test("The server's file is a durable rollback journal")
    func sharedSettings() throws {
        let connection = try SQLiteConnection(path: folder.file(), use: .shared(), migrations: notes)
        #expect(try setting("journal_mode", connection) == "truncate")
        #expect(try setting("synchronous", connection) == 2)
        #expect(try setting("locking_mode", connection) == "normal")
        #expect(try setting("busy_timeout", connection) == 10_000)
    }

    @Test("A setting that does not take is refused")
    func refusedSetting() throws {
        let connection = try SQLiteConnection(path: folder.file(), use: .alone)
        // SQLite answers each of these with success.
        for (name, value, wanted, found) in [
            ("synchronous", "sometimes", 2, "1"), ("journal_mode", "OFF", "off", "wal"), ("no_such", "1", 1, "unknown"),
        ] as [(String, String, SQLValue, String)] {
            let error = failure { () throws(DatabaseError) in try connection.set(name, to: value, expecting: wanted) }
            guard case .settingRefused(folder.file(), name, _, found) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test("A second opener is refused, by our lock and by SQLite's")
    func secondOpener() throws {
        let first = try SQLiteConnection(path: folder.file(), use: .alone, migrations: notes)
        let error = failure { () throws(DatabaseError) in
            _ = try SQLiteConnection(path: folder.file(), use: .alone, migrations: notes)
        }
        #expect(error == .inUse(file: folder.file()))
        #expect("\(try #require(error))".contains("in use by another process; ask the daemon with rollcallctl"))

        var stranger: OpaquePointer?
        #expect(sqlite3_open_v2(folder.file(), &stranger, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK)
        #expect(sqlite3_exec(stranger, "SELECT * FROM notes", nil, nil, nil) == SQLITE_BUSY)
        sqlite3_close(stranger)

        try first.execute("INSERT INTO notes (body) VALUES ('still here')")
        first.close()
        #expect(failure { () throws(DatabaseError) in try first.execute("SELECT 1") } != nil)
    }

    @Test("The lock goes with the connection")
    func lockIsReleased() throws {
        for _ in 0..<3 {
            let connection = try SQLiteConnection(path: folder.file(), use: .alone, migrations: notes)
            try connection.execute("INSERT INTO notes (body) VALUES (?)", [.text(UUID().uuidString)])
        }
        let last = try SQLiteConnection(path: folder.file(), use: .alone, migrations: notes)
        #expect(try last.query("SELECT * FROM notes").count == 3)
    }

    @Test("Two connections share the server's file, and a busy one is waited for, then named")
    func sharedFile() throws {
        let short = SQLiteUse.shared(busyTimeout: .milliseconds(20))
        let server = try SQLiteDatabase(path: folder.file(), use: short, migrations: notes)
        let command = try SQLiteDatabase(path: folder.file(), use: short, migrations: notes)
        try command.execute("INSERT INTO notes (body) VALUES ('from the command')")
        #expect(try server.query("SELECT body FROM notes").map { try $0.text("body") } == ["from the command"])

        let error = try server.transaction { (session) throws(DatabaseError) -> DatabaseError? in
            try session.execute("INSERT INTO notes (body) VALUES ('held')")
            return failure { () throws(DatabaseError) in
                try command.execute("INSERT INTO notes (body) VALUES ('refused')")
            }
        }
        guard case .busy(let details) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(details.file == folder.file())
        #expect(try server.query("SELECT * FROM notes").count == 2)
    }

    private func setting(_ name: String, _ connection: SQLiteConnection) throws -> SQLValue? {
        try connection.queryFirst("PRAGMA \(name)")?.values.first
    }
}
