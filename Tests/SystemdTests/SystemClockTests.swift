import Foundation
import Testing

@testable import Systemd

/// libsystemd reads the bus's address from the process's variables, so each of these runs in a process of its own.
@Suite("The synchronised clock")
struct SystemClockTests {
    private static let programs = ["/usr/bin/dbus-daemon", "/lib/systemd/systemd-timedated", "/usr/bin/dbus-send"]
    private static let isPossible = geteuid() == 0 && programs.allSatisfy(FileManager.default.isExecutableFile)

    @Test func withoutABusItIsNotKnown() async {
        await #expect(processExitsWith: .success) {
            setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1)
            let error = #expect(throws: SystemdError.clockUnclear(code: -ENOENT)) { try SystemClock.isSynchronised() }
            let message = try #require(error).description
            #expect(message.contains("systemd-timedated"))
        }
    }

    @Test(.enabled(if: isPossible, "needs root, dbus-daemon and systemd-timedated"))
    func timedatedIsAsked() async {
        await #expect(processExitsWith: .success) { try SystemClockTests.askTimedated() }
    }

    /// A system bus of the test's own with the real systemd-timedated on it.
    private static func askTimedated() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rollcall-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let configuration = """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
              "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig><type>system</type><listen>unix:path=\(folder)/bus</listen><auth>EXTERNAL</auth>
            <policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*"/>
            <allow receive_sender="*"/></policy></busconfig>
            """
        try Data(configuration.utf8).write(to: URL(fileURLWithPath: folder + "/bus.conf"))
        setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=\(folder)/bus", 1)

        let bus = try start(programs[0], "--config-file=\(folder)/bus.conf", "--nofork")
        defer { stop(bus) }
        for _ in 0..<1000 where !FileManager.default.fileExists(atPath: folder + "/bus") { usleep(10_000) }
        let timedated = try start(programs[1])
        defer { stop(timedated) }
        let asked = [
            "org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.timedate1",
        ]
        for _ in 0..<1000 {
            if try ask(asked).contains("true") { break }
            usleep(10_000)
        }

        let answer = try SystemClock.isSynchronised()
        let told = try ask([
            "org.freedesktop.timedate1", "/org/freedesktop/timedate1", "org.freedesktop.DBus.Properties.Get",
            "string:org.freedesktop.timedate1", "string:NTPSynchronized",
        ])
        #expect(told.hasSuffix("boolean \(answer)"))
        // The answer holds for a while, so that asking each second costs nothing.
        stop(bus)
        let again = try SystemClock.isSynchronised()
        #expect(again == answer)
    }

    /// What dbus-send gets for a destination, an object, a method and its arguments.
    private static func ask(_ call: [String]) throws -> String {
        let arguments = ["--system", "--print-reply=literal", "--dest=\(call[0])"] + call.dropFirst()
        return try run("/usr/bin/dbus-send", arguments: arguments).output.trimmingCharacters(
            in: .whitespacesAndNewlines)
    }

    private static func start(_ program: String, _ arguments: String...) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// By SIGKILL: a child of a thread of the tests begins with SIGTERM blocked.
    private static func stop(_ process: Process) {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }
}
