import Database
import Foundation

/// A folder of one test, removed with it.
final class DatabaseFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "rollcall-database-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String = "test.db") -> String { path + "/" + name }

    func bytes(_ name: String = "test.db") throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: file(name))))
    }

    func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: file(name))
        return try (attributes[.posixPermissions] as? NSNumber).map(\.intValue)
            ?? { throw CocoaError(.fileReadUnknown) }()
    }

    /// What is in the folder, by name.
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}

let notes = [Migration("notes", ["CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT UNIQUE, data BLOB)"])]

/// The error of a call that must fail, nil when it does not.
func failure(_ body: () throws(DatabaseError) -> Void) -> DatabaseError? {
    do throws(DatabaseError) { try body() } catch { return error }
    return nil
}
