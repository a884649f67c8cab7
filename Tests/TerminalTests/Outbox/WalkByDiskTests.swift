import Attendance
import Database
import Foundation
import Glibc
import Testing

@testable import Terminal

/// What a bad disk costs: walk-bys as little as marks, and never a mark for a walk-by.
@Suite struct WalkByDiskTests {
    let folder: OutboxFolder
    let outbox: Outbox

    init() throws {
        folder = try OutboxFolder()
        outbox = try folder.open()
    }

    @Test("A damaged file gives its walk-bys back with its marks")
    func damage() throws {
        let walkBys = (0..<40).map { UnsureWalkBy.sample(after: $0) }
        let marks = (0..<40).map { Mark.sample(after: $0) }
        for walkBy in walkBys { _ = try outbox.record(walkBy) }
        for mark in marks { _ = try outbox.record(mark) }
        _ = try outbox.walkByBatch(limit: 1)
        try outbox.acknowledgeWalkBys([.accepted(walkBys[0].id)])
        let rows = try outbox.recentWalkBys(limit: 100)
        outbox.close()
        var bytes = try folder.bytes()
        for offset in 0..<4096 { bytes[offset] = 0 }
        try folder.write(bytes)
        let again = try folder.open()
        #expect(try again.summary.damage.map(\.salvaged) == [40], "marks are counted")
        #expect(try again.recentWalkBys(limit: 100) == rows)
        #expect(try again.batch() == marks)
    }

    @Test("A disk that is full for a mark takes no walk-by until a mark has found room again")
    func fullDisk() throws {
        func limit(_ pages: Int) throws {
            try outbox.access { (connection, _) throws(DatabaseError) in
                _ = try connection.query("PRAGMA max_page_count = \(pages)")
            }
        }
        try limit(40)
        var count: Int64 = 0
        while count < 5000, (try? outbox.record(Mark.sample(after: count))) != nil { count += 1 }
        #expect(count < 5000)
        try limit(100_000)
        #expect(throws: OutboxError.keptForMarks(file: folder.file())) { try outbox.record(UnsureWalkBy.sample()) }
        #expect(try outbox.record(Mark.sample(after: count)) == .recorded)
        #expect(try outbox.record(UnsureWalkBy.sample()))
    }

    @Test(
        "The last of a disk is kept for marks", .enabled(if: OutboxFullDiskTests.canMount, "needs root"))
    func lastRoom() throws {
        let path = folder.file("small")
        mkdir(path, 0o700)
        try #require(mount("tmpfs", path, "tmpfs", 0, "size=1m") == 0)
        defer { umount2(path, Int32(MNT_DETACH)) }
        let small = try Outbox(path: path + "/outbox.db")
        #expect(throws: OutboxError.keptForMarks(file: path + "/outbox.db")) {
            try small.record(UnsureWalkBy.sample())
        }
        #expect(try small.record(Mark.sample()) == .recorded)
        small.close()
    }

    @Test("What a call has stored that returned is there after a power cut, with the marks beside it")
    func powerCut() throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            let disk = try PowerCutDisk(seed: seed)
            let cut = try Outbox(path: disk.folder.file("outbox.db"))
            disk.failPower(after: Int(seed % 30) + 1)
            var (walkBys, marks): ([UnsureWalkBy], [Mark]) = ([], [])
            for number in 0..<30 as Range<Int64> where !disk.isOff {
                let (walkBy, mark) = (UnsureWalkBy.sample(after: number), Mark.sample(after: number))
                if (try? cut.record(walkBy)) == true { walkBys.append(walkBy) }
                if (try? cut.record(mark)) == .recorded { marks.append(mark) }
            }
            disk.failPower()
            cut.close()
            try disk.restorePower()
            let again = try Outbox(path: disk.folder.file("outbox.db"))
            let (foundWalkBys, foundMarks) = (try again.walkByBatch(), try again.batch())
            // Of the call under way all or nothing.
            #expect(foundWalkBys.starts(with: walkBys) && foundWalkBys.count <= walkBys.count + 1, "seed \(seed)")
            #expect(foundMarks.starts(with: marks) && foundMarks.count <= marks.count + 1, "seed \(seed)")
            #expect(try again.summary.damage.isEmpty, "seed \(seed)")
            again.close()
        }
    }
}
