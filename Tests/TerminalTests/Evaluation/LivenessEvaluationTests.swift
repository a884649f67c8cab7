import Capture
import Faces
import Foundation
import TestSupport
import Testing

@testable import Terminal

/// The figures of `evaluate liveness`, and streams that are really played.
@Suite(.serialized) struct LivenessEvaluationTests {
    private func stream(
        _ name: String, _ verdict: String, named: String? = nil, marked: String? = nil
    ) -> LivenessEvaluation.Stream {
        var stream = LivenessEvaluation.Stream(name: name)
        stream.frames = 10
        stream.isResponse = verdict != "none"
        stream.verdict = verdict == "none" ? "not enough" : verdict
        stream.score = verdict == "not enough" ? nil : 1
        stream.named = named
        stream.marked = marked
        return stream
    }

    @Test func ratesHaveWilsonsIntervals() {
        // Wilson's interval for 1 of 20, as in Newcombe, Statistics in Medicine 17 (1998), by its formula.
        let one = LivenessReport.Rate(count: 1, of: 20)
        #expect(one.rate == 0.05)
        #expect(abs((one.interval?[0] ?? 0) - 0.00888) < 1e-4 && abs((one.interval?[1] ?? 0) - 0.23613) < 1e-4)
        let none = LivenessReport.Rate(count: 0, of: 40)
        #expect(none.interval?[0] == 0 && abs((none.interval?[1] ?? 0) - 0.08762) < 1e-4)
        #expect(LivenessReport.Rate(count: 0, of: 0).rate == nil)
    }

    @Test func errorsAreCountedAmongResponsesOnly() {
        let report = LivenessReport(
            bonaFide: [
                stream("a.1.y4m", "live", named: "a", marked: "a"), stream("b.1.y4m", "suspicious", named: "b"),
                stream("c.1.y4m", "not enough"),
                stream("d.1.y4m", "none"),
            ],
            attacks: [
                "phone": [
                    stream("a.1.y4m", "suspicious", named: "a"), stream("b.2.y4m", "live", named: "b", marked: "b"),
                ],
                "print": [stream("a.1.y4m", "suspicious"), stream("b.1.y4m", "none")],
                "monitor": [stream("a.1.y4m", "not enough", named: "b")],
            ], budget: 0.02, hasRoster: true, withStreams: false, cost: LivenessEvaluation.Cost(), cpu: 0.9)
        #expect(report.bpcer.count == 2 && report.bpcer.of == 3, "who is seen too briefly is not marked")
        #expect(report.bonaFideNonResponses == 1 && report.bonaFideUndecided == 1)
        #expect(report.attacks.map(\.kind) == ["phone", "monitor", "print"], "the worst kind comes first")
        #expect(report.attacks.map(\.apcer.rate) == [0.5, 0, 0])
        #expect(report.attacks.map(\.nonResponses) == [0, 0, 1])
        #expect(report.attacks[0].namedWithoutLiveness?.count == 2 && report.attacks[0].namedWithLiveness?.count == 1)
        #expect(report.bonaFideNamedWithoutLiveness?.count == 2 && report.bonaFideNamedWithLiveness?.count == 1)
        #expect(report.attacks[1].namedWithoutLiveness?.count == 0, "the wrong name is no success of the attack")
        #expect(abs(report.cpuMillisecondsPerFrame - 10) < 1e-9)
    }

    @Test func streamsAreFoundByKindAndWhatIsMissingIsSaid() throws {
        let folder = try TemporaryFolder()
        for path in ["living", "attacks/print", "attacks/empty"] {
            try FileManager.default.createDirectory(atPath: folder.file(path), withIntermediateDirectories: true)
        }
        for name in ["living/b.y4m", "living/a.Y4M", "living/.hidden.y4m", "living/note.txt", "attacks/print/a.y4m"] {
            try folder.write(name, "")
        }
        let streams = try LivenessStreams(bonaFide: folder.file("living"), attacks: folder.file("attacks"))
        #expect(streams.bonaFide == [folder.file("living/a.Y4M"), folder.file("living/b.y4m")])
        #expect(Array(streams.attacks.keys) == ["print"] && streams.count == 3)
        #expect(throws: EvaluationError.self) {
            _ = try LivenessStreams(bonaFide: folder.file("living"), attacks: folder.file("living"))
        }
        #expect(throws: EvaluationError.self) {
            _ = try LivenessStreams(bonaFide: folder.file("attacks/empty"), attacks: folder.file("attacks"))
        }
    }

    @Test func aStreamIsPlayedAndJudged() throws {
        let engine = try FaceEngine(models: ModelPack(folder: try Fixtures.models))
        let folder = try TemporaryFolder()
        var walkBy = Y4M(width: 640, height: 480, framesPerSecond: 15)
        try walkBy.addWalkBy(of: Picture(portrait: "grace_hopper.jpg"), frames: 14, largestScale: 0.6, seed: 2)
        var empty = Y4M(width: 640, height: 480, framesPerSecond: 15)
        empty.addEmptyScene(frames: 5, seed: 1)
        var evaluation = LivenessEvaluation(
            stages: engine, options: RecognitionOptions(), roster: nil, budget: 0.02, withMeasures: true)
        let seen = try evaluation.play(
            Y4MStream(path: folder.write("a.y4m", walkBy.bytes), pace: .fullSpeed), name: "a.y4m", isAttack: true)
        #expect(seen.isResponse && seen.frames == 14 && seen.faces >= 10)
        #expect(seen.score != nil)
        // The place was never seen empty.
        #expect(seen.measures?.count == LivenessMeasures.kinds.count { $0.sign != .scene })
        #expect(evaluation.cost.looks >= 10 && evaluation.cost.time > .zero)
        let nobody = try evaluation.play(
            Y4MStream(path: folder.write("b.y4m", empty.bytes), pace: .fullSpeed), name: "b.y4m", isAttack: false)
        #expect(!nobody.isResponse && nobody.faces == 0 && nobody.score == nil && nobody.verdict == "not enough")
    }
}
