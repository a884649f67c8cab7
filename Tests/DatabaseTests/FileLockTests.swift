import FoundationEssentials
import Glibc
import Testing

@testable import Database

@Suite struct FileLockTests {
    private let folder: DatabaseFolder
    private let path: String

    init() throws {
        folder = try DatabaseFolder()
        path = folder.file("claimed.db")
    }

    @Test func aSecondClaimIsRefusedUntilTheFirstIsReleased() throws {
        let first = try FileLock(for: path)
        #expect(throws: DatabaseError.inUse(file: path)) { try FileLock(for: path) }
        first.release()
        try FileLock(for: path).release()
    }

    /// As a child has it between fork and exec, however long that takes.
    @Test func aReleaseHoldsThoughAChildHasTheSameOpenFile() throws {
        let first = try FileLock(for: path)
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        let held = try #require(
            descriptors.first {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path + ".lock"
            }.flatMap { Int32($0) })
        let inherited = dup(held)
        defer { close(inherited) }
        first.release()
        try FileLock(for: path).release()
    }
}
