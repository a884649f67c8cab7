import Foundation
import Synchronization
import TestSupport
import Testing

/// A program that runs beside the test; it is killed with the value that holds it.
final class RunningProgram {
    private let process = Process()
    private let input = Pipe()
    private let log: TemporaryFolder

    init(_ path: String, _ arguments: [String]) throws {
        log = try TemporaryFolder()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = input
        let file = try FileHandle(forWritingTo: URL(filePath: try log.write("log", "")))
        process.standardOutput = file
        process.standardError = file
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// What it has said so far, on both outputs.
    var said: String { (try? String(contentsOfFile: log.file("log"), encoding: .utf8)) ?? "" }

    /// Waits for something that must come; its absence after a minute or two is an error.
    func wait(_ what: String, until condition: () throws -> Bool) throws {
        let deadline = Date.now + 120
        while Date.now < deadline {
            if try condition() { return }
            guard process.isRunning else { throw FixtureError("the program ended before \(what): \(said)") }
            Thread.sleep(forTimeInterval: 0.05)
        }
        throw FixtureError("waited in vain for \(what): \(said)")
    }

    /// Gives it bytes on standard input.
    func feed(_ bytes: [UInt8]) throws { try input.fileHandleForWriting.write(contentsOf: Data(bytes)) }

    func endInput() throws { try input.fileHandleForWriting.close() }

    /// The kernel's seccomp modes of its threads; 2 is a filter.
    func seccompModes() throws -> Set<Int> {
        let threads = "/proc/\(process.processIdentifier)/task"
        let modes = try FileManager.default.contentsOfDirectory(atPath: threads).map { thread in
            let status = try String(contentsOfFile: "\(threads)/\(thread)/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("Seccomp:") }
            return try #require(line?.split(separator: "\t").last.flatMap { Int($0) })
        }
        return Set(modes)
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for its end; the exit status.
    func end() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}
