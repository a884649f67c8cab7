import Attendance
import Database
import Foundation
import Logging
import SyncProtocol
import Systemd
import Terminal

/// A terminal's storage and sync at work, without its camera.
struct CrashChild {
    private let outbox: Outbox
    private let roster: RosterStore
    private let sync: SyncClient
    private let boot: UUID

    /// Opens outbox and roster in a folder, which holds the terminal's `token` too, and starts the sync with the server at
    /// `address`, whose authority's certificate is in the file `authority`.
    init(folder: String, address: String, authority: String) throws {
        let boot = UUID()
        self.boot = boot
        outbox = try Outbox(path: folder + "/outbox.db")
        roster = try RosterStore(
            path: folder + "/roster.db", vault: TemplateVault(key: [UInt8](repeating: 7, count: 32)))
        let token = try String(contentsOfFile: folder + "/token", encoding: .utf8)
        sync = try SyncClient(
            link: ServerLink(
                address: ServerAddress(address),
                token: BearerToken(Redacted(token.trimmingCharacters(in: .whitespacesAndNewlines))),
                authorityFile: authority),
            intervals: SyncIntervals(roster: .milliseconds(50), marks: .milliseconds(20), heartbeat: .milliseconds(50)),
            backoff: Backoff(base: .milliseconds(20), cap: .milliseconds(100)),
            outbox: outbox, roster: roster, boot: boot,
            hooks: SyncHooks(
                serverTime: { _, _, _ in }, rosterChanged: {},
                heartbeat: {
                    Heartbeat(
                        version: "0.0.0", bootID: boot, uptimeSeconds: 1, camera: "running", rosterCursor: nil,
                        rosterPeople: 0, outboxDepth: 0, outboxOldestSeconds: nil, clock: .synchronised, memoryBytes: 0)
                }),
            logger: Logger(label: "crash-child") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Waits for the roster, then sees its people at random, a second apart, on `days` days, the first of them `day` days
    /// after 1 January 1970. Prints the id of each mark after `record` has returned.
    func record(day: Int, days: Int) throws {
        while try roster.load().people.isEmpty { usleep(1000) }
        let people = try roster.load().people.map(\.id)
        var random = SystemRandomNumberGenerator()
        for day in day..<day + days {
            for second in 0..<people.count * 2 {
                let at = Instant(milliseconds: Int64(day) * 86_400_000 + 43_200_000 + Int64(second) * 1000)
                let mark = Mark(
                    id: UUIDv7.make(at: at, using: &random), person: people.randomElement() ?? boot,
                    session: SessionID(date: LocalDate(daysSince1970: day)), at: at, status: .absent, bootID: boot,
                    bootTime: Int64(second) * 1_000_000_000, clock: .synchronised, shots: 3, score: 0.5)
                guard try outbox.record(mark) == .recorded else { continue }
                sync.markRecorded()
                let line = Array("\(mark.id.uuidString)\n".utf8)
                guard write(STDOUT_FILENO, line, line.count) == line.count else { return }
            }
        }
    }

    /// Waits until the server has everything.
    func drain() throws {
        while try outbox.summary.depth > 0 { usleep(5000) }
        sync.stop()
        outbox.close()
    }
}
