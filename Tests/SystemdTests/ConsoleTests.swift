import Foundation
import Logging
import Testing

@testable import Systemd

@Suite("Lines on a console")
struct ConsoleTests {
    /// What a logger writes to a pipe.
    private func output(_ body: (Logger) -> Void) throws -> String {
        let pipe = Pipe()
        let logger = Logger(label: "camera") { label in
            ConsoleHandler(
                component: label, threshold: LogThreshold(.info),
                descriptor: pipe.fileHandleForWriting.fileDescriptor, environment: Environment([:]))
        }
        body(logger)
        try pipe.fileHandleForWriting.close()
        return String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }

    @Test func aLineHasTimeLevelMessageAndFields() throws {
        let text = try output {
            $0.log(.cameraLost, .warning, "Camera lost", metadata: ["device": "/dev/video0", "why": "no frames"])
        }
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        #expect(parts[1] == "WARNING  Camera lost device=/dev/video0 why=\"no frames\"\n")
        #expect(parts[0].wholeMatch(of: try Regex("[0-9-]{10}T[0-9:]{8}\\.[0-9]{3}[+-][0-9]{2}:[0-9]{2}")) != nil)
    }

    @Test func thereAreNoColoursAndOneLinePerEntry() throws {
        let text = try output {
            $0.error("a\nb\u{1b}[31m", metadata: ["x": "1\n2", "q": "say \"hi\"", "empty": ""])
            $0.debug("not logged")
        }
        #expect(!text.contains("\u{1b}"))
        #expect(text.split(separator: "\n").count == 1)
        #expect(text.hasSuffix("a\\nb\\u{1b}[31m empty=\"\" q=\"say \\\"hi\\\"\" x=1\\n2\n"))
    }

    @Test func coloursAreForTerminalsOnly() {
        let event = LogEvent(level: .error, message: "x", metadata: nil, source: "s", file: "f", function: "f", line: 1)
        let record = LogRecord(event, component: "c", metadata: [:], provider: nil)
        #expect(consoleLine(of: record, at: timespec(), coloured: true).contains("\u{1b}[31mERROR"))
        #expect(!consoleLine(of: record, at: timespec(), coloured: false).contains("\u{1b}"))
    }

    @Test func theTimeIsTheGivenOne() throws {
        let written = timestamp(timespec(tv_sec: 1_788_246_000, tv_nsec: 7_000_000))
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        #expect(try style.parse(written).timeIntervalSince1970 == 1_788_246_000.007)
    }

    @Test func theThresholdHoldsForAllLoggersAndMayChange() throws {
        let logs = Logs(identifier: "x", level: .warning, destination: .console)
        let (first, second) = (logs.logger("a"), logs.logger("b"))
        #expect(first.logLevel == .warning)
        logs.threshold.level = .debug
        #expect(first.logLevel == .debug && second.logLevel == .debug)
        var own = second
        own.logLevel = .error
        #expect(own.logLevel == .error && second.logLevel == .debug)
    }

    @Test func linesOfManyThreadsDoNotMix() throws {
        let text = try output { logger in
            DispatchQueue.concurrentPerform(iterations: 64) { index in
                logger.info("entry \(index) \(String(repeating: "x", count: 500))")
            }
        }
        let lines = text.split(separator: "\n")
        #expect(lines.count == 64)
        #expect(lines.allSatisfy { $0.hasSuffix(" " + String(repeating: "x", count: 500)) })
    }
}
