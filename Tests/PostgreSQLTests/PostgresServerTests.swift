import Database
import TestSupport
import Testing

@testable import PostgreSQL

/// What the pool makes of the server itself: gone, back, of another version, foreign.
@Suite(.timeLimit(.minutes(10))) struct PostgresServerTests {
    @Test func aServerThatStopsAndStartsIsFoundAgain() throws {
        let cluster = try PostgresCluster()
        let home = try TestDatabase(cluster)
        let database = try home.open()
        try database.execute("INSERT INTO notes (id, body) VALUES (1, 'kept')")
        try cluster.stop()
        for _ in 0..<2 {
            let error = failure { () throws(DatabaseError) in _ = try database.query("SELECT * FROM notes") }
            guard case .cannotOpen(let details) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(details.file == (try home.address.place))
            #expect("\(try #require(error))".contains("check the address, that the database server runs"))
        }
        try cluster.start()
        #expect(try database.queryFirst("SELECT body FROM notes")?["body"] == "kept")
        #expect(try database.execute("INSERT INTO notes (id) VALUES (2)") == 1)
    }

    @Test func aWrongUserOrNameIsNamedAndNoPasswordIsSaid() throws {
        let cluster = try PostgresCluster.shared.get()
        let socket = cluster.folder.replacing("/", with: "%2F")
        for url in [
            "postgres://rollcall:s3cret@/none?host=\(socket)", "postgres://nobody:s3cret@/postgres?host=\(socket)",
        ] {
            let address = try #require(PostgresAddress(url))
            let error = failure { () throws(DatabaseError) in _ = try PostgresDatabase(address, migrations: []) }
            guard case .cannotOpen(let details) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(details.message.contains("does not exist"))
            #expect(!"\(try #require(error))".contains("s3cret"))
        }
    }

    private let second = Migration("colours", ["ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'"])

    @Test func anOlderDatabaseIsBroughtUpAndANewerOneRefused() throws {
        let home = try TestDatabase()
        let old = try home.open()
        try old.execute("INSERT INTO notes (id, body) VALUES (1, 'old')")
        let new = try home.open(notes + [second])
        #expect(try new.queryFirst("SELECT body, colour FROM notes")?.values == ["old", "blue"])
        #expect(try new.queryFirst("SELECT version FROM schema_version")?["version"] == 2)
        let address = try home.address
        let error = failure { () throws(DatabaseError) in _ = try PostgresDatabase(address, migrations: notes) }
        #expect(error == .newerSchema(file: try home.address.place, found: 2, known: 1))
        #expect("\(try #require(error))".contains("install the newer version"))
    }

    @Test func aStepThatFailsLeavesTheVersionBeforeIt() throws {
        let home = try TestDatabase()
        let broken = Migration("broken", ["CREATE TABLE half (x TEXT)", "CREATE TABLE notes (x TEXT)"])
        #expect(throws: DatabaseError.self) { try home.open(notes + [broken]) }
        let database = try home.open()
        #expect(try database.queryFirst("SELECT version FROM schema_version")?["version"] == 1)
        #expect(try database.queryFirst("SELECT to_regclass('half') IS NULL AS gone")?["gone"] == 1)
    }

    @Test func manyThatMeetANewDatabaseMakeItsSchemaOnce() throws {
        let home = try TestDatabase()
        let address = try home.address
        let migrations = notes + [second]
        let errors = onThreads(8) { _ throws(DatabaseError) in
            let database = try PostgresDatabase(address, migrations: migrations)
            defer { database.close() }
            try database.execute("UPDATE notes SET body = 'x' WHERE id = 1")
        }
        #expect(errors.isEmpty)
    }

    @Test func anotherEncodingIsRefused() throws {
        let cluster = try PostgresCluster.shared.get()
        let home = try TestDatabase()
        let name = "\(home.name)_latin"
        let database = try home.open()
        try database.execute("CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
        let address = try #require(PostgresAddress(cluster.url(name)))
        let error = failure { () throws(DatabaseError) in _ = try PostgresDatabase(address, migrations: notes) }
        #expect(error?.description.contains("LATIN1; make it with") == true)
        try database.execute("DROP DATABASE \(name) WITH (FORCE)")
    }
}
