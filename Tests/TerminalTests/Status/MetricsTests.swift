import Capture
import Foundation
import Testing

@testable import Terminal

@Suite("Metrics")
struct MetricsTests {
    private func text() throws -> String {
        let board = try healthyBoard()
        board.update { $0.outboxOldest = BootClock.now }
        return metrics(board.snapshot(names: false), latency: board.current.latency)
    }

    @Test func everyFamilyHasHelpTypeAndSamplesTogether() throws {
        var seen: Set<String> = []
        var current = ""
        var kind = ""
        for line in try text().dropLast().components(separatedBy: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if line.hasPrefix("# HELP ") {
                current = words[2]
                #expect(seen.insert(current).inserted, "\(current) is there twice")
                #expect(words.count > 3)
            } else if line.hasPrefix("# TYPE ") {
                #expect(words[2] == current)
                kind = words[3]
            } else {
                let name = String(words[0].prefix { $0 != "{" })
                let suffixes = kind == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
                #expect(suffixes.contains { name == current + $0 }, "\(line)")
                #expect(Double(try #require(words.last)) != nil, "\(line)")
                #expect(
                    line.wholeMatch(of: try Regex("[a-z_]+(\\{[a-z]+=\"([^\"\\\\]|\\\\.)*\"\\})? [^ ]+")) != nil,
                    "\(line)")
            }
            #expect((kind == "counter") == current.hasSuffix("_total") || line.hasPrefix("# HELP"), "\(line)")
        }
        #expect(seen.count >= 18)
    }

    @Test func theHistogramAddsUp() throws {
        let lines = try text().components(separatedBy: "\n").filter { $0.hasPrefix("rollcall_frame_to_mark_seconds") }
        #expect(lines.contains("rollcall_frame_to_mark_seconds_bucket{le=\"0.3\"} 0"))
        #expect(lines.contains("rollcall_frame_to_mark_seconds_bucket{le=\"0.5\"} 1"))
        #expect(lines.contains("rollcall_frame_to_mark_seconds_bucket{le=\"+Inf\"} 1"))
        #expect(lines.contains("rollcall_frame_to_mark_seconds_sum 0.42"))
        #expect(lines.contains("rollcall_frame_to_mark_seconds_count 1"))
        #expect(lines.count == LatencyRecord.bounds.count + 3)
    }

    @Test func labelsAreEscaped() {
        var out = MetricsText()
        out.split("x", .gauge, "Help.", by: "v", [("a\"b\\c\nd", 1)])
        #expect(out.text == "# HELP rollcall_x Help.\n# TYPE rollcall_x gauge\nrollcall_x{v=\"a\\\"b\\\\c\\nd\"} 1\n")
    }

    @Test func whatIsNotKnownIsLeftOut() throws {
        #expect(try !text().contains("sync_last_success_seconds"))
        #expect(try text().contains("outbox_oldest_seconds"))
    }
}
