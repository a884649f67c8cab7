// One sync under a hostile server, in a process of its own so that its memory can be measured:
//
//     sync-child FOLDER ADDRESS CASE CA-FILE MARKS FAILURES PATIENCE
//
// Syncs once with ADDRESS/good so that everything is loaded, then records MARKS marks and syncs them with ADDRESS/CASE
// until the outbox is empty or FAILURES requests have failed, and prints one line of JSON. A transfer that stands still
// for PATIENCE seconds is given up.

import Attendance
import Capture
import Database
import FoundationEssentials
import Glibc
import Logging
import SyncProtocol
import Synchronization
import Systemd
import Terminal

/// What the test reads.
struct Outcome: Codable {
    /// Kilobytes by which the peak of resident memory went above what a good server takes.
    var growth = 0
    var pending: [UUID] = []
    var acknowledged: [UUID] = []
    var rejected: [UUID] = []
    /// Every kind of error that showed.
    var kinds: Set<String> = []
    var lastError: String?
    var foreignResults = 0
    var rosterPeople = 0
    var rosterNews = 0
    var serverTimes = 0
}

/// What the callbacks count on the sync's thread.
final class Counts: Sendable {
    let news = Atomic(0)
    let times = Atomic(0)
}

@main
struct SyncChild {
    let folder: String
    let address: String
    let authority: String
    let patience: Duration
    let boot = UUID()

    static func main() throws {
        let arguments = CommandLine.arguments
        let child = SyncChild(
            folder: arguments[1], address: arguments[2], authority: arguments[4],
            patience: .seconds(Int(arguments[7]) ?? 60))
        let outcome = try child.run(arguments[3], marks: Int(arguments[5]) ?? 0, failures: Int(arguments[6]) ?? 1)
        print(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
    }

    func run(_ name: String, marks: Int, failures: Int) throws -> Outcome {
        let vault = try TemplateVault(key: [UInt8](repeating: 7, count: 32))
        let warmOutbox = try Outbox(path: folder + "/warm-outbox.db")
        let warmRoster = try RosterStore(path: folder + "/warm-roster.db", vault: vault)
        for number in 0..<3 { _ = try warmOutbox.record(mark(number)) }
        var warm = Outcome()
        try sync("good", warmOutbox, warmRoster, into: &warm) { try warmOutbox.summary.depth == 0 && $0.isHealthy }

        let outbox = try Outbox(path: folder + "/outbox.db")
        let roster = try RosterStore(path: folder + "/roster.db", vault: vault)
        for number in 0..<marks { _ = try outbox.record(mark(number)) }
        resetPeak()
        let before = try memory("VmRSS")
        var outcome = Outcome()
        try sync(name, outbox, roster, into: &outcome) {
            try $0.consecutiveFailures >= failures || ($0.isHealthy && outbox.summary.depth == 0)
        }
        outcome.growth = try memory("VmHWM") - before

        for row in try outbox.recentMarks(limit: marks) {
            switch row.state {
            case .pending, .superseded: outcome.pending.append(row.mark.id)
            case .acknowledged: outcome.acknowledged.append(row.mark.id)
            case .rejected: outcome.rejected.append(row.mark.id)
            }
        }
        outcome.rosterPeople = try roster.load().people.count
        return outcome
    }

    /// One sync with a case, until `isDone` says so or, so that the child always ends, five minutes are over.
    private func sync(
        _ name: String, _ outbox: Outbox, _ roster: RosterStore, into outcome: inout Outcome,
        until isDone: (SyncState) throws -> Bool
    ) throws {
        let counts = Counts()
        let client = try SyncClient(
            link: ServerLink(
                address: ServerAddress("\(address)/\(name)"), token: BearerToken(Redacted("test-token")),
                authorityFile: authority),
            limits: TransferLimits(connect: .seconds(60), total: .seconds(120), stallTime: patience),
            intervals: SyncIntervals(
                roster: .milliseconds(300), marks: .milliseconds(50), heartbeat: .milliseconds(300)),
            backoff: Backoff(base: .milliseconds(20), cap: .milliseconds(100), longestRetryAfter: .milliseconds(100)),
            outbox: outbox, roster: roster, boot: boot,
            hooks: SyncHooks(
                serverTime: { _, _, _ in counts.times.add(1, ordering: .relaxed) },
                rosterChanged: { counts.news.add(1, ordering: .relaxed) },
                heartbeat: { [boot] in
                    Heartbeat(
                        version: "0.0.0", bootID: boot, uptimeSeconds: 1, camera: "running", rosterCursor: nil,
                        rosterPeople: 0, outboxDepth: 0, outboxOldestSeconds: nil, clock: .synchronised, memoryBytes: 0)
                }),
            logger: Logger(label: "sync-child") { _ in SwiftLogNoOpLogHandler() })
        let deadline = BootClock.now + .seconds(300)
        var state = client.state
        while try !isDone(state), BootClock.now < deadline {
            outcome.kinds.formUnion(state.errors.values.map(\.kind))
            usleep(2000)
            state = client.state
        }
        outcome.kinds.formUnion(state.errors.values.map(\.kind))
        outcome.lastError = state.lastError?.description
        outcome.foreignResults = state.foreignResults
        client.stop(flush: .zero)
        outcome.rosterNews = counts.news.load(ordering: .relaxed)
        outcome.serverTimes = counts.times.load(ordering: .relaxed)
    }

    private func mark(_ number: Int) throws -> Mark {
        Mark(
            id: UUID(), person: UUID(), session: SessionID(date: try LocalDate(year: 2026, month: 9, day: 1)),
            at: Instant(milliseconds: 1_788_246_000_000 + Int64(number)), status: .present, bootID: boot,
            bootTime: Int64(number), clock: .synchronised, shots: 3, score: 0.4)
    }
}

/// A value of /proc/self/status in kilobytes.
private func memory(_ name: String) throws -> Int {
    let status = try String(decoding: Data(contentsOf: URL(filePath: "/proc/self/status")), as: UTF8.self)
    let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
    return line.flatMap { Int($0.split { !$0.isNumber }.first ?? "") } ?? 0
}

/// Lets the peak of resident memory begin anew. Where the kernel does not allow it the old peak stays in the figure.
private func resetPeak() {
    let file = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    _ = write(file, "5", 1)
    close(file)
}
