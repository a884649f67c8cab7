import Foundation
import Testing

@testable import Systemd

/// A service manager's end of NOTIFY_SOCKET: a real datagram socket.
struct ManagerSocket {
    let descriptor: Int32

    /// An abstract name begins with "@".
    init?(_ name: String) {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(name.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            room.copyBytes(from: bytes)
            if name.hasPrefix("@") { room[0] = 0 }
        }
        // An abstract name is as long as its bytes; a path ends with its NUL.
        let length = MemoryLayout<sa_family_t>.size + bytes.count + (name.hasPrefix("@") ? 0 : 1)
        let bound = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(length)) }
        }
        guard bound == 0 else { return nil }
    }

    /// The next datagram, or nil when none is waiting.
    func receive() -> String? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
    }
}

/// sd_notify reads the process's variables, so each of these runs in a process of its own.
@Suite("Telling the service manager")
struct NotifierTests {
    private static func tellEverything(over name: String) throws {
        let manager = try #require(ManagerSocket(name))
        setenv("NOTIFY_SOCKET", name, 1)
        let notifier = Notifier()

        #expect(try notifier.ready(status: "Watching the door"))
        #expect(manager.receive() == "READY=1\nSTATUS=Watching the door")
        #expect(try notifier.status("a\nMAINPID=1"))
        #expect(manager.receive() == "STATUS=a\\nMAINPID=1")
        #expect(try notifier.watchdog())
        #expect(manager.receive() == "WATCHDOG=1")
        #expect(try notifier.stopping(status: "Flushing"))
        #expect(manager.receive() == "STOPPING=1\nSTATUS=Flushing")

        var before = timespec()
        clock_gettime(CLOCK_MONOTONIC, &before)
        #expect(try notifier.reloading())
        let lines = try #require(manager.receive()).split(separator: "\n")
        #expect(lines.first == "RELOADING=1")
        let written = try #require(lines.last.flatMap { Int($0.dropFirst("MONOTONIC_USEC=".count)) })
        let earliest = before.tv_sec * 1_000_000 + before.tv_nsec / 1000
        #expect(written >= earliest && written < earliest + 60_000_000)
        #expect(manager.receive() == nil)
    }

    private static func readIntervals() throws {
        unsetenv("WATCHDOG_PID")
        unsetenv("WATCHDOG_USEC")
        #expect(try Notifier.watchdogInterval() == nil)
        setenv("WATCHDOG_USEC", "60000000", 1)
        #expect(try Notifier.watchdogInterval() == .seconds(60))
        setenv("WATCHDOG_PID", "\(getpid())", 1)
        #expect(try Notifier.watchdogInterval() == .seconds(60))
        setenv("WATCHDOG_PID", "1", 1)
        #expect(try Notifier.watchdogInterval() == nil)
        setenv("WATCHDOG_USEC", "soon", 1)
        setenv("WATCHDOG_PID", "\(getpid())", 1)
        #expect(throws: SystemdError.self) { try Notifier.watchdogInterval() }
    }

    @Test func overASocketWithAPath() async {
        await #expect(processExitsWith: .success) {
            let path = "/tmp/rollcall-notify-\(getpid())"
            defer { unlink(path) }
            try NotifierTests.tellEverything(over: path)
        }
    }

    @Test func overAnAbstractSocket() async {
        await #expect(processExitsWith: .success) {
            try NotifierTests.tellEverything(over: "@rollcall-notify-\(getpid())")
        }
    }

    @Test func withoutAManagerNothingHappens() async {
        await #expect(processExitsWith: .success) {
            unsetenv("NOTIFY_SOCKET")
            let wasTold = try Notifier().ready(status: "x")
            #expect(!wasTold)
        }
    }

    @Test func aManagerThatIsGoneIsAnError() async {
        await #expect(processExitsWith: .success) {
            setenv("NOTIFY_SOCKET", "/tmp/rollcall-nobody-\(getpid())", 1)
            #expect(throws: SystemdError.notNotified(state: "READY=1", code: -ENOENT)) {
                try Notifier().ready(status: "x")
            }
        }
    }

    @Test func theWatchdogsIntervalIsRead() async {
        await #expect(processExitsWith: .success) {
            try NotifierTests.readIntervals()
        }
    }
}
