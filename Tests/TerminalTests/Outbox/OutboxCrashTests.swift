import Attendance
import Database
import Foundation
import SyncProtocol
import Testing

@testable import Terminal

/// Kills a process that records and syncs marks, at random moments, and looks at what it left behind.
@Suite struct OutboxCrashTests {
    private static let kills = 300
    private let folder: OutboxFolder

    init() throws { folder = try OutboxFolder() }

    @Test("300 kills: no recorded mark is lost, none is on the server twice", .timeLimit(.minutes(10)))
    func kills() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("outbox crash test: seed \(seed)")
        var numbers = SeededNumbers(seed)
        var recorded: Set<String> = []
        for round in 0..<Self.kills {
            // Every tenth round the outbox and the server begin anew, so that the making of the files is hit as well.
            if round % 10 == 0 {
                try checkAll(recorded)
                recorded = []
                for name in try folder.names() { try FileManager.default.removeItem(atPath: folder.file(name)) }
            }
            let lines = try killedChild(round: round, numbers: &numbers)
            #expect(recorded.isDisjoint(with: lines))
            recorded.formUnion(lines)
            try check(lines, round: round)
        }
        try checkAll(recorded)
    }

    /// Starts the child, waits for some lines or microseconds, kills it, and returns the ids it printed.
    private func killedChild(round: Int, numbers: inout SeededNumbers) throws -> [String] {
        let child = Process()
        child.executableURL = try Self.executable()
        child.arguments = [
            folder.file(), folder.file("server.db"), String(numbers.next()), String(Int64(round) * 10_000),
        ]
        let output = Pipe()
        child.standardOutput = output
        try child.run()
        var printed = Data()
        let wanted = Int.random(in: 0...25, using: &numbers)
        while printed.count(where: { $0 == UInt8(ascii: "\n") }) < wanted {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            printed += more
        }
        usleep(UInt32.random(in: 0...(wanted == 0 ? 60_000 : 3_000), using: &numbers))
        kill(child.processIdentifier, SIGKILL)
        printed += output.fileHandleForReading.readDataToEndOfFile()
        child.waitUntilExit()
        #expect(child.terminationReason == .uncaughtSignal && child.terminationStatus == SIGKILL)
        // A line is written whole or not at all only up to the kill: a last one without its end does not count.
        let whole = printed.prefix(upTo: printed.lastIndex(of: UInt8(ascii: "\n")) ?? printed.startIndex)
        return String(decoding: whole, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func check(_ ids: [String], round: Int) throws {
        let outbox = try folder.open()
        #expect(try outbox.summary.damage == [], "round \(round)")
        try outbox.access { (connection, _) throws(DatabaseError) in
            #expect(try connection.check(quick: false) == [])
            for id in ids {
                let row = try connection.queryFirst("SELECT state FROM marks WHERE id = ?", [.text(id)])
                #expect(row?["state"] == "pending" || row?["state"] == "acknowledged", "mark \(id) of round \(round)")
            }
        }
        outbox.close()
        try checkServer()
    }

    private func checkServer() throws {
        let server = try SQLiteConnection(path: folder.file("server.db"), use: .shared())
        guard try server.schemaVersion() == 1 else { return }
        #expect(try server.check(quick: false) == [])
        let doubled = try server.query(
            "SELECT person, session FROM received GROUP BY person, session HAVING COUNT(*) > 1")
        #expect(doubled == [])
    }

    /// Sends what is left; then the server has every recorded mark, and nothing that the outbox does not know as sent.
    private func checkAll(_ recorded: Set<String>) throws {
        guard FileManager.default.fileExists(atPath: folder.file("server.db")) else { return }
        let server = try SQLiteConnection(path: folder.file("server.db"), use: .shared())
        guard try server.schemaVersion() == 1 else { return }
        let outbox = try folder.open()
        while case let batch = try outbox.batch(limit: 200, boot: UUID()), !batch.isEmpty {
            for mark in batch {
                try server.execute(
                    "INSERT INTO received (id, person, session) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
                    [.text(mark.id.uuidString), .text(mark.person.uuidString), .text("\(mark.session)")])
            }
            try outbox.acknowledge(batch.map { .accepted($0.id) })
        }
        let received = try Set(server.query("SELECT id FROM received").map { try $0.text("id") })
        #expect(recorded.subtracting(received).isEmpty)
        let known = try outbox.recentMarks(limit: 1_000_000)
        #expect(known.allSatisfy { $0.state == .acknowledged })
        #expect(received == Set(known.map(\.mark.id.uuidString)))
        // At most the mark that was being printed at each kill is there without having been seen.
        #expect(received.count - recorded.count <= 10)
        outbox.close()
        try checkServer()
    }

    /// `swift test` puts the programs of the package beside the tests.
    private static func executable() throws -> URL {
        let tests = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let beside =
            [tests, Bundle.main.bundleURL.appendingPathComponent("tests")]
            + CommandLine.arguments.map {
                URL(fileURLWithPath: $0)
            }
        let candidates = beside.map { $0.deletingLastPathComponent().appendingPathComponent("outbox-crash-child") }
        let found = candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
        return try #require(found, "outbox-crash-child was not built beside the tests")
    }
}
