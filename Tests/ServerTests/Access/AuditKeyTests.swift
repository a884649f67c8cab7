import Attendance
import Database
import Foundation
import Testing

@testable import Server

/// Trails from before there was a key, and from before the key was lost.
@Suite(.onEveryDatabase) struct AuditKeyTests {
    private let school: School

    init() throws { school = try School() }

    private func record(_ name: String, in database: ServerDatabase) throws {
        _ = try database.classes.create(.init(name: name), by: .server, now: School.morning)
    }

    /// What the versions without a key have written.
    private static let oldDigests = [
        "57beb804c3f732d533604967711ea66c1be54d87bd00412b837461af0ccaa6db",
        "2d1061fae28f8e047c521f3d705754e2cc9ef08ad504d2f2c90b1b97309ae15b",
        "5c8b5134d26425e95cf88b50d40368df781074a0085756b32b2ce38882768dce",
    ]

    /// Makes the database one of the version before the key, with three entries.
    private func stepBack() throws {
        _ = try school.look("DROP TABLE audit_head")
        let isFile = school.file != nil
        _ = try school.look(isFile ? "PRAGMA user_version = 4" : "UPDATE schema_version SET version = 4")
        for (index, digest) in Self.oldDigests.enumerated() {
            let number = Int64(index + 1)
            _ = try school.look(
                """
                INSERT INTO audit (number, at_ms, actor, action, object, detail, digest)
                VALUES (?, ?, 'server', 'class.create', ?, ?, ?)
                """,
                [
                    .integer(number), .integer(School.morning.milliseconds + number), .text("class \(number)"),
                    .text("{\"name\":\"\(number)a\"}"), .blob(Self.bytes(digest)),
                ])
        }
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        var rest = Substring(hex)
        var bytes: [UInt8] = []
        while let byte = UInt8(rest.prefix(2), radix: 16) {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    @Test func aTrailFromBeforeTheKeyGoesOn() throws {
        try stepBack()
        let begin = Clock.now
        let database = try ServerDatabase(school.location, vault: school.vault)
        defer { database.close() }
        let old = try database.audit.verify()
        #expect(old.fault == nil && old.entries == 3 && old.keyedFrom == 4)
        let since = try #require(old.since)
        #expect(begin <= since)
        for name in ["4a", "5a"] { try record(name, in: database) }
        let check = try database.audit.verify()
        #expect(check.fault == nil && check.entries == 5 && check.keyedFrom == 4 && check.since == since)
        let again = try ServerDatabase(school.location, vault: school.vault)
        defer { again.close() }
        #expect(try again.audit.verify() == check, "the next start changes nothing")
    }

    /// Digests without a key can be made anew by anybody; the key covers the last of them.
    @Test(arguments: [false, true]) func oldEntriesAreSealedWhenTheKeyComes(goesOn: Bool) throws {
        try stepBack()
        let database = try ServerDatabase(school.location, vault: school.vault)
        defer { database.close() }
        if goesOn { try record("4a", in: database) }
        var digest: [UInt8] = []
        for row in try school.look("SELECT * FROM audit WHERE number <= 3 ORDER BY number") {
            let (entry, _, _) = try AuditTrail.entry(in: row)
            let json = "{\"name\":\"9z\"}"
            digest = entry.unkeyedDigest(json, after: digest)
            _ = try school.look(
                "UPDATE audit SET detail = ?, digest = ? WHERE number = ?",
                [.text(json), .blob(digest), .integer(entry.number)])
        }
        #expect(try database.audit.verify().fault == .entry(goesOn ? 4 : 3))
    }

    @Test func anOldEntryThatWasChangedBeforeTheKeyCameShows() throws {
        try stepBack()
        _ = try school.look("UPDATE audit SET actor = 'nobody' WHERE number = 2")
        let database = try ServerDatabase(school.location, vault: school.vault)
        defer { database.close() }
        try record("4a", in: database)
        #expect(try database.audit.verify().fault == .entry(2))
    }

    @Test func aStartDoesNotHideThatTheHeadIsMissing() throws {
        try record("1a", in: school.database)
        _ = try school.look("DELETE FROM audit_head")
        let database = try ServerDatabase(school.location, vault: school.vault)
        defer { database.close() }
        try record("2a", in: database)
        #expect(try database.audit.verify().fault == .head)
    }

    @Test func afterTheKeyWasLostTheTrailIsBegunAnew() throws {
        for name in ["1a", "2a"] { try record(name, in: school.database) }
        let other = try TemplateVault(key: [UInt8](repeating: 9, count: 32))
        let database = try ServerDatabase(school.location, vault: other)
        defer { database.close() }
        try record("3a", in: database)
        #expect(try database.audit.verify().fault == .head, "another key does not take the trail over by itself")
        #expect(try database.audit.renew(now: School.morning) == 3)
        try record("4a", in: database)
        let check = try database.audit.verify()
        #expect(check.fault == nil && check.entries == 2 && check.newest == 5 && check.checkedFrom == 4)
        #expect(check.since == School.morning)
        let newest = try database.audit.list(object: nil, page: PageRequest())
        #expect(newest.map(\.action) == ["class.create", "audit.renew"] + Array(repeating: "class.create", count: 3))
        #expect(newest[1].detail == ["unchecked": "3"])
        _ = try school.look("UPDATE audit SET actor = 'nobody' WHERE number = 4")
        #expect(try database.audit.verify().fault == .entry(4))
        #expect(try school.database.audit.verify().fault == .head, "and the old key does not either")
    }
}
