import Attendance
import CSQLite
import Foundation
import Glibc
import Testing

@testable import Terminal

@Suite struct OutboxMigrationTests {
    /// Version 1 as it was written; never to be changed.
    private static let version1 = """
        CREATE TABLE marks (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL, session TEXT NOT NULL,
            at_ms INTEGER NOT NULL, status TEXT NOT NULL, boot_id TEXT NOT NULL, boot_time_ns INTEGER NOT NULL,
            clock TEXT NOT NULL, shots INTEGER NOT NULL, score REAL NOT NULL, mark_key TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'rejected', 'acknowledged', 'superseded')),
            reason TEXT, recorded_at_ms INTEGER NOT NULL, answered_at_ms INTEGER
        );
        CREATE UNIQUE INDEX marks_one_pending ON marks (mark_key) WHERE state = 'pending';
        CREATE INDEX marks_by_key ON marks (mark_key);
        CREATE INDEX marks_by_state ON marks (state, sequence);
        INSERT INTO marks VALUES (
            1, '01990000-0000-7000-8000-000000000001', '00000000-0000-4000-8000-000000000001', '2026-08-31',
            1788163200000, 'present', '00000000-0000-4000-8000-0000000000FF', 5000000000, 'server', 3, 0.75,
            '00000000-0000-4000-8000-000000000001 2026-08-31', 'pending', NULL, 1788163200500, NULL);
        INSERT INTO marks VALUES (
            2, '01990000-0000-7000-8000-000000000002', '00000000-0000-4000-8000-000000000002', '2026-08-31',
            1788163201000, 'present', '00000000-0000-4000-8000-0000000000FF', 6000000000, 'server', 3, 1.0,
            '00000000-0000-4000-8000-000000000002 2026-08-31', 'rejected', 'no such person', 1788163201500, 1788163202000);
        PRAGMA user_version = 1;
        """

    /// What version 2 added; never to be changed.
    private static let version2 = """
        CREATE TABLE damage (
            number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, path TEXT NOT NULL, reason TEXT NOT NULL,
            salvaged INTEGER NOT NULL);
        PRAGMA user_version = 2;
        """

    private func make(_ path: String, _ statements: String) {
        var database: OpaquePointer?
        #expect(sqlite3_open(path, &database) == SQLITE_OK)
        #expect(sqlite3_exec(database, "PRAGMA journal_mode = WAL;" + statements, nil, nil, nil) == SQLITE_OK)
        sqlite3_close(database)
    }

    @Test("An outbox of version 1 goes on with its marks")
    func fromVersion1() throws {
        let folder = try OutboxFolder()
        make(folder.file(), Self.version1)

        let outbox = try folder.open()
        let rows = try outbox.recentMarks(limit: 10)
        #expect(rows.map(\.state) == [.rejected, .pending])
        #expect(rows[0].reason == "no such person" && rows[0].mark.score == 1)
        let batch = try outbox.batch()
        #expect(batch.map(\.id.uuidString) == ["01990000-0000-7000-8000-000000000001"])
        #expect(batch[0].at == .monday && batch[0].clock == .server && batch[0].score == 0.75)
        #expect(try outbox.summary.damage.isEmpty)
        let version = try outbox.access { (connection, _) in connection }.schemaVersion()
        #expect(version == OutboxSchema.migrations.count)
        #expect(try outbox.record(UnsureWalkBy.sample()), "what came later is there")
        #expect(try outbox.walkByBatch().count == 1)
    }

    @Test("An outbox of version 2 goes on with its marks, and takes walk-bys")
    func fromVersion2() throws {
        let folder = try OutboxFolder()
        make(folder.file(), Self.version1 + Self.version2)

        let outbox = try folder.open()
        #expect(try outbox.recentMarks(limit: 10).map(\.state) == [.rejected, .pending])
        #expect(try outbox.recentWalkBys(limit: 10).isEmpty)
        #expect(try outbox.record(UnsureWalkBy.sample()))
        #expect(try outbox.batch().count == 1 && outbox.walkByBatch().count == 1)
        #expect(try outbox.summary.damage.isEmpty && outbox.walkByWarning == nil)
    }

    @Test(
        "An outbox of version 2 on a full disk opens with its marks, and takes walk-bys once there is space",
        .enabled(if: OutboxFullDiskTests.canMount, "needs root"))
    func fromVersion2OnFullDisk() throws {
        let folder = try OutboxFolder()
        let (disk, filler) = (folder.file("small"), folder.file("small/filler"))
        mkdir(disk, 0o700)
        try #require(mount("tmpfs", disk, "tmpfs", 0, "size=20m") == 0)
        defer { umount2(disk, Int32(MNT_DETACH)) }
        make(disk + "/outbox.db", Self.version1 + Self.version2)
        let descriptor = open(filler, O_WRONLY | O_CREAT, 0o600)
        let page = [UInt8](repeating: 1, count: 4096)
        while write(descriptor, page, page.count) > 0 {}
        close(descriptor)

        let outbox = try Outbox(path: disk + "/outbox.db")
        #expect(try outbox.walkByWarning?.contains("free space on its file system") == true)
        #expect(try outbox.summary.depth == 1 && outbox.summary.walkBys == 0)
        #expect(try outbox.batch().count == 1)
        #expect(throws: OutboxError.diskFull(file: disk + "/outbox.db")) { try outbox.record(Mark.sample()) }
        #expect(throws: OutboxError.keptForMarks(file: disk + "/outbox.db")) {
            try outbox.record(UnsureWalkBy.sample())
        }
        #expect(try outbox.walkByBatch().isEmpty && outbox.recentWalkBys(limit: 10).isEmpty)
        #expect(try outbox.keepWalkBys(ofOnly: []) == 0)
        #expect(try outbox.pruneWalkBys(answeredBefore: .monday, today: SessionID(of: .monday)) == 0)
        #expect(try outbox.resolveWalkBys(boot: Mark.boot) { _ in .noSchool } == 0)

        unlink(filler)
        #expect(try outbox.record(Mark.sample()) == .recorded)
        #expect(try outbox.record(UnsureWalkBy.sample()))
        #expect(try outbox.walkByBatch().count == 1 && outbox.batch().count == 2)
        #expect(try outbox.walkByWarning == nil && outbox.summary.damage.isEmpty)
        outbox.close()
    }
}
