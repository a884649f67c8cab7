import Attendance
import Foundation

/// The Python server beside this file, for all tests of the process. It ends, and removes its folder, with its standard
/// input, which is when this process ends.
final class HostileServer: Sendable {
    /// What the server has seen of a case.
    struct Seen: Decodable {
        /// By the last part of the path.
        let requests: [String: Int]
        /// Times received, by mark id in the spelling of the terminal.
        let stored: [String: Int]
        let connections: Int
        /// Of the last request, names in lower case.
        let headers: [String: String]
        /// Of the roster requests in their order; 0 stands for none.
        let cursors: [Int]
        /// Of the roster requests of the case `tagged` after the last page, in their order.
        let tags: [String]?
    }

    private struct Start: Decodable {
        let folder: String
        let ports: [String: Int]
    }

    private let process = Process()
    private let questions = Pipe()
    private let answers = Pipe()
    private let lock = NSLock()
    private let start: Start

    static let shared = Result { try HostileServer() }

    init() throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "hostile_server.py")
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script.path]
        let policy = try AttendancePolicy(timeZone: "Europe/London")
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["ROLLCALL_TEST_POLICY": String(decoding: try JSONEncoder().encode(policy), as: UTF8.self)]
        ) { $1 }
        process.standardInput = questions
        process.standardOutput = answers
        try process.run()
        start = try JSONDecoder().decode(Start.self, from: Self.line(of: answers))
    }

    /// PEM file of the authority that all good certificates are from.
    var authority: String { start.folder + "/ca.pem" }

    /// The address of a kind of listener; a case of behaviours.py follows as the first part of the path.
    func address(_ listener: String = "good", host: String = "localhost") throws -> String {
        guard let port = start.ports[listener] else { throw CocoaError(.keyValueValidation) }
        return "https://\(host):\(port)"
    }

    /// What the server has seen of a case so far.
    func seen(_ name: String) throws -> Seen {
        try lock.withLock {
            try questions.fileHandleForWriting.write(contentsOf: Data("\(name)\n".utf8))
            return try JSONDecoder().decode(Seen.self, from: Self.line(of: answers))
        }
    }

    private static func line(of pipe: Pipe) throws -> Data {
        var line = Data()
        while let byte = try pipe.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) { line += byte }
        return line
    }
}
