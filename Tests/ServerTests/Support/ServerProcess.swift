import Foundation
import TestSupport

/// A running `rollcall-server`, killed when nobody holds it any more.
struct ServerProcess {
    let command: Command
    private(set) var port = 0

    init(_ server: LiveServer) async throws {
        command = try Command(
            try BuiltProgram("rollcall-server").path, ["run", "--config", server.folder.file("server.toml")])
        let line = try await waitFor("port=")
        port = Int(line.components(separatedBy: "port=").last?.prefix { $0.isNumber } ?? "") ?? 0
    }

    /// Waits until the log has a line with this text.
    @discardableResult
    func waitFor(_ text: String) async throws -> String {
        while true {
            let log = command.text("errors")
            if let line = log.split(separator: "\n").first(where: { $0.contains(text) }) { return String(line) }
            guard kill(command.processID, 0) == 0 else { throw FixtureError("rollcall-server ended: \(log)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    func stop(_ signal: Int32 = SIGTERM) async -> Command.Result {
        command.send(signal)
        return await command.result()
    }
}
