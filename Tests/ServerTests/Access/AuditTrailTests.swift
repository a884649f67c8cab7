import Attendance
import Database
import Foundation
import Testing

@testable import Server

@Suite struct AuditTrailTests {
    private let school: School

    init() throws {
        school = try School()
        for number in 1...5 {
            _ = try school.database.classes.create(
                .init(name: "\(number)a"), by: .server, now: School.morning)
        }
    }

    private func change(_ sql: String) throws {
        let connection = try SQLiteConnection(path: school.folder.file("server.sqlite"), use: .shared())
        defer { connection.close() }
        try connection.execute(sql)
    }

    @Test func aWholeTrailIsWhole() throws {
        let (entries, wrong) = try school.database.audit.verify()
        #expect(entries == 5 && wrong == nil)
        #expect(try school.database.audit.list(object: nil, page: PageRequest()).map(\.number) == [5, 4, 3, 2, 1])
        let rest = try school.database.audit.list(object: nil, page: PageRequest(after: ["3"]))
        #expect(rest.map(\.number) == [2, 1])
    }

    @Test(arguments: [
        ("UPDATE audit SET detail = '{\"name\":\"9z\"}' WHERE number = 3", 3),
        ("UPDATE audit SET actor = 'nobody' WHERE number = 2", 2),
        ("UPDATE audit SET at_ms = at_ms + 1 WHERE number = 5", 5),
        ("UPDATE audit SET digest = (SELECT digest FROM audit WHERE number = 1) WHERE number = 2", 2),
        ("DELETE FROM audit WHERE number = 4", 5), ("DELETE FROM audit WHERE number = 1", 2),
    ]) func aChangeBehindTheServersBackShows(sql: String, number: Int64) throws {
        try change(sql)
        #expect(try school.database.audit.verify().firstWrong == number)
    }

    /// Text can be moved from one field to its neighbour only if the digest does not tell where fields end.
    @Test func fieldsHaveTheirEnds() throws {
        try change("UPDATE audit SET actor = 'serverclass', action = '.create' WHERE number = 1")
        #expect(try school.database.audit.verify().firstWrong == 1)
    }
}
