import Capture
import Faces
import Foundation
import Identification
import TestSupport
import Testing

@testable import Terminal

/// The daemon's recognition on walk-bys made from portraits.
@Suite(.serialized) struct RecognitionPipelineTests {
    let folder: TemporaryFolder
    let engine: FaceEngine

    init() throws {
        folder = try TemporaryFolder()
        engine = try FaceEngine(models: ModelPack(folder: try Fixtures.models))
    }

    private func roster(_ portraits: String...) throws -> Roster {
        Roster(
            people: try portraits.map { name in
                RosterPerson(
                    id: UUID(), name: name, className: "",
                    templates: [try engine.enrol(photograph: Picture(portrait: name).frame()).descriptor])
            })
    }

    private func play(_ stream: Y4M, roster: Roster) throws -> (events: [PipelineEvent], counters: PipelineCounters) {
        let path = try folder.write("stream.y4m", stream.bytes)
        let source = try Y4MStream(path: path, pace: .fullSpeed)
        let pipeline = RecognitionPipeline(engine: engine, roster: roster)
        let frame = Frame()
        var events: [PipelineEvent] = []
        while try source.next(into: frame, notBefore: pipeline.nextLook) { events += pipeline.process(frame) }
        events += pipeline.finish()
        return (events, pipeline.counters)
    }

    private func names(_ events: [PipelineEvent]) -> [String] {
        events.compactMap { if case .identified(let recognition) = $0 { recognition.person.name } else { nil } }
    }

    @Test func whoIsEnrolledIsNamedOnceAndAStrangerIsNot() throws {
        var stream = Y4M(width: 640, height: 480, framesPerSecond: 15)
        stream.addEmptyScene(frames: 4, seed: 1)
        try stream.addWalkBy(of: Picture(portrait: "grace_hopper.jpg"), frames: 10, largestScale: 0.6, seed: 2)
        stream.addEmptyScene(frames: 14, seed: 3)
        try stream.addWalkBy(of: Picture(portrait: "filippo_giunchedi.jpg"), frames: 10, largestScale: 0.55, seed: 4)
        stream.addEmptyScene(frames: 14, seed: 5)
        let (events, counters) = try play(stream, roster: roster("grace_hopper.jpg", "astronaut.png"))
        #expect(names(events) == ["grace_hopper.jpg"])
        #expect(counters.unknown >= 1 && counters.identified == 1)
        #expect(counters.descriptors < counters.faces, "not every frame of a face is described")
    }

    @Test func anEmptySceneIsNoWork() throws {
        var stream = Y4M(width: 640, height: 480, framesPerSecond: 15)
        stream.addEmptyScene(frames: 60, seed: 1)
        let (events, counters) = try play(stream, roster: roster("grace_hopper.jpg"))
        #expect(events.isEmpty)
        // The first frame is looked at, and the gate stays open for a second.
        #expect(counters.activeFrames <= 17)
        // Then every third one.
        #expect((30...33).contains(counters.frames))
    }

    /// Whoever steps into an empty scene is looked at with every frame from the next look on.
    @Test func fromTheFirstMotionOnNoFrameIsPassedOver() throws {
        var stream = Y4M(width: 640, height: 480, framesPerSecond: 15)
        stream.addEmptyScene(frames: 30, seed: 1)
        try stream.addWalkBy(of: Picture(portrait: "grace_hopper.jpg"), frames: 10, largestScale: 0.6, seed: 2)
        let source = try Y4MStream(path: try folder.write("stream.y4m", stream.bytes), pace: .fullSpeed)
        let pipeline = RecognitionPipeline(engine: engine, roster: try roster("grace_hopper.jpg"))
        let frame = Frame()
        var looks: [UInt64] = []
        var marked: [UInt64] = []
        while try source.next(into: frame, notBefore: pipeline.nextLook) {
            looks.append(frame.sequence)
            if !names(pipeline.process(frame)).isEmpty { marked.append(frame.sequence) }
        }
        #expect((18..<30).count { looks.contains($0) } == 4)
        #expect((32..<40).allSatisfy(looks.contains))
        #expect(marked.count == 1 && marked[0] <= 35)
    }

    /// Somebody so near that the picture is full of them, so that the gate sees a cut on every frame.
    @Test func aFaceThatFillsThePictureIsOneTrack() throws {
        var stream = Y4M(width: 640, height: 480, framesPerSecond: 15)
        try stream.addWalkBy(of: Picture(portrait: "astronaut.png"), frames: 12, largestScale: 1.3, seed: 2)
        let (events, counters) = try play(stream, roster: roster("astronaut.png"))
        #expect(names(events) == ["astronaut.png"])
        // Not one for every frame; dlib sees a face in the badge now and then.
        #expect(counters.tracks <= 4 && counters.identified == 1)
    }

    /// One person's picture is replaced by another's in the same place: the evidence of the first must not name the second.
    @Test func aCutToSomebodyElseIsAnotherTrack() throws {
        var stream = Y4M(width: 640, height: 480, framesPerSecond: 15)
        for (seed, name) in [(1, "grace_hopper.jpg"), (2, "filippo_giunchedi.jpg")] {
            let portrait = try Picture(portrait: name)
            for frame in 0..<10 {
                stream.add(
                    portrait.transformed(scale: 0.55, canvas: (640, 480))
                        .noisy(4, seed: UInt64(seed * 100 + frame)))
            }
        }
        let (events, _) = try play(stream, roster: roster("grace_hopper.jpg", "filippo_giunchedi.jpg"))
        #expect(names(events) == ["grace_hopper.jpg", "filippo_giunchedi.jpg"])
    }

    @Test func anotherRosterBeginsTheEvidenceAnew() throws {
        var stream = Y4M(width: 640, height: 480, framesPerSecond: 15)
        try stream.addWalkBy(of: Picture(portrait: "grace_hopper.jpg"), frames: 12, largestScale: 0.6, seed: 2)
        let source = try Y4MStream(path: try folder.write("stream.y4m", stream.bytes), pace: .fullSpeed)
        let pipeline = RecognitionPipeline(engine: engine, roster: try roster("astronaut.png", "grace_hopper.jpg"))
        let frame = Frame()
        var events: [PipelineEvent] = []
        var count = 0
        while try source.next(into: frame) {
            // She is the second of the old roster and has been named: in the new one there is no second.
            if count == 8 { pipeline.use(Identifier(roster: try roster("grace_hopper.jpg"), rule: DecisionRule())) }
            events += pipeline.process(frame)
            count += 1
        }
        #expect(names(events) == ["grace_hopper.jpg", "grace_hopper.jpg"])
    }
}
