import Attendance
import Foundation
import TestSupport
import Testing

@testable import Server

@Suite struct ReportTableTests {
    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""),
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
        ("\r=1", "\"'\r=1\""), ("=\u{301}1", "'=\u{301}1"), ("1=1", "1=1"),
        ("\"=1", "\"\"\"=1\""), ("＝1", "'＝1"), ("＠a", "'＠a"), ("a;=1", "a;'=1"), ("a;b", "a;b"), ("a=;", "a=;"),
        ("\r\n=1", "\"'\r\n=1\""),
    ]) func aCellIsTextAndNothingElse(text: String, cell: String) {
        #expect(Array(CSV.text([[text]]).unicodeScalars) == Array((cell + "\r\n").unicodeScalars))
    }

    @Test func pythonReadsTheSameCells() async throws {
        let folder = try TemporaryFolder()
        let rows = [["a,b", "c\"d\"", "e\r\nf", "", "ü語"], ["=1", "x", "'", " ", "\"\""]]
        let path = try folder.write("report.csv", CSV.text(rows))
        let program = "import csv,json,sys; print(json.dumps(list(csv.reader(open(sys.argv[1],newline='')))))"
        let result = try await Command.run("/usr/bin/python3", ["-c", program, path])
        let read = try JSONDecoder().decode([[String]].self, from: Data(result.output.utf8))
        #expect(read == [rows[0], ["'=1"] + rows[1].dropFirst()])
    }

    @Test func countsNameEveryStatus() throws {
        func record(_ status: String) -> ReportedRecord {
            ReportedRecord(
                person: UUID(), name: "Ada", className: "7b", session: SessionID(date: School.day), status: status,
                cause: "mark", at: School.morning)
        }
        let counts = StatusCounts(["absent", "excused", "present", "present", "to_review"].map(record))
        #expect(counts.words == "2 present, 1 absent, 1 excused, 1 to review")
        #expect(counts.count("present") == 2 && counts.count("late") == 0)
        #expect(record("to_review").statusWord == "To review")
        #expect(record("late").time(in: try LetterTests.london()) == "08:30")
    }
}
