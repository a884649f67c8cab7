import Database
import Foundation
import Testing

@Suite struct OpeningTests {
    let folder: DatabaseFolder

    init() throws { folder = try DatabaseFolder() }

    @Test("A folder that does not exist is named")
    func noFolder() throws {
        let error = opening(folder.file("none/test.db"))
        guard case .cannotOpen(let details) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(details.file.hasPrefix(folder.file("none/test.db")))
    }

    @Test("A folder in the place of the file")
    func isFolder() throws {
        try FileManager.default.createDirectory(atPath: folder.file(), withIntermediateDirectories: false)
        guard case .cannotOpen = opening(folder.file()) else {
            Issue.record("a folder was opened")
            return
        }
    }

    @Test("What root makes in a service's folder belongs to the service", .enabled(if: geteuid() == 0))
    func owner() throws {
        #expect(chown(folder.path, 65_534, 65_534) == 0)
        let connection = try SQLiteConnection(path: folder.file(), use: .alone, migrations: notes)
        try connection.execute("INSERT INTO notes (body) VALUES ('x')")
        for name in try folder.names() {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file(name))
            #expect(attributes[.ownerAccountID] as? Int == 65_534, "\(name)")
        }
        connection.close()
    }

    @Test("A file that is no database", arguments: [SQLiteUse.alone, .shared()])
    func noDatabase(use: SQLiteUse) throws {
        try Data("This is a letter and not a database, as everybody can see who reads it.".utf8)
            .write(to: URL(fileURLWithPath: folder.file()))
        guard case .corrupt = opening(folder.file(), use) else {
            Issue.record("a letter was opened")
            return
        }
    }

    @Test("A truncated file is damaged")
    func truncated() throws {
        do {
            let connection = try SQLiteConnection(path: folder.file(), use: .alone, migrations: notes)
            for _ in 0..<50 { try connection.execute("INSERT INTO notes (data) VALUES (randomblob(3000))") }
        }
        let bytes = try folder.bytes()
        try Data(bytes[..<(bytes.count / 2)]).write(to: URL(fileURLWithPath: folder.file()))
        guard case .corrupt = opening(folder.file()) else {
            Issue.record("half a file was opened")
            return
        }
    }

    @Test("Names that SQLite takes for a URI, and names with odd characters")
    func oddNames() throws {
        for name in ["file:x?mode=memory", "with space%20.db", "ünï#code?.db"] {
            try SQLiteConnection(path: folder.file(name), use: .alone, migrations: notes)
                .execute("INSERT INTO notes (body) VALUES ('here')")
            #expect(try folder.bytes(name).count > 0)
        }
    }

    @Test("A file set aside takes its journals with it and never an older one's name")
    func setAside() throws {
        for number in 1...3 {
            for ending in ["", "-wal"] {
                try Data("\(number)\(ending)".utf8).write(to: URL(fileURLWithPath: folder.file() + ending))
            }
            #expect(try DatabaseFiles.setAside(folder.file()) == folder.file("test.db.damaged-\(number)"))
        }
        #expect(try folder.bytes("test.db.damaged-2-wal") == Array("2-wal".utf8))
        #expect(try folder.names().count == 6)
    }

    private func opening(_ path: String, _ use: SQLiteUse = .alone) -> DatabaseError? {
        failure { () throws(DatabaseError) in _ = try SQLiteConnection(path: path, use: use, migrations: notes) }
    }
}
