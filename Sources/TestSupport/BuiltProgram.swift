import Foundation

/// A program of this package, as it was built beside the tests.
public struct BuiltProgram: Sendable {
    /// The executable file.
    public let path: String

    /// What a run has left.
    public struct Outcome: Sendable {
        /// The exit status, or the signal's number below zero.
        public let status: Int32
        /// Standard output.
        public let output: String
        /// Standard error.
        public let errors: String
    }

    /// Finds a program by its name.
    public init(_ name: String) throws {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        path = URL(filePath: tests).deletingLastPathComponent().appending(path: name).path()
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw FixtureError("\(path) is missing; run `swift build` before the tests")
        }
    }

    /// Runs the program to its end, with nothing on standard input. Its output goes through files, so that none of it
    /// can fill a pipe.
    public func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let output = URL(filePath: try folder.write("output", ""))
        let errors = URL(filePath: try folder.write("errors", ""))
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return try withExtendedLifetime(folder) {
            Outcome(
                status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
                output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
                errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
        }
    }
}
