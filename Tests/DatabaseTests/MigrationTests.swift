import Database
import Foundation
import Testing

@Suite struct MigrationTests {
    let folder: DatabaseFolder

    init() throws { folder = try DatabaseFolder() }

    private let second = Migration("colours", ["ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'"])

    @Test("A file of an older version is brought up, its rows with it")
    func upgrade() throws {
        try SQLiteConnection(path: folder.file(), use: .alone, migrations: notes)
            .execute("INSERT INTO notes (body) VALUES ('old')")
        let connection = try SQLiteConnection(path: folder.file(), use: .alone, migrations: notes + [second])
        #expect(try connection.schemaVersion() == 2)
        #expect(try connection.queryFirst("SELECT body, colour FROM notes")?.values == ["old", "blue"])
    }

    @Test("A step that fails leaves the version before it")
    func failedStep() throws {
        let broken = Migration("broken", ["CREATE TABLE half (x)", "CREATE TABLE notes (x)"])
        #expect(
            failure { () throws(DatabaseError) in
                _ = try SQLiteConnection(path: folder.file(), use: .shared(), migrations: notes + [broken])
            } != nil)
        let connection = try SQLiteConnection(path: folder.file(), use: .shared(), migrations: notes)
        #expect(try connection.schemaVersion() == 1)
        #expect(try connection.query("SELECT name FROM sqlite_schema WHERE name = 'half'").isEmpty)
    }

    @Test("A newer file is refused and stays as it is, byte for byte", arguments: [SQLiteUse.alone, .shared()])
    func newerFile(use: SQLiteUse) throws {
        do {
            let newer = try SQLiteConnection(path: folder.file(), use: .shared(), migrations: notes + [second])
            try newer.execute("INSERT INTO notes (body) VALUES ('from the future')")
        }
        let before = try folder.bytes()
        let error = failure { () throws(DatabaseError) in
            _ = try SQLiteConnection(path: folder.file(), use: use, migrations: notes)
        }
        #expect(error == .newerSchema(file: folder.file(), found: 2, known: 1))
        #expect(try folder.bytes() == before)
    }

    @Test("Two programs that open a new file at once make its schema once")
    func race() throws {
        let failures = Failures()
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            let error = failure { () throws(DatabaseError) in
                _ = try SQLiteConnection(path: folder.file(), use: .shared(), migrations: notes + [second])
            }
            if let error { failures.add(error) }
        }
        #expect(failures.all.isEmpty)
    }
}
