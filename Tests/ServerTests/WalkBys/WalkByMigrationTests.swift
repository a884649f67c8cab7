import Attendance
import Foundation
import SyncProtocol
import Testing

@testable import Server

/// A database of the version before there were walk-bys goes on with what it has, and takes some.
@Suite(.onEveryDatabase) struct WalkByMigrationTests {
    @Test func fromTheVersionBefore() throws {
        let school = try School()
        let door = try school.database.terminals.add(name: "door").terminal.id
        let ada = try school.enrol("Ada")
        _ = try school.receive([School.mark(of: ada.id)], from: door)
        school.database.close()
        let before = try #require(Schema.migrations.firstIndex { $0.name == "unsure walk-bys" })
        for table in ["walk_by_people", "walk_bys"] { try school.look("DROP TABLE \(table)") }
        try school.look(
            school.file == nil ? "UPDATE schema_version SET version = \(before)" : "PRAGMA user_version = \(before)")

        let again = try school.second()
        #expect(try again.marks.list().map(\.name) == ["Ada"])
        let results = try again.walkBys.receive(
            [.valid(School.walkBy(of: [ada.id]))], from: door, now: School.morning)
        #expect(results.map(\.result) == [.accepted])
        #expect(try again.walkBys.list().map { $0.people.map(\.name) } == [["Ada"]])
        again.close()
    }
}
