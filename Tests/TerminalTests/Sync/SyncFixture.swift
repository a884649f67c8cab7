import Attendance
import Capture
import Database
import Foundation
import Logging
import SyncProtocol
import Synchronization
import Systemd
import TestSupport

@testable import Terminal

/// An outbox, a roster and what a sync client needs beside them, in a folder that goes with it.
final class SyncFixture: Sendable {
    let folder: TemporaryFolder
    let server: HostileServer
    let outbox: Outbox
    let roster: RosterStore
    let boot = UUID()
    let log = RecordedLog()
    let rosterNews = Atomic(0)
    let serverTimes = Mutex<[Instant]>([])
    let confirmed = Mutex<[String]>([])

    init() throws {
        folder = try TemporaryFolder()
        server = try HostileServer.shared.get()
        outbox = try Outbox(path: folder.file("outbox.db"))
        roster = try RosterStore(
            path: folder.file("roster.db"), vault: TemplateVault(key: [UInt8](repeating: 7, count: 32)))
    }

    /// A request's way to a case of the hostile server.
    func link(_ name: String = "good", listener: String = "good", host: String = "localhost") throws -> ServerLink {
        ServerLink(
            address: try ServerAddress("\(server.address(listener, host: host))/\(name)"),
            token: try BearerToken(Redacted("test-token")), authorityFile: server.authority)
    }

    /// A running client of a case that does nothing on its own after its first round, unless told otherwise.
    func client(
        _ name: String, limits: TransferLimits = TransferLimits(),
        intervals: SyncIntervals = SyncIntervals(
            roster: .seconds(3600), marks: .seconds(3600), heartbeat: .seconds(3600)),
        backoff: Backoff = Backoff(base: .milliseconds(20), cap: .milliseconds(100)), tokens: TokenKeeper? = nil
    ) throws -> SyncClient {
        try SyncClient(
            link: link(name), tokens: tokens, limits: limits, intervals: intervals, backoff: backoff, outbox: outbox,
            roster: roster,
            boot: boot,
            hooks: SyncHooks(
                serverTime: { time, _, _ in self.serverTimes.withLock { $0.append(time) } },
                rosterChanged: { self.rosterNews.add(1, ordering: .relaxed) },
                rosterConfirmed: { cursor in self.confirmed.withLock { $0.append(cursor) } },
                heartbeat: { [boot] in
                    Heartbeat(
                        version: "1.2.3", bootID: boot, uptimeSeconds: 1, camera: "running", rosterCursor: nil,
                        rosterPeople: 0, outboxDepth: 0, outboxOldestSeconds: nil, clock: .synchronised, memoryBytes: 0)
                }),
            logger: Logger(label: "sync") { _ in log })
    }

    /// Records marks of different people; returns their ids.
    @discardableResult
    func record(_ count: Int) throws -> Set<UUID> {
        var ids: Set<UUID> = []
        for number in 0..<count {
            let mark = Mark(
                id: UUID(), person: UUID(), session: SessionID(date: try LocalDate(year: 2026, month: 9, day: 1)),
                at: Instant(milliseconds: 1_788_246_000_000 + Int64(number)), status: .present, bootID: boot,
                bootTime: Int64(number), clock: .synchronised, shots: 3, score: 0.4)
            _ = try outbox.record(mark)
            ids.insert(mark.id)
        }
        return ids
    }

    /// The ids of the outbox's marks in a state.
    func marks(_ state: MarkState) throws -> Set<UUID> {
        Set(try outbox.recentMarks(limit: 10_000).filter { $0.state == state }.map(\.mark.id))
    }

    /// The ids that the server has stored for a case.
    func stored(_ name: String) throws -> Set<UUID> {
        Set(try server.seen(name).stored.keys.compactMap { UUID(uuidString: $0) })
    }
}

/// Looks until a condition holds; false when it does not within two minutes.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    let deadline = BootClock.now + .seconds(120)
    while try !condition() {
        guard BootClock.now < deadline else { return false }
        usleep(2000)
    }
    return true
}

/// A log handler that keeps what it is given.
final class RecordedLog: LogHandler, Sendable {
    struct Entry: Sendable {
        let level: Logger.Level
        let message: String
        let metadata: Logger.Metadata
    }

    private let kept = Mutex<[Entry]>([])

    var entries: [Entry] { kept.withLock { $0 } }

    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        kept.withLock {
            $0.append(Entry(level: event.level, message: "\(event.message)", metadata: event.metadata ?? [:]))
        }
    }
}
