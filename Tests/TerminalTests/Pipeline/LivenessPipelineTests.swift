import Capture
import Faces
import Foundation
import Identification
import TestSupport
import Testing

@testable import Terminal

/// What a terminal that asks for liveness makes of a portrait that is held up.
@Suite(.serialized) struct LivenessPipelineTests {
    private let engine: FaceEngine
    private let roster: Roster

    init() throws {
        engine = try FaceEngine(models: ModelPack(folder: try Fixtures.models))
        let template = try engine.enrol(photograph: Picture(portrait: "astronaut.png").frame()).descriptor
        roster = Roster(people: [RosterPerson(id: UUID(), name: "Eileen", className: "", templates: [template])])
    }

    private func play(
        _ pictures: [Picture], mode: LivenessMode
    ) throws -> (events: [PipelineEvent], counters: PipelineCounters) {
        var options = RecognitionOptions()
        options.liveness.mode = mode
        let pipeline = RecognitionPipeline(engine: engine, roster: roster, options: options)
        let folder = try TemporaryFolder()
        var stream = Y4M(width: 640, height: 480, framesPerSecond: 15)
        for picture in pictures { stream.add(picture) }
        let source = try Y4MStream(path: folder.write("stream.y4m", stream.bytes), pace: .fullSpeed)
        let frame = Frame()
        var events: [PipelineEvent] = []
        while try source.next(into: frame, notBefore: .zero) { events += pipeline.process(frame) }
        events += pipeline.finish()
        return (events, pipeline.counters)
    }

    /// A sheet before a grey wall, moved about by a hand.
    private func heldUp(_ frames: Int) throws -> [Picture] {
        let eileen = try Picture(portrait: "astronaut.png")
        return (0..<frames).map { look in
            let swing = Double(look % 10 < 5 ? look % 5 : 5 - look % 5)
            return eileen.transformed(
                scale: 0.62, angle: 0.01 * swing, x: 8 * swing - 20, y: 4 * swing, canvas: (640, 480)
            ).noisy(4, seed: UInt64(look))
        }
    }

    private func named(_ events: [PipelineEvent]) -> Int {
        events.count { if case .identified = $0 { true } else { false } }
    }

    @Test func aPortraitThatIsHeldUpMakesNoMarkAndTheReasonIsGiven() throws {
        let (events, counters) = try play(heldUp(20), mode: .on)
        #expect(named(events) == 0)
        #expect(counters.suspicious == 1 && counters.unsure == 1 && counters.identified == 0)
        let reasons = events.compactMap { event -> LivenessReason? in
            guard case .finished(let track) = event, case .unsure(.suspicious(let reason)) = track.decision else {
                return nil
            }
            return reason
        }
        #expect(reasons.count == 1)
        let unsure = events.compactMap { if case .finished(let track) = $0 { track.unsure } else { nil } }
        #expect(unsure.map { $0.people.map(\.name) } == [["Eileen"]] && unsure.first?.reason == .suspicious(reasons[0]))
        #expect(UnsureReason.suspicious(.carried).description == LivenessReason.carried.rawValue)
    }

    @Test func withoutLivenessItIsMarked() throws {
        let (events, counters) = try play(heldUp(20), mode: .off)
        #expect(named(events) == 1)
        #expect(counters.suspicious == 0 && counters.identified == 1)
    }

    @Test func whoIsSeenTooBrieflyIsNotMarked() throws {
        let (events, counters) = try play(passing(5), mode: .on)
        #expect(named(events) == 0 && counters.identified == 0 && counters.unsure == 1)
        guard case .finished(let track) = try #require(events.last) else {
            Issue.record("\(events)")
            return
        }
        #expect(track.decision == .unsure(.tooBrief) && track.unsure?.people.map(\.name) == ["Eileen"])
        #expect(track.unsure?.reason.word == .littleEvidence && DoorMessage(track.decision) == .again)
    }

    /// A living face that comes into the place of a picture does not make the picture's mark.
    @Test func whoTakesThePlaceOfAPictureDoesNotReleaseIt() throws {
        let grace = try Picture(portrait: "grace_hopper.jpg")
        let comes = (0..<30).map { look in
            grace.transformed(scale: 0.8 + 0.01 * Double(look), x: 0, y: 40, canvas: (640, 480))
                .noisy(4, seed: UInt64(100 + look))
        }
        let (events, counters) = try play(heldUp(12) + comes, mode: .on)
        #expect(named(events) == 0)
        #expect(counters.suspicious == 1 && counters.tracks == 2)
    }

    /// Portraits in a few frames of a walk-by, from the very first that the terminal sees.
    private func passing(_ frames: Int) throws -> [Picture] {
        let eileen = try Picture(portrait: "astronaut.png")
        return (0..<frames).map { look in
            eileen.transformed(scale: 1.3, x: 0, y: 120, canvas: (640, 480)).noisy(4, seed: UInt64(look))
        }
    }

    private func empty(_ frames: Int, grey: UInt8 = 90) -> [Picture] {
        (0..<frames).map { Picture(width: 640, height: 480, grey: grey).noisy(4, seed: UInt64(500 + $0)) }
    }

    /// The frame after which each event of a stream came, without those of its end.
    private func played(_ pictures: [Picture], _ options: RecognitionOptions) throws -> [(
        frame: Int, event: PipelineEvent
    )] {
        let pipeline = RecognitionPipeline(engine: engine, roster: roster, options: options)
        return try pictures.enumerated().flatMap { index, picture in
            let frame = try picture.frame()
            frame.bootTime = .milliseconds(67 * index)
            return pipeline.process(frame).map { (index, $0) }
        }
    }

    @Test func whoPassesATerminalThatWasJustStartedIsMarkedWhenItsPlaceIsSeen() throws {
        var options = RecognitionOptions()
        options.liveness.mode = .on
        // A portrait stands for a living person here.
        options.liveness.budget = 0
        let passing = try passing(12)
        let events = try played(passing + empty(45), options)
        let frames = events.compactMap { if case .identified = $0.event { $0.frame } else { nil } }
        let frame = try #require(frames.first)
        #expect(frames.count == 1)
        // 0.7 s until the track is over, and then two looks 0.4 s apart that agree with the one before.
        #expect(frame > passing.count + 18 && frame < passing.count + 40)
        guard case .identified(let recognition) = try #require(events.first).event else {
            Issue.record("\(events)")
            return
        }
        #expect(recognition.firstGoodFrame == .zero, "the mark's time is that of the walk-by")
        #expect(recognition.lastSeen == .milliseconds(67 * 11))
        // The page at the door sends them on: the place is seen when they have gone.
        let pipeline = RecognitionPipeline(engine: engine, roster: roster, options: options)
        for (index, picture) in passing.enumerated() {
            let frame = try picture.frame()
            frame.bootTime = .milliseconds(67 * index)
            #expect(pipeline.process(frame).isEmpty)
        }
        #expect(pipeline.followed?.standing == .named)
        // A terminal that does not ask waits for nothing.
        options.liveness.mode = .off
        let marked = try played(passing, options).compactMap {
            if case .identified = $0.event { $0.frame } else { nil }
        }
        #expect(marked.count == 1)
    }

    @Test func aPictureBeforeATerminalThatWasJustStartedIsJudgedWhenItsPlaceIsSeen() throws {
        var options = RecognitionOptions()
        options.liveness.mode = .on
        let held = try heldUp(20)
        let events = try played(held + empty(45, grey: 150), options)
        #expect(events.count == 1)
        let first = try #require(events.first)
        guard case .finished(let track) = first.event else {
            Issue.record("\(events)")
            return
        }
        #expect(first.frame > held.count + 18)
        guard case .unsure(.suspicious) = track.decision else {
            Issue.record("\(track)")
            return
        }
    }

    @Test func whereThePlaceIsNeverSeenAMarkIsMadeAllTheSame() throws {
        var options = RecognitionOptions()
        options.liveness.mode = .on
        options.liveness.budget = 0
        options.liveness.sceneWait = .seconds(2)
        let passing = try passing(12)
        // No two looks agree, and those 0.4 s apart neither.
        let unrest = (0..<60).map { empty(1, grey: UInt8(40 + 25 * (3 * $0 % 7)))[0] }
        let frames = try played(passing + unrest, options).compactMap {
            if case .identified = $0.event { $0.frame } else { nil }
        }
        #expect(frames.count == 1)
        #expect((frames.first ?? 0) >= 11 + 30, "two seconds after it was seen last")
    }

    /// Who was told of stays identified when the roster changes and no shot follows; who is on the new roster only is
    /// named by the shots of before.
    @Test func aRosterThatChangesComparesTheShotsAnew() throws {
        let frames = try (0..<8).map { look in
            try Picture(portrait: "astronaut.png").transformed(scale: 1.3, x: 0, y: 120, canvas: (640, 480))
                .noisy(4, seed: UInt64(look)).frame()
        }
        for (before, after) in [(roster, Roster(people: [])), (Roster(people: []), roster)] {
            let pipeline = RecognitionPipeline(engine: engine, roster: before)
            var events: [PipelineEvent] = []
            for (index, frame) in frames.enumerated() {
                frame.bootTime = .milliseconds(67 * index)
                events += pipeline.process(frame)
            }
            #expect(named(events) == before.people.count)
            pipeline.use(Identifier(roster: after, rule: DecisionRule()))
            events += pipeline.finish()
            #expect(named(events) == 1)
            #expect(pipeline.counters.identified == 1 && pipeline.counters.unsure == 0)
            #expect(pipeline.counters.unknown == 0)
        }
    }
}
