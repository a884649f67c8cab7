import Attendance
import Database
import Foundation
import Logging
import SyncProtocol
import TestSupport
import Testing

@testable import Terminal

struct SchoolBookTests {
    private let folder: TemporaryFolder
    private let store: RosterStore
    private let book: SchoolBook
    private let policy: AttendancePolicy

    init() throws {
        folder = try TemporaryFolder()
        store = try RosterStore(
            path: folder.file("roster.db"), vault: TemplateVault(key: [UInt8](repeating: 7, count: 32)))
        policy = try AttendancePolicy(timeZone: "UTC")
        book = try SchoolBook(
            store: store, fallback: SchoolTime(policy: policy, zone: .utc),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func apply(_ cursor: String, after before: String?, reset: Bool = false) throws {
        try store.apply(
            RosterDelta(
                cursor: cursor, reset: reset, people: [], removed: [], policy: policy,
                serverTime: Instant(milliseconds: 0), more: false), since: before)
    }

    /// The heartbeat tells of the book's cursor, and the server takes it as what the terminal has.
    @Test func aCursorThatMovesOnWithoutNewsIsTheBooks() throws {
        #expect(book.current.cursor == nil)
        try apply("1", after: nil, reset: true)
        book.reload()
        #expect(book.current.cursor == "1")
        let number = book.current.number
        try apply("2", after: "1")
        #expect(book.current.cursor == "1", "not before the sync says so")
        book.confirm(cursor: "2")
        #expect(book.current.cursor == "2" && book.current.number == number, "the same people, so no new edition")
    }
}
