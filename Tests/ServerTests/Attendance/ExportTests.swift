import Attendance
import Foundation
import HTTPTypes
import Testing

@testable import Server

@Suite(.onEveryDatabase) struct ExportTests {
    let office: Office

    init() async throws { office = try await Office() }

    @Test func theExportIsATableThatRunsNoFormula() async throws {
        for days in 0..<3 {
            _ = try office.see(office.student.id, days: days)
            _ = try office.see(office.stranger.id, days: days)
        }
        let path = "/attendance/export?from=2026-09-01&to=2026-09-30"
        let all = try await office.send(.get, path, as: office.admin)
        #expect(all.status == 200)
        #expect(all.headers[.contentType]?.hasPrefix("text/csv") == true)
        #expect(all.headers[.contentDisposition] == "attachment; filename=\"attendance-2026-09-01-2026-09-30.csv\"")
        let lines = all.text.components(separatedBy: "\r\n")
        #expect(lines.count == 8 && lines.last == "")
        #expect(lines[0] == "date,class,name,status,time,cause,person")
        #expect(
            lines[1] == "2026-09-03,8a,\"'=Ben,\"\"B\"\"\",present,08:30,mark,\(office.stranger.id.lowercased)")
        let own = try await office.send(.get, path + "&class=7b", as: office.teacher)
        #expect(own.text.components(separatedBy: "\r\n").count == 5)
        #expect(try await office.send(.get, path + "&class=8a", as: office.teacher).status == 403)
        #expect(try await office.send(.get, path + "&class=none", as: office.teacher).status == 403)
        #expect(try await office.send(.get, path + "&class=none", as: office.admin).status == 404)
        #expect(try await office.send(.get, path, as: office.teacher).status == 403)
        #expect(try await office.send(.get, path, as: office.student).status == 403)
        for bad in ["", "?from=2026-09-01", "?from=2026-09-02&to=2026-09-01", "?from=2020-01-01&to=2026-01-01"] {
            #expect(try await office.send(.get, "/attendance/export\(bad)", as: office.admin).status == 400, "\(bad)")
        }
    }

    @Test(arguments: [
        ("plain", "plain"), ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\ta", "'\ta"),
        ("\ra", "\"'\ra\""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\r\nb", "\"a\r\nb\""), ("", ""),
        (" =1", " =1"), ("a\"\u{301}b", "\"a\"\"\u{301}b\""),
        ("=\u{301}1", "'=\u{301}1"),
    ])
    func aCellIsQuotedAndNoFormula(text: String, cell: String) {
        #expect(CSV.cell(text) == cell)
    }
}
