import Attendance
import Database
import Foundation
import Glibc
import Testing

@testable import Terminal

@Suite struct OutboxFullDiskTests {
    let folder: OutboxFolder

    init() throws { folder = try OutboxFolder() }

    @Test("A full file refuses marks, keeps the stored ones, and goes on when there is space")
    func pageLimit() throws {
        let outbox = try folder.open()
        func limit(_ pages: Int) throws {
            try outbox.access { (connection, _) throws(DatabaseError) in
                _ = try connection.query("PRAGMA max_page_count = \(pages)")
            }
        }
        try limit(40)
        try fillAndRecover(outbox) { try limit(100_000) }
    }

    static let canMount: Bool = {
        let path = NSTemporaryDirectory() + "rollcall-mount-" + UUID().uuidString
        mkdir(path, 0o700)
        defer { rmdir(path) }
        guard mount("tmpfs", path, "tmpfs", 0, "size=256k") == 0 else { return false }
        umount2(path, Int32(MNT_DETACH))
        return true
    }()

    @Test(
        "A full file system refuses marks, keeps the stored ones, and goes on when there is space",
        .enabled(if: canMount, "needs the right to mount a small tmpfs; the page limit's test covers SQLITE_FULL"))
    func fileSystem() throws {
        let path = folder.file("small")
        mkdir(path, 0o700)
        try #require(mount("tmpfs", path, "tmpfs", 0, "size=256k") == 0)
        defer { umount2(path, Int32(MNT_DETACH)) }
        let filler = path + "/filler"
        try Data(repeating: 1, count: 60_000).write(to: URL(fileURLWithPath: filler))
        let outbox = try Outbox(path: path + "/outbox.db")
        try fillAndRecover(outbox) { unlink(filler) }
        outbox.close()
    }

    @Test("A disk with little room says so in the same words, whatever is left: each change is a line of the journal")
    func littleRoom() throws {
        let alarm = try #require(FreeSpace(bytes: FreeSpace.least - 1).alarm)
        #expect(FreeSpace(bytes: 0).alarm == alarm)
        #expect(alarm.contains("less than 16 MiB") && alarm.contains("free space"))
        #expect(FreeSpace(bytes: FreeSpace.least).alarm == nil)
    }

    @Test(
        "A disk that takes no file says so, and a try leaves nothing behind", .enabled(if: canMount, "needs root"))
    func refusesFiles() throws {
        let path = folder.file("disk")
        mkdir(path, 0o700)
        try #require(mount("tmpfs", path, "tmpfs", 0, "size=64k") == 0)
        defer { umount2(path, Int32(MNT_DETACH)) }
        #expect(!FreeSpace.refusesFiles(in: path))
        #expect(try FileManager.default.contentsOfDirectory(atPath: path).isEmpty)
        try #require(mount(nil, path, nil, UInt(MS_REMOUNT | MS_RDONLY), nil) == 0)
        #expect(FreeSpace.refusesFiles(in: path))
        #expect(!FreeSpace.refusesFiles(in: folder.file("none")), "what is not there is another fault")
    }

    private func fillAndRecover(_ outbox: Outbox, makeSpace: () throws -> Void) throws {
        var stored: [Mark] = []
        var refused: OutboxError?
        while refused == nil, stored.count < 5000 {
            let mark = Mark.sample(after: Int64(stored.count))
            do throws(OutboxError) {
                _ = try outbox.record(mark)
                stored.append(mark)
            } catch { refused = error }
        }
        guard case .diskFull = refused else {
            Issue.record("\(String(describing: refused)) after \(stored.count) marks")
            return
        }
        #expect("\(try #require(refused))".contains("free space on its file system"))
        #expect(try outbox.summary.diskIsFull)
        #expect(try outbox.summary.alarm?.contains("disk is full") == true)
        #expect(try outbox.batch(limit: 5000) == stored)
        try outbox.acknowledge([])
        #expect(try outbox.summary.diskIsFull)

        try makeSpace()
        let mark = Mark.sample(after: -1)
        #expect(try outbox.record(mark) == .recorded)
        #expect(try !outbox.summary.diskIsFull)
        #expect(try outbox.summary.alarm == nil)
        #expect(try outbox.batch(limit: 5001) == stored + [mark])
    }
}
