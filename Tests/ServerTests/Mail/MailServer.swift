import Foundation
import Systemd
import TestSupport

@testable import Server

/// A letter as Python's parser of mail reads it.
struct ReceivedLetter: Decodable, Sendable {
    let sender: String
    let recipient: String
    let headers: [String: String]
    let addresses: [String]
    let names: [String]
    let text: String
    let html: String
    let defects: [String]
    let longest: Int
    let isASCII: Bool
    let hasBareNewline: Bool

    private enum CodingKeys: String, CodingKey {
        case sender, recipient, headers, addresses, names, text, html, defects, longest
        case isASCII = "is_ascii"
        case hasBareNewline = "has_bare_newline"
    }

    static func read(_ paths: [String]) async throws -> [ReceivedLetter] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "read_letters.py").path()
        let result = try await Command.run("/usr/bin/python3", [script] + paths)
        guard result.status == 0 else { throw FixtureError("the letters cannot be read: \(result.errors)") }
        return try JSONDecoder().decode([ReceivedLetter].self, from: Data(result.output.utf8))
    }
}

/// The mail server beside this file, of one test. It ends with it.
final class MailServer: Sendable {
    let folder: TemporaryFolder
    private let authority: String
    private let command: Command
    private let input: FileHandle
    private let ports: [String: Int]

    static let user = "rollcall"
    static let password = Redacted("pass word ü")

    init() async throws {
        folder = try TemporaryFolder()
        let good = try await TestCertificate(in: folder, name: "good").files
        let other = try await TestCertificate(in: folder, name: "other").files
        authority = good.certificate
        let python = "\(Fixtures.package)/var/mail-server/bin/python"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw FixtureError("\(python) is missing; run tools/test-tools before the tests")
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "smtp_server.py").path()
        let pipe = Pipe()
        input = pipe.fileHandleForWriting
        command = try Command(
            python, [script, folder.path, good.certificate, good.key, other.certificate, other.key],
            input: pipe.fileHandleForReading)
        var line = ""
        while !line.hasSuffix("\n") {
            guard kill(command.processID, 0) == 0 else { throw FixtureError(command.text("errors")) }
            try await Task.sleep(for: .milliseconds(20))
            line = command.text("output")
        }
        ports = try JSONDecoder().decode([String: Int].self, from: Data(line.utf8))
    }

    deinit { try? input.close() }

    /// What connections and logins it has seen.
    var log: [String] {
        ((try? String(contentsOfFile: folder.file("log"), encoding: .utf8)) ?? "").split(separator: "\n").map(
            String.init)
    }

    /// How to send letters to one of its ports.
    func settings(_ port: String = "starttls") throws -> MailSettings {
        guard let number = ports[port] else { throw FixtureError("there is no port \(port)") }
        return MailSettings(
            security: port.hasSuffix("implicit") ? .implicit : .startTLS, host: "localhost", port: number,
            user: Self.user, passwordFile: nil, from: "rollcall@school.example", fromName: "Rollcall Schule Zürich",
            authorityFile: authority, baseURL: "https://rollcall.school.example/password")
    }

    /// How many letters it has taken.
    var count: Int { files.count }

    /// The letters that it has taken, in their order.
    func letters() async throws -> [ReceivedLetter] {
        let files = files
        return files.isEmpty ? [] : try await ReceivedLetter.read(files.map(folder.file))
    }

    private var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".eml") }
            .sorted()
    }
}

/// Runs what blocks on a thread of its own, away from the cooperative pool.
func blocking<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
    }
}
