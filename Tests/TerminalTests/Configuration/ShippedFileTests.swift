import Configuration
import Foundation
import Testing

@testable import Terminal

@Suite("etc/rollcall/terminal.toml")
struct ShippedFileTests {
    private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../etc/rollcall/terminal.toml").standardizedFileURL.path

    /// Keys whose line shows an example, because without them the machine or the system decides.
    private static let examples: Set = [
        "camera.path", "camera.width", "camera.height", "camera.rate", "server.ca_file",
    ]

    private struct Line {
        let number: Int
        let table: String
        let key: String
    }

    private static func lines() throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
    }

    /// Lines like `#key = value`, which a person would uncomment.
    private static func commentedKeys(_ lines: [String]) -> [Line] {
        var table = ""
        var result: [Line] = []
        for (number, line) in lines.enumerated() {
            if line.hasPrefix("[") { table = line.trimmingCharacters(in: ["[", "]"]) }
            let key = line.dropFirst().prefix { $0.isLowercase || $0 == "_" }
            guard line.hasPrefix("#\(key) = "), !key.isEmpty else { continue }
            result.append(Line(number: number, table: table, key: String(key)))
        }
        return result
    }

    private func read(_ lines: [String]) throws -> (TerminalConfiguration, TomlDocument) {
        let document = try TomlDocument(
            bytes: Array(lines.joined(separator: "\n").utf8), file: "/etc/rollcall/terminal.toml")
        let configuration = try TerminalConfiguration(document)
        try document.finish()
        return (configuration, document)
    }

    @Test func isAccepted() throws {
        let configuration = try TerminalConfiguration.load(Self.path)
        #expect(configuration.server.url == "https://rollcall.example:8443")
        #expect(configuration.camera.device == "/dev/video0")
        #expect(configuration.attendance.times == .standard)
    }

    @Test func showsEveryKeyThatIsRead() throws {
        let lines = try Self.lines()
        let (_, document) = try read(lines)
        let shown = Set(Self.commentedKeys(lines).map { "\($0.table).\($0.key)" }).union(["server.url"])
        #expect(shown.sorted() == document.knownKeys)
    }

    @Test func showsTheDefaultsThatHold() throws {
        var lines = try Self.lines()
        let (standard, _) = try read(lines)
        for key in Self.commentedKeys(lines) where !Self.examples.contains("\(key.table).\(key.key)") {
            lines[key.number].removeFirst()
            #expect(try read(lines).0 == standard, "line \(key.number + 1)")
        }
    }

    @Test func isAcceptedWithEveryLineUncommented() throws {
        var lines = try Self.lines()
        for key in Self.commentedKeys(lines) { lines[key.number].removeFirst() }
        let (configuration, _) = try read(lines)
        #expect(configuration.camera.size == .init(width: 1280, height: 720))
        #expect(configuration.camera.path == "/etc/rollcall/arrivals.y4m")
        #expect(configuration.server.certificateAuthorityFile == "/etc/rollcall/ca.pem")
    }

    @Test func explainsEveryKey() throws {
        let lines = try Self.lines()
        for key in Self.commentedKeys(lines) {
            // The comment stands above the key, or above the keys that are explained together.
            let before = lines[..<key.number].reversed().prefix { !$0.isEmpty }
            #expect(before.contains { $0.hasPrefix("# ") }, "line \(key.number + 1)")
        }
    }
}
