import Attendance
import Database
import Foundation
import Logging
import SyncProtocol
import Synchronization
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

    /// Two threads, the first of which is held up between the store and the book.
    @Test func whatWasReadBeforeNeverFollowsWhatWasReadAfter() throws {
        let pause = Pause()
        let book = try SchoolBook(
            store: store, fallback: SchoolTime(policy: policy, zone: .utc),
            logger: Logger(label: "test") { _ in pause })
        try store.apply(
            RosterDelta(
                cursor: "1", reset: true,
                people: [
                    RosterEntry(
                        id: UUID(), name: "Ada", className: "7b", templates: [[UInt8](repeating: 0, count: 512)],
                        model: "another")
                ],
                removed: [], policy: policy, serverTime: Instant(milliseconds: 0), more: false), since: nil)
        pause.isArmed.store(true, ordering: .relaxed)
        let first = DispatchWorkItem { book.reload() }
        let second = DispatchWorkItem {
            book.reload()
            pause.end.signal()
        }
        DispatchQueue(label: "first").async(execute: first)
        pause.begun.wait()
        #expect(book.current.number == 0, "who reads the book does not wait for who reads the store")
        try apply("2", after: "1")
        DispatchQueue(label: "second").async(execute: second)
        first.wait()
        second.wait()
        #expect(book.current.cursor == "2" && book.current.number == 2)
    }
}

/// Holds up the thread that logs first, until another thread is done or half a second is over.
private final class Pause: LogHandler, Sendable {
    let isArmed = Atomic(false)
    let begun = DispatchSemaphore(value: 0)
    let end = DispatchSemaphore(value: 0)

    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }

    func log(event _: LogEvent) {
        guard isArmed.exchange(false, ordering: .relaxed) else { return }
        begun.signal()
        _ = end.wait(timeout: .now() + .milliseconds(500))
    }
}
