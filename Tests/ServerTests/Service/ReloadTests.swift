import Foundation
import Logging
import Synchronization
import Systemd
import TestSupport
import Testing

@testable import Server

/// What a reload takes over, and what it says of the rest.
@Suite(.timeLimit(.minutes(10))) struct ReloadTests {
    let server: LiveServer
    private let lines = Lines()

    init() async throws { server = try await LiveServer() }

    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    private struct Keeper: LogHandler {
        let lines: Lines
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.all.withLock { $0.append("\(event.level): \(event.message)") }
        }
    }

    /// Reads the file after this change of its text; gives the warnings, and the door.
    private func reload(
        _ door: UploadDoor = UploadDoor(UploadConfiguration()), _ change: (String) -> String
    ) async throws -> [String] {
        let path = server.folder.file("server.toml")
        try server.folder.write("server.toml", change(try String(contentsOfFile: path, encoding: .utf8)))
        let database = try server.openDatabase()
        defer { database.close() }
        let lines = lines
        let reload = Reload(
            path: path, running: server.configuration, database: DatabaseThread(database),
            tls: try TLSMaterial(server.configuration.tls), door: door, threshold: LogThreshold(.info),
            logger: Logger(label: "test") { _ in Keeper(lines: lines) })
        await reload.reload(path)
        return lines.all.withLock { $0 }.filter { $0.hasPrefix("warning") || $0.hasPrefix("error") }
    }

    @Test func whatIsTakenOverNeedsNoRestart() async throws {
        let warnings = try await reload { text in
            text.replacing("Europe/London", with: "Asia/Tokyo") + "\nlevel = \"debug\"\n[upload]\ntotal = 5\n"
        }
        #expect(warnings.isEmpty, "\(warnings)")
    }

    @Test func theWarningNamesExactlyWhatChanged() async throws {
        let mail = try await reload { text in
            text + "\n[mail]\nurl = \"smtps://mail.example\"\nfrom = \"a@b.example\"\n[reports]\ndaily = true\n"
        }
        #expect(mail == ["warning: [mail], [reports] changed: restart the server for it"])
    }

    @Test func theDatabaseTakesTheDefaultFolderOfImagesWithIt() throws {
        let running = server.configuration
        var new = running
        new.database = .file("/elsewhere/x.sqlite")
        new.images.folder = "/pictures"
        #expect(new.partsThatNeedRestart(after: running) == ["[database]", "[images]"])
        var other = running
        other.images = ImagesConfiguration(beside: running.database)
        var moved = other
        moved.database = new.database
        moved.images = ImagesConfiguration(beside: new.database)
        #expect(moved.partsThatNeedRestart(after: other) == ["[database]"])
        moved = running
        moved.port = 1
        moved.signingKeyFile = "x"
        moved.models.path = "x"
        moved.logDestination = .journal
        #expect(
            moved.partsThatNeedRestart(after: running)
                == ["[listen]", "[models]", "[keys]", "the destination of [log]"])
    }

    @Test func theDoorForPhotographsShutsAtOnce() async throws {
        var open = UploadConfiguration()
        open.isEnabled = true
        open.networks = NetworkList([NetworkList.Network("127.0.0.0/8")].compactMap(\.self))
        let door = UploadDoor(open)
        #expect(try await reload(door) { $0 + "\n[upload]\nenabled = false\n" }.isEmpty)
        #expect(!door.current.configuration.isEnabled)
        #expect(lines.all.withLock { $0 }.contains("notice: Photographs without a login are no longer taken"))
        let opened = "\n[upload]\nenabled = true\nnetworks = [\"127.0.0.0/8\"]\ntotal = 1\n"
        _ = try await reload(door) { $0.replacing("\n[upload]\nenabled = false\n", with: opened) }
        #expect(door.current.configuration.isEnabled)
        #expect(door.current.limits.wait(network: "a") == nil && door.current.limits.wait(network: "b") != nil)
        _ = try await reload(door) { $0.replacing("Europe/London", with: "Mars/Olympus") }
        #expect(door.current.configuration.isEnabled, "a refused file changes nothing")
    }

    /// The whole program: the path is there, and after the reload it is not.
    @Test func theProgramShutsTheDoorOnSIGHUP() async throws {
        let path = server.folder.file("server.toml")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try server.folder.write("server.toml", text + "\n[upload]\nenabled = true\nnetworks = [\"10.0.0.0/8\"]\n")
        let process = try await ServerProcess(server)
        #expect(try await server.curl(process.port, "/attendance/mark", post: [1]).status == 403)
        try server.folder.write("server.toml", text)
        process.command.send(SIGHUP)
        try await process.waitFor("no longer taken")
        #expect(try await server.curl(process.port, "/attendance/mark", post: [1]).status == 404)
        #expect(await process.stop().status == 0)
    }
}
