import Foundation
import Logging
import Testing

@testable import Systemd

/// A journald of the test's own: it runs on a `/run` that only the calling thread and its children see.
private struct PrivateJournal {
    private static let daemon = "/lib/systemd/systemd-journald"
    private let process = Process()

    /// Only root may make a mount namespace, and not in every container.
    static var isPossible: Bool {
        let files = FileManager.default
        guard geteuid() == 0, files.isExecutableFile(atPath: daemon),
            files.isExecutableFile(atPath: "/usr/bin/journalctl"),
            files.contents(atPath: "/etc/machine-id")?.count == 33
        else { return false }
        return (try? run("/usr/bin/unshare", "--mount", "mount", "-t", "tmpfs", "none", "/run").status) == 0
    }

    /// Everything that follows must happen on the calling thread.
    init() throws {
        // Swift's overlay of the C library leaves out these two calls.
        typealias Unshare = @convention(c) (Int32) -> Int32
        typealias Mount =
            @convention(c) (
                UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafePointer<CChar>?, UInt, UnsafeRawPointer?
            ) -> Int32
        let unshare = unsafeBitCast(try #require(dlsym(nil, "unshare")), to: Unshare.self)
        let mount = unsafeBitCast(try #require(dlsym(nil, "mount")), to: Mount.self)
        let (newMounts, recursive, privately): (Int32, UInt, UInt) = (0x20000, 1 << 14, 1 << 18)
        try #require(unshare(newMounts) == 0)
        try #require(mount("none", "/", nil, recursive | privately, nil) == 0)
        try #require(mount("none", "/run", "tmpfs", 0, nil) == 0)
        try FileManager.default.createDirectory(atPath: "/run/systemd/journal", withIntermediateDirectories: true)
        process.executableURL = URL(fileURLWithPath: Self.daemon)
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<1000 where !FileManager.default.fileExists(atPath: "/run/systemd/journal/io.systemd.journal") {
            usleep(10_000)
        }
    }

    /// The entries with that MESSAGE_ID, after everything sent so far has been written.
    func entries(_ id: MessageID) throws -> [[String: Any]] {
        #expect(try run("/usr/bin/journalctl", "--sync").status == 0)
        let output = try run("/usr/bin/journalctl", "--output=json", "--all", "MESSAGE_ID=\(id.rawValue)").output
        return try output.split(separator: "\n").compactMap {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
    }

    /// By SIGKILL: a child of a thread of the tests begins with SIGTERM blocked.
    func stop() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

@Suite("The journal itself")
struct JournalTests {
    @Test(.enabled(if: PrivateJournal.isPossible, "needs root, mount namespaces and systemd-journald"))
    func storesWhatALoggerSends() async {
        await #expect(processExitsWith: .success) { try JournalTests.logAndReadBack() }
    }

    private static func logAndReadBack() throws {
        let journal = try PrivateJournal()
        defer { journal.stop() }
        let logger = Logs(identifier: "rollcalld", level: .info, destination: .journal).logger("camera")
        logger.log(
            .cameraLost, .error, "Camera \"/dev/video0\" lost\nPRIORITY=0", metadata: ["device": "é\n\u{1b}[31m"])
        logger.log(.cameraLost, .debug, "below the level")
        logger.log(.cameraFound, .notice, "Camera found")

        let entries = try journal.entries(.cameraLost)
        #expect(entries.count == 1)
        let entry = try #require(entries.first)
        func field(_ name: String) -> String? { entry[name] as? String }
        #expect(field("MESSAGE") == "Camera \"/dev/video0\" lost\\nPRIORITY=0")
        #expect(field("PRIORITY") == "3")
        #expect(field("SYSLOG_IDENTIFIER") == "rollcalld")
        #expect(field("ROLLCALL_COMPONENT") == "camera")
        #expect(field("ROLLCALL_DEVICE") == "é\\n\\u{1b}[31m")
        #expect(field("CODE_FILE") == "SystemdTests/JournalTests.swift")
        #expect(field("_TRANSPORT") == "journal")
        #expect(try journal.entries(.cameraFound).count == 1)
    }

    @Test func withoutAJournalNothingFails() {
        #expect(sendToJournal([]) <= 0)
        #expect(sendToJournal(["MESSAGE=from a test of Rollcall", "PRIORITY=7"]) == 0)
    }
}
