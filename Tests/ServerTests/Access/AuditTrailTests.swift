import Attendance
import Database
import Foundation
import Testing

@testable import Server

/// What somebody with the database and without its key can do to the trail, and that it shows.
@Suite(.onEveryDatabase) struct AuditTrailTests {
    private let school: School
    private var trail: AuditTrail { school.database.audit }

    init() throws {
        school = try School()
        for number in 1...5 { try record("\(number)a") }
    }

    private func record(_ name: String) throws {
        _ = try school.database.classes.create(.init(name: name), by: .server, now: School.morning)
    }

    @Test func aWholeTrailIsWhole() throws {
        let check = try trail.verify()
        #expect(check.fault == nil && check.entries == 5 && check.newest == 5)
        #expect(check.keyedFrom == 1 && check.checkedFrom == 1)
        #expect(try trail.list(object: nil, page: PageRequest()).map(\.number) == [5, 4, 3, 2, 1])
        let rest = try trail.list(object: nil, page: PageRequest(after: ["3"]))
        #expect(rest.map(\.number) == [2, 1])
    }

    @Test(
        arguments: [
            ("UPDATE audit SET detail = '{\"name\":\"9z\"}' WHERE number = 3", .entry(3)),
            ("UPDATE audit SET actor = 'nobody' WHERE number = 2", .entry(2)),
            ("UPDATE audit SET at_ms = at_ms + 1 WHERE number = 5", .entry(5)),
            ("UPDATE audit SET digest = (SELECT digest FROM audit WHERE number = 1) WHERE number = 2", .entry(2)),
            ("DELETE FROM audit WHERE number = 4", .entry(5)), ("DELETE FROM audit WHERE number = 1", .entry(2)),
            ("DELETE FROM audit WHERE number = 5", .end(after: 4, newest: 5)),
            ("DELETE FROM audit WHERE number >= 3", .end(after: 2, newest: 5)),
            ("DELETE FROM audit", .end(after: 0, newest: 5)),
            ("UPDATE audit_head SET number = 4", .head), ("UPDATE audit_head SET keyed_from = 6", .head),
            ("UPDATE audit_head SET checked_from = 6, number = 5", .head), ("DELETE FROM audit_head", .head),
            ("UPDATE audit_head SET digest = (SELECT digest FROM audit WHERE number = 4)", .head),
            ("UPDATE audit_head SET since_ms = since_ms - 1", .head), ("UPDATE audit_head SET code = digest", .head),
        ] as [(String, AuditCheck.Fault)])
    func aChangeBehindTheServersBackShows(sql: String, fault: AuditCheck.Fault) throws {
        _ = try school.look(sql)
        #expect(try trail.verify().fault == fault)
        try record("6a")
        let later = try trail.verify().fault
        let gap = AuditCheck.Fault.entry(6)
        #expect(later == fault || later == gap, "what is added later hides nothing")
    }

    /// Text can be moved from one field to its neighbour only if the digest does not tell where fields end.
    @Test func fieldsHaveTheirEnds() throws {
        _ = try school.look("UPDATE audit SET actor = 'serverclass', action = '.create' WHERE number = 1")
        #expect(try trail.verify().fault == .entry(1))
    }

    /// Changes entries from a number on, and makes digests that need no key.
    private func forge(from first: Int64) throws {
        var before: [UInt8] = []
        for row in try school.look("SELECT * FROM audit ORDER BY number") {
            let (entry, json, stored) = try AuditTrail.entry(in: row)
            guard entry.number >= first else {
                before = stored
                continue
            }
            let forged = AuditTrail.Entry(
                number: entry.number, at: entry.at, actor: "nobody", action: entry.action, object: entry.object,
                detail: entry.detail)
            before = forged.unkeyedDigest(json, after: before)
            _ = try school.look(
                "UPDATE audit SET actor = 'nobody', digest = ? WHERE number = ?",
                [.blob(before), .integer(entry.number)])
        }
    }

    @Test(arguments: [1, 3, 5]) func digestsWithoutTheKeyShow(first: Int64) throws {
        try forge(from: first)
        #expect(try trail.verify().fault == .entry(first))
    }

    @Test func anEntryThatTheServerDidNotWriteShows() throws {
        _ = try school.look(
            """
            INSERT INTO audit (number, at_ms, actor, action, object, detail, digest)
            SELECT 6, at_ms, actor, action, object, detail, digest FROM audit WHERE number = 5
            """)
        #expect(try trail.verify().fault == .entry(6))
        try record("6a")
        #expect(try trail.verify().fault == .entry(6), "it does not keep the server from going on")
        #expect(try trail.list(object: nil, page: PageRequest()).map(\.number) == [7, 6, 5, 4, 3, 2, 1])
    }

    /// The head is that of the shorter trail: nothing in the database tells that there was more.
    @Test func aTrailThatWasSetBackAsAWholeDoesNotShow() throws {
        let row = try #require(try school.look("SELECT * FROM audit_head").first)
        let (digest, code) = (try row.blob("digest"), try row.blob("code"))
        try record("6a")
        _ = try school.look("DELETE FROM audit WHERE number = 6")
        _ = try school.look("UPDATE audit_head SET number = 5, digest = ?, code = ?", [.blob(digest), .blob(code)])
        let check = try trail.verify()
        #expect(check.fault == nil && check.newest == 5, "but the newest number has become smaller")
    }

    /// Two servers on one database write and one looks on.
    @Test func manyWritersMakeOneTrail() throws {
        let others = [school.database, try ServerDatabase(school.location, vault: school.vault)]
        defer { others[1].close() }
        let failures = Collected<String>()
        let (trail, all) = (trail, DispatchGroup())
        for thread in 0..<5 {
            all.enter()
            Thread.detachNewThread {
                for round in 0..<5 {
                    do {
                        if thread == 4 {
                            if let fault = try trail.verify().fault { failures.add("\(fault)") }
                        } else {
                            let name = "class \(thread) \(round)"
                            _ = try others[thread % 2].classes.create(
                                .init(name: name), by: .server, now: School.morning)
                        }
                    } catch { failures.add("\(error)") }
                }
                all.leave()
            }
        }
        all.wait()
        #expect(failures.all == [])
        let check = try trail.verify()
        #expect(check.fault == nil && check.entries == 25)
    }
}
