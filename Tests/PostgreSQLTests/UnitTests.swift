import Database
import Testing

@testable import PostgreSQL

@Suite struct PlaceholderTests {
    @Test(arguments: [
        ("SELECT 1", "SELECT 1", 0), ("a = ? AND b = ?", "a = $1 AND b = $2", 2), ("'?' || ?", "'?' || $1", 1),
        ("'it''s ?' || ?", "'it''s ?' || $1", 1), ("\"a?\" = ?", "\"a?\" = $1", 1),
        ("? -- why?\n, ?", "$1 -- why?\n, $2", 2),
        ("/* ? */ ?", "/* ? */ $1", 1), ("'open ?", "'open ?", 0), ("'Zoë ?' = ?", "'Zoë ?' = $1", 1),
        ("a - ? / ?", "a - $1 / $2", 2),
        ("?", "$1", 1), ("", "", 0), ("'a''' = ?", "'a''' = $1", 1), ("-- ?", "-- ?", 0),
    ])
    func areNumberedWhereTheyStandForValues(_ statement: String, _ expected: String, _ count: Int) {
        #expect(Placeholders(statement).sql == expected)
        #expect(Placeholders(statement).count == count)
    }
}

@Suite struct PostgresAddressTests {
    @Test(arguments: [
        ("postgres://ann@db.example:5433/school", "postgres://ann@db.example:5433/school"),
        ("postgresql://ann:s3cret@db.example/school?sslmode=require", "postgres://ann@db.example/school"),
        ("postgres:///school?host=%2Frun%2Fpg&password=s3cret", "postgres:///run/pg/school"),
        ("postgres://[::1]:5/school", "postgres://::1:5/school"),
    ])
    func isShownWithoutItsPassword(_ url: String, _ place: String) throws {
        let address = try #require(PostgresAddress(url))
        #expect(address.place == place)
        for text in ["\(address)", String(reflecting: address), "\(Optional(address) as Any)"] {
            #expect(!text.contains("s3cret"))
        }
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!dumped.contains("s3cret"))
    }

    @Test(arguments: [
        "", "school", "host=a dbname=b", "mysql://a/b", "postgres://db.example", "postgres://db.example/",
        "postgres://%zz@a/b",
        "postgres://a/b?nonsense=1", "postgres://a:b:c/d", "postgres://ann:s3/cret@db/school",
        "postgres://ann:s3cret/x@db/school",
    ])
    func whatNamesNoDatabaseIsNone(_ url: String) {
        #expect(PostgresAddress(url) == nil)
    }
}

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy()

    private func failure(_ state: String) -> SQLFailure {
        SQLFailure(file: "f", operation: "o", code: .postgres(state), message: "m")
    }

    @Test func whatOthersWereInTheWayOfIsTriedOften() {
        for state in ["40001", "40P01"] {
            let error = PostgresState.error(failure(state))
            let pauses = (1...policy.tries).map { policy.pause(after: error, tries: $0) }
            #expect(pauses.dropLast().allSatisfy { $0 != nil } && pauses.last == .some(nil))
            #expect(pauses[0] == .milliseconds(4) && pauses[1] == .milliseconds(8))
            #expect(pauses.compactMap { $0 }.max() == .milliseconds(250))
        }
    }

    @Test func whatMayLastIsTriedAFewTimesAndTheRestNot() {
        let doubtful: [DatabaseError] = [
            .connectionLost(failure("08006")), .constraint(failure("23505")), .other(failure("0A000")),
        ]
        for error in doubtful {
            #expect((1...4).map { policy.pause(after: error, tries: $0) != nil } == [true, true, false, false])
        }
        let lasting: [DatabaseError] = [
            .constraint(failure("23503")), .diskFull(failure("53100")), .other(failure("42601")),
            .busy(failure("55P03")),
            .cannotOpen(failure("08006")), .unexpectedValue(column: "c", wanted: "w", found: "f"),
        ]
        for error in lasting { #expect(policy.pause(after: error, tries: 1) == nil) }
    }

    @Test func everyMessageNamesTheServersNextStep() {
        for state in ["40001", "53100", "42501", "XX001", "22021", "23505", "42601"] {
            let text = "\(PostgresState.error(failure(state)))"
            #expect(
                text.contains("PostgreSQL \(state)") && !text.contains("SQLite") && !text.contains("the file"),
                "\(text)")
        }
    }
}
