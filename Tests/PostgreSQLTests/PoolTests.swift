import Database
import Foundation
import TestSupport
import Testing

@testable import PostgreSQL

private enum ShopError: Error, WrapsDatabaseError, Equatable {
    case refused
    case database(DatabaseError)

    init(_ error: DatabaseError) { self = .database(error) }
}

@Suite(.timeLimit(.minutes(10))) struct PoolTests {
    let home: TestDatabase
    let database: PostgresDatabase

    init() throws {
        home = try TestDatabase()
        database = try home.open()
        try database.execute("CREATE TABLE counters (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)")
        try database.execute("INSERT INTO counters VALUES (1, 0), (2, 0)")
    }

    @Test func transactionsThatConflictAreAllDoneOnceEach() throws {
        let runs = Shared(0)
        let errors = onThreads(8) { [database] _ throws(DatabaseError) in
            for _ in 0..<15 {
                try database.transaction { session throws(DatabaseError) in
                    runs.change { $0 += 1 }
                    let n = try session.queryFirst("SELECT n FROM counters WHERE id = 1")?.integer("n") ?? 0
                    try session.execute("UPDATE counters SET n = ? WHERE id = 1", [.integer(n + 1)])
                }
            }
        }
        #expect(errors.isEmpty)
        #expect(try database.queryFirst("SELECT n FROM counters WHERE id = 1")?["n"] == 120)
        #expect(runs.value > 120, "none was ever in another's way")
    }

    /// Each reads what the other writes: neither order of them gives what both together would.
    @Test func neitherOfTwoSeesWhatCannotHaveBeen() throws {
        let readers = Shared<Set<Int>>([])
        let errors = onThreads(2) { [database] index throws(DatabaseError) in
            try database.transaction { session throws(DatabaseError) in
                let sum = try session.queryFirst("SELECT SUM(n) AS s FROM counters")?.integer("s") ?? 0
                // The first run of each waits until the other has read too.
                readers.change { $0.insert(index) }
                while readers.value.count < 2 { usleep(1_000) }
                if sum == 0 {
                    try session.execute("UPDATE counters SET n = 1 WHERE id = ?", [.integer(Int64(index + 1))])
                }
            }
        }
        #expect(errors.isEmpty)
        #expect(try database.queryFirst("SELECT SUM(n) AS s FROM counters")?["s"] == 1)
    }

    @Test func aDeadlockEndsWithBothDone() throws {
        let errors = onThreads(2) { [database] index throws(DatabaseError) in
            try database.transaction { session throws(DatabaseError) in
                for id in index == 0 ? [1, 2] : [2, 1] {
                    try session.execute("UPDATE counters SET n = n + 1 WHERE id = ?", [.integer(Int64(id))])
                    usleep(100_000)
                }
            }
        }
        #expect(errors.isEmpty)
        #expect(try database.query("SELECT n FROM counters ORDER BY id").map { $0["n"] } == [2, 2])
    }

    /// Both look whether the value is free, and both find that it is.
    @Test func aUniqueValueThatAnotherTookMeanwhileIsLookedForAgain() throws {
        let errors = onThreads(6) { [database] _ throws(DatabaseError) in
            try database.transaction { session throws(DatabaseError) in
                let last = try session.queryFirst("SELECT id FROM notes ORDER BY id DESC LIMIT 1")?.integer("id") ?? 0
                try session.execute("INSERT INTO notes (id) VALUES (?)", [.integer(last + 1)])
            }
        }
        #expect(errors.isEmpty)
        #expect(try database.query("SELECT id FROM notes ORDER BY id").map { $0["id"] } == [1, 2, 3, 4, 5, 6])
    }

    @Test func whatTheBodyThrowsComesOutAndNothingStays() throws {
        #expect(throws: ShopError.refused) {
            try database.transaction { (session) throws(ShopError) in
                do throws(DatabaseError) { try session.execute("DELETE FROM counters") } catch {
                    throw ShopError(error)
                }
                throw ShopError.refused
            }
        }
        #expect(try database.query("SELECT * FROM counters").count == 2)
    }

    @Test func aFailureThatTheBodyOverlooksIsThrownAllTheSame() throws {
        try database.execute("INSERT INTO notes (id, body) VALUES (1, 'once')")
        let error = failure { () throws(DatabaseError) in
            try database.transaction { session throws(DatabaseError) in
                try session.execute("INSERT INTO notes (id) VALUES (2)")
                _ = try? session.execute("INSERT INTO notes (id, body) VALUES (3, 'once')")
            }
        }
        guard case .constraint(let details) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        let place = try home.address.place
        #expect(error?.isUniqueViolation == true && details.file == place)
        #expect(details.operation.hasPrefix("INSERT INTO notes") && !details.message.contains("once"))
        #expect(try database.query("SELECT * FROM notes").count == 1)
    }

    @Test func aConnectionThatTheServerEndedIsReplaced() throws {
        for _ in 0..<3 {
            try home.endConnections()
            #expect(try database.queryFirst("SELECT n FROM counters WHERE id = 1")?["n"] == 0)
            try home.endConnections()
            #expect(try database.execute("UPDATE counters SET n = n WHERE id = 1") == 1)
        }
        let runs = Shared(0)
        try database.transaction { session throws(DatabaseError) in
            try session.execute("UPDATE counters SET n = n + 1 WHERE id = 1")
            if runs.change { $0 += 1 } == 1 { try? home.endConnections() }
            try session.execute("UPDATE counters SET n = n + 1 WHERE id = 2")
        }
        #expect(runs.value == 2)
        #expect(try database.query("SELECT n FROM counters ORDER BY id").map { $0["n"] } == [1, 1])
    }

    @Test func aStatementWhoseEndNobodySawIsNotRepeated() throws {
        let ended = DispatchSemaphore(value: 0)
        let error = Shared<DatabaseError?>(nil)
        Thread.detachNewThread { [database] in
            let found = failure { () throws(DatabaseError) in
                _ = try database.execute("INSERT INTO notes (id, body) SELECT 1, CAST(pg_sleep(30) AS TEXT)")
            }
            error.change { $0 = found }
            ended.signal()
        }
        usleep(500_000)
        try home.endConnections()
        #expect(ended.wait(timeout: .now() + 20) == .success)
        guard case .connectionLost = error.value else {
            Issue.record("\(String(describing: error.value))")
            return
        }
        #expect(try database.query("SELECT * FROM notes").isEmpty)
    }

    @Test func noMoreConnectionsThanAllowedAndALimitedWaitForOne() throws {
        let small = try home.open(connections: 2) { $0.turn = .milliseconds(300) }
        let errors = onThreads(3) { _ throws(DatabaseError) in _ = try small.query("SELECT pg_sleep(1)") }
        #expect(errors.count == 1)
        guard case .busy(let details) = errors.first else {
            Issue.record("\(errors)")
            return
        }
        #expect(details.message.contains("all 2 connections"))
        let open = try database.queryFirst(
            "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE datname = ?", [.text(home.name)])
        #expect(try open?.integer("n") ?? 99 <= 2 + 4)
    }

    @Test func longStatementsAndLocksEndWithATimeout() throws {
        let hasty = try home.open(connections: 2) {
            $0.statement = .milliseconds(300)
            $0.lock = .milliseconds(100)
        }
        let slow = failure { () throws(DatabaseError) in _ = try hasty.query("SELECT pg_sleep(20)") }
        guard case .busy(let details) = slow, details.code == .postgres("57014") else {
            Issue.record("\(String(describing: slow))")
            return
        }
        try database.transaction { session throws(DatabaseError) in
            try session.execute("UPDATE counters SET n = 5 WHERE id = 1")
            let locked = failure { () throws(DatabaseError) in
                _ = try hasty.execute("UPDATE counters SET n = 6 WHERE id = 1")
            }
            guard case .busy(let details) = locked, details.code == .postgres("55P03") else {
                Issue.record("\(String(describing: locked))")
                return
            }
        }
    }

    @Test func nothingWorksAfterClose() throws {
        database.close()
        guard case .other(let details) = failure({ () throws(DatabaseError) in _ = try database.query("SELECT 1") })
        else {
            Issue.record("a closed database answers")
            return
        }
        #expect(details.message == "the database is closed")
    }
}
