import Capture
import Faces
import Foundation
import Identification
import TestSupport
import Testing

@testable import Terminal

/// What a terminal that asks for a movement makes of a face that moves as asked, moves otherwise, or does nothing.
@Suite(.serialized) struct ChallengePipelineTests {
    private typealias Movement = LivenessChallenge.Movement

    /// A face at a door, one frame after the other.
    private struct Door {
        let pipeline: RecognitionPipeline
        private let eileen: Picture
        private let landmarks: Landmarks
        private var shown = 0
        private(set) var events: [PipelineEvent] = []

        init(asks movement: Movement = .turnLeft) throws {
            let engine = try FaceEngine(models: ModelPack(folder: try Fixtures.models))
            let portrait = try Picture(portrait: "astronaut.png")
            let template = try engine.enrol(photograph: portrait.frame()).descriptor
            let roster = Roster(
                people: [RosterPerson(id: UUID(), name: "Eileen", className: "", templates: [template])])
            var options = RecognitionOptions()
            options.liveness.mode = .challenge
            // The portrait is one, and looks so; here it is about the movement alone.
            options.liveness.budget = 0
            options.liveness.movements = [movement]
            pipeline = RecognitionPipeline(engine: engine, roster: roster, options: options)
            eileen = portrait.transformed(scale: 1.3, x: 0, y: 120, canvas: (640, 480))
            let frame = try eileen.frame()
            let box = try #require(try engine.detect(in: frame, minimumFace: 80, region: nil).first)
            landmarks = try engine.landmarks(in: frame, box: box)
        }

        /// Shows the face for some frames.
        /// - Parameters:
        ///   - x: how far the nose is moved to the right, in distances between the eyes.
        ///   - y: the same, down.
        mutating func show(_ frames: Int, x: Double = 0, y: Double = 0) throws {
            let unit = landmarks.rightEye.x - landmarks.leftEye.x
            let radius = (y == 0 ? 0.45 : 0.3) * unit
            let picture = eileen.pushed(at: landmarks.noseTip, x: x * unit, y: y * unit, radius: radius)
            for _ in 0..<frames {
                let frame = try picture.noisy(4, seed: UInt64(shown)).frame()
                frame.bootTime = .milliseconds(67 * shown)
                events += pipeline.process(frame)
                shown += 1
            }
        }

        /// Moves as somebody does who was asked.
        mutating func perform(_ movement: Movement) throws {
            let way: (x: Double, y: Double) =
                switch movement {
                case .turnLeft: (1, 0)
                case .turnRight: (-1, 0)
                case .nod: (0, -1)
                }
            for share in [0.1, 0.2, 0.3, 0.3, 0.3, 0.3, 0.2, 0.1] { try show(1, x: way.x * share, y: way.y * share) }
        }

        mutating func leave() { events += pipeline.finish() }

        var named: Int { events.count { if case .identified = $0 { true } else { false } } }
        var decisions: [Decision] {
            events.compactMap { if case .finished(let track) = $0 { track.decision } else { nil } }
        }
    }

    @Test(arguments: LivenessChallenge.Movement.allCases)
    func whoDoesWhatIsAskedIsMarkedWhenTheFaceIsSeenAgain(_ movement: LivenessChallenge.Movement) throws {
        var door = try Door(asks: movement)
        try door.show(12)
        #expect(door.named == 0 && door.pipeline.asking == movement)
        #expect(door.events.contains(.asked(movement, track: 1)))
        try door.perform(movement)
        try door.show(8)
        #expect(door.named == 1 && door.pipeline.asking == nil)
        #expect(door.pipeline.counters.identified == 1)
        door.leave()
        #expect(door.named == 1 && door.pipeline.counters.unsure == 0)
    }

    @Test func aPictureThatDoesNothingMakesNoMark() throws {
        var door = try Door()
        try door.show(90)
        #expect(door.pipeline.asking == nil, "it is not asked for ever")
        door.leave()
        #expect(door.named == 0 && door.pipeline.counters.suspicious == 1)
        #expect(door.decisions == [.unsure(.challengeFailed(.tooLate))])
    }

    @Test func anotherMovementMakesNoMark() throws {
        var door = try Door(asks: .turnLeft)
        try door.show(12)
        try door.perform(.turnRight)
        try door.show(30)
        door.leave()
        #expect(door.named == 0)
        #expect(door.decisions == [.unsure(.challengeFailed(.otherMovement))])
    }
}

extension Picture {
    /// The picture with what is around a place pushed away from there, less and less with the distance.
    fileprivate func pushed(at place: Point, x dx: Double, y dy: Double, radius: Double) -> Picture {
        guard dx != 0 || dy != 0 else { return self }
        var result = self
        for y in 0..<height {
            for x in 0..<width {
                let (u, v) = ((Double(x) - place.x - dx) / radius, (Double(y) - place.y - dy) / radius)
                let share = exp(-u * u - v * v)
                guard share > 0.01 else { continue }
                let from = (
                    x: min(max(Int((Double(x) - share * dx).rounded()), 0), width - 1),
                    y: min(max(Int((Double(y) - share * dy).rounded()), 0), height - 1)
                )
                for channel in 0..<3 {
                    result.pixels[(y * width + x) * 3 + channel] = pixels[(from.y * width + from.x) * 3 + channel]
                }
            }
        }
        return result
    }
}
