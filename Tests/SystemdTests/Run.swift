import Foundation

/// Runs a program to its end; what it said on both streams.
func run(_ program: String, _ arguments: String...) throws -> (status: Int32, output: String) {
    try run(program, arguments: arguments)
}

/// The same with the arguments in an array.
func run(_ program: String, arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}
