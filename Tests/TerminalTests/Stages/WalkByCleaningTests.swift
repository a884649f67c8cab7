import Attendance
import Database
import Foundation
import Logging
import SyncProtocol
import TestSupport
import Testing

@testable import Terminal

/// What the outbox says of somebody goes when the roster loses them, and not before there is one.
@Suite struct WalkByCleaningTests {
    @Test func whoLeavesTheRosterLeavesTheOutbox() throws {
        let folder = try OutboxFolder()
        let outbox = try folder.open()
        let store = try RosterStore(
            path: folder.file("roster.db"), vault: TemplateVault(key: [UInt8](repeating: 7, count: 32)))
        let policy = try AttendancePolicy(timeZone: "UTC")
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let book = try SchoolBook(
            store: store, fallback: SchoolTime(policy: policy, zone: .utc), logger: logger)
        let cleaning = WalkByCleaning(outbox: outbox, book: book, logger: logger)
        let (ada, ben) = (UUID(), UUID())
        for people in [[ada], [ben], [ben, ada]] { #expect(try outbox.record(UnsureWalkBy.sample(people))) }
        cleaning.clean()
        #expect(try outbox.recentWalkBys(limit: 9).count == 3, "there is no roster yet")

        func entry(_ id: UUID, _ name: String) -> RosterEntry {
            RosterEntry(id: id, name: name, className: "7b", templates: [[UInt8](repeating: 0, count: 512)])
        }
        func apply(_ cursor: String, after before: String?, people: [RosterEntry] = [], removed: [UUID] = []) throws {
            try store.apply(
                RosterDelta(
                    cursor: cursor, reset: before == nil, people: people, removed: removed, policy: policy,
                    serverTime: Instant(milliseconds: 0), more: false), since: before)
            book.reload()
            cleaning.clean()
        }
        try apply("1", after: nil, people: [entry(ada, "Ada"), entry(ben, "Ben")])
        #expect(try outbox.recentWalkBys(limit: 9).count == 3)
        let mark = Mark.sample(ada)
        _ = try outbox.record(mark)
        try apply("2", after: "1", removed: [ada])
        #expect(try outbox.recentWalkBys(limit: 9).map(\.walkBy.people) == [[ben]])
        #expect(try outbox.batch() == [mark], "marks are attendance, and stay")

        // A track that ended just after, decided by the roster before.
        #expect(try outbox.record(UnsureWalkBy.sample([ada, ben])))
        cleaning.clean()
        #expect(try outbox.recentWalkBys(limit: 9).count == 2, "once for each edition")
        cleaning.clean(again: true)
        #expect(try outbox.recentWalkBys(limit: 9).map(\.walkBy.people) == [[ben]])
    }
}
