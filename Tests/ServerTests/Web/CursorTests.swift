import Foundation
import Testing

@testable import Server

/// A cursor that was made up is refused, whichever part of it is none of the list's.
@Suite(.onEveryDatabase) struct CursorTests {
    private static let id = "00000000-0000-4000-8000-000000000000"

    static let lists: [(path: String, good: [String], bad: [[String]])] = [
        (
            "/marks?", ["2026-09-01", "1788247800000", id],
            [
                ["2026-09-01", "x", id], ["2026-09-01", "", id], ["2026-09-01", "9223372036854775808", id],
                ["x", "1", id], ["2026-09-01", "1", "x"], ["2026-09-01", "1"],
            ]
        ),
        ("/attendance/all?", ["2026-09-01", "7b", id], [["x", "7b", id], ["2026-09-01", "7b", "x"]]),
        (
            "/attendance/corrections?person=\(id)&", ["1788247800000", id], [["x", id], ["1788247800000", "x"]]
        ),
        ("/excuses?", ["2026-09-01", id], [["x", id], ["2026-09-31", id], ["2026-09-01", "x"]]),
        ("/letters?", ["1788247800000", id], [["x", id], ["1788247800000", "x"]]),
        ("/audit?", ["1"], [["x"], ["1", "1"]]),
        ("/calendar/days-off?", ["2026-09-01"], [["x"], ["1"]]),
        ("/users?", ["Ada", id], [["Ada", "x"], ["Ada"]]),
        ("/users/\(id)/photographs?", [id], [["x"]]),
    ]

    @Test func everyListRefusesIt() async throws {
        let office = try await Office()
        let student = office.student.id.lowercased
        for list in Self.lists {
            func status(_ parts: [String]) async throws -> Int {
                let path = list.path.replacing(Self.id, with: student)
                let cursor = PageRequest.cursor(parts)
                return try await office.send(.get, "\(path)cursor=\(cursor)", as: office.admin).status
            }
            #expect(try await status(list.good) == 200, "\(list.path)")
            for bad in list.bad { #expect(try await status(bad) == 400, "\(list.path) \(bad)") }
        }
    }
}
