import Attendance
import Database
import Faces
import Foundation
import Identification
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

    /// Two people with one photograph: the terminal knows them as a pair, says so once, and asks more of them.
    @Test func peopleWhoLookAlikeAreTold() throws {
        let log = RecordedLog()
        let book = try SchoolBook(
            store: store, fallback: SchoolTime(policy: policy, zone: .utc),
            logger: Logger(label: "test") { _ in log })
        let ids = [UUID(), UUID(), UUID()]
        func descriptor(_ person: Int) -> Descriptor {
            Descriptor(values: (0..<128).map { sin(Float($0 * (person + 2))) / 8 })!
        }
        let people = zip(ids, [1, 1, 2]).map { id, look in
            RosterEntry(id: id, name: "A", className: "7b", templates: [descriptor(look).littleEndianBytes])
        }
        try store.apply(
            RosterDelta(
                cursor: "1", reset: true, people: people, removed: [], policy: policy,
                serverTime: Instant(milliseconds: 0), more: false), since: nil)
        book.reload()
        let pair = ids.prefix(2).map(\.lowercased).sorted().joined(separator: " and ")
        #expect(log.entries.count { $0.message.contains("look so alike") && $0.message.contains(pair) } == 1)
        #expect(book.current.identifier.point.lookAlikes.pairs.count == 1)
        book.reload()
        #expect(log.entries.count { $0.message.contains("look so alike") } == 1, "not again")
    }
}
