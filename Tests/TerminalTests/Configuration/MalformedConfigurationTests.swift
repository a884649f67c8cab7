import Configuration
import Foundation
import Testing

@testable import Terminal

@Suite("Malformed configurations of a terminal")
struct MalformedConfigurationTests {
    @Test func thereAreAtLeastAHundredDifferentOnes() {
        #expect(Set(MalformedConfiguration.all.map(\.text)).count == MalformedConfiguration.all.count)
        #expect(MalformedConfiguration.all.count >= 100)
    }

    @Test(arguments: MalformedConfiguration.all)
    func isRefusedWithFileLineAndReason(_ malformed: MalformedConfiguration) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rollcall-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("terminal.toml")
        try Data(malformed.text.utf8).write(to: file)

        do {
            _ = try TerminalConfiguration.load(file.path)
            Issue.record("accepted")
        } catch {
            let message = error.description
            #expect(message.hasPrefix("\(file.path):\(malformed.line): \(malformed.reason)"))
            #expect(!message.unicodeScalars.contains { $0.properties.generalCategory == .control })
            #expect(!message.contains("secret"), "a secret reached the message")
        }
    }

    @Test func theExitStatusIsThatOfSysexits() {
        #expect(ConfigurationError.exitStatus == 78)
    }
}
