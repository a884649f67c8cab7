import Foundation
import Synchronization
import TestSupport

/// A program that a test runs. Nothing blocks a thread of the cooperative pool, on which a server may be running.
final class Command: Sendable {
    struct Result: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    private let process: Mutex<Process>
    private let folder: TemporaryFolder
    private let ended: AsyncStream<Int32>
    let processID: Int32

    /// Starts a program; what it writes goes into files, so that no pipe can fill up.
    init(
        _ path: String, _ arguments: [String], environment: [String: String] = [:], input: FileHandle = .nullDevice
    ) throws {
        folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = try Self.file(folder, "output")
        process.standardError = try Self.file(folder, "errors")
        let (stream, continuation) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { process in
            continuation.yield(process.terminationStatus)
            continuation.finish()
        }
        ended = stream
        try process.run()
        processID = process.processIdentifier
        self.process = Mutex(process)
    }

    deinit { process.withLock { if $0.isRunning { kill($0.processIdentifier, SIGKILL) } } }

    static func run(
        _ path: String, _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> Result {
        try await Command(path, arguments, environment: environment).result()
    }

    /// Waits for the end. Call it once.
    func result() async -> Result {
        var status: Int32 = -1
        for await ended in ended { status = ended }
        return Result(status: status, output: text("output"), errors: text("errors"))
    }

    func send(_ signal: Int32) {
        kill(processID, signal)
    }

    /// What the program has written so far to `output` or `errors`.
    func text(_ name: String) -> String {
        (try? String(contentsOfFile: folder.file(name), encoding: .utf8)) ?? ""
    }

    private static func file(_ folder: TemporaryFolder, _ name: String) throws -> FileHandle {
        let path = try folder.write(name, "")
        return try FileHandle(forWritingTo: URL(filePath: path))
    }
}
