import Foundation
import TestSupport
import Testing

@testable import Terminal

@Suite struct ArrivalsReportTests {
    private func stream(_ name: String, _ marks: [(person: String, frame: Int, ms: Double)]) -> ArrivalsReport.Stream {
        var stream = ArrivalsReport.Stream(name: name)
        stream.frames = 100
        stream.marks = marks.map {
            .init(person: $0.person, stream: name, atFrame: $0.frame, latencyMS: $0.ms + 10, watchedMS: $0.ms)
        }
        return stream
    }

    @Test func marksAreJudgedStreamByStream() throws {
        let report = ArrivalsReport(
            streams: [
                stream("a", [("Ada", 10, 200), ("Bob", 60, 400)]),
                stream("b", [("Ada", 10, 300), ("Ada", 30, 100), ("Bob", 50, 100)]),
            ],
            truths: [
                try Truth(text: "Ada,0,20\nBob,50,70\n", path: ""),
                try Truth(text: "Ada,0,20\nEve,20,40\n-,45,60\n-,70,80\n", path: ""),
            ], refused: [])
        let truth = try #require(report.truth)
        #expect(truth.expected == 4 && truth.right == 4 && truth.wrong == 1)
        #expect(truth.missed == 1 && truth.doubled == 1)
        #expect(truth.strangers == 2 && truth.strangersNamed == 1)
        #expect(report.missed.value == 0.25 && report.strangersNamed.value == 0.5)
    }

    @Test func waitsAreInFramesOfFifteenASecond() throws {
        let report = ArrivalsReport(
            streams: [stream("a", [("Ada", 10, 133.4), ("Bob", 60, 466.7), ("Eve", 80, 1000)])], truths: [nil],
            refused: [])
        #expect(report.marks.map(\.framesAt15) == [2, 7, 15])
        let latency = try #require(report.latency)
        #expect(latency.medianMS == 466.7 && latency.maximumMS == 1000)
        #expect(latency.durableMedianMS == 476.7 && latency.durableMaximumMS == 1010)
        #expect(try #require(latency.medianInterval) == Interval(low: 133.4, high: 1000))
        #expect(report.truth == nil && report.missed.value == nil)
    }

    @Test func oneStreamKeepsTheKeysThatScriptsKnow() throws {
        let report = ArrivalsReport(streams: [stream("a", [("Ada", 10, 200)])], truths: [nil], refused: [])
        let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(report)) as? [String: Any]
        let document = try #require(json)
        #expect(document["frames"] as? Int == 100 && document["unsure"] as? Int == 0)
        let mark = try #require((document["marks"] as? [[String: Any]])?.first)
        #expect(mark["person"] as? String == "Ada" && mark["at_frame"] as? Int == 10)
        #expect(mark["latency_ms"] as? Double == 210 && mark["frames_at_15"] as? Int == 3)
        #expect(document["latency"] is [String: Any] && document["truth"] is NSNull)
    }

    @Test func foldersOfStreamsAndTruthsAreMatchedByName() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.file("t"), withIntermediateDirectories: false)
        for name in ["b.v1.y4m", "a.Y4M", "notes.txt"] { try folder.write(name, "") }
        try folder.write("t/b.v1.csv", "Ada,0,5\n")
        let list = try StreamList([folder.path], truths: [folder.file("t")])
        #expect(list.streams == [folder.file("a.Y4M"), folder.file("b.v1.y4m")])
        #expect(list.truths.map { $0?.walkBys.count } == [nil, 1])
        #expect(throws: EvaluationError.self) { try StreamList([folder.path], truths: [folder.file("t/b.v1.csv")]) }
        #expect(throws: EvaluationError.self) { try StreamList([folder.path], truths: [folder.path]) }
        #expect(throws: EvaluationError.self) { try StreamList([folder.file("t")], truths: []) }
    }

    @Test func aTruthThatIsNoneNamesItsLine() {
        let error = #expect(throws: EvaluationError.self) { try Truth(text: "Ada,0,5\n\nBob,7,3\n", path: "t.csv") }
        #expect(error?.description.hasPrefix("t.csv:3: ") == true)
    }
}
