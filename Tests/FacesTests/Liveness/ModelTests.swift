import Capture
import TestSupport
import Testing

@testable import Faces

/// The model's arithmetic, and what it says of portraits that are really detected.
@Suite(.serialized) struct LivenessModelTests {
    private static let count = LivenessMeasures.kinds.count

    /// All zero but those with a name.
    private static func values(_ some: [String: Double]) -> [Double] {
        LivenessMeasures.kinds.map { some[$0.name] ?? 0 }
    }

    private let model = LivenessModel(
        means: values(["edge_all": 1]), units: values([:]).map { _ in 2 },
        hypotheses: [
            LivenessModel.Hypothesis(weights: values(["carried_near": -1, "eyes_drop": 1]), offset: 0.25),
            LivenessModel.Hypothesis(weights: values(["edge_all": -2]), offset: 0.5),
        ],
        thresholds: [(bpcer: 0.05, score: -1), (bpcer: 0.01, score: -3), (bpcer: 0.001, score: -5)])

    @Test func measuresAreWeighedAndNeverBeyondTheMaterial() {
        func held(_ some: [String: Double]) -> Double {
            model.score(LivenessMeasures(values: Self.values(some)), against: model.hypotheses[0])
        }
        #expect(held(["carried_near": 1]) == 0.25 - 0.5)
        #expect(held(["carried_near": 1000]) == 0.25 - 3.5)
        #expect(held(["carried_near": -1000]) == 0.25 + 3.5)
        // Signs of a plane count as far as there was motion.
        #expect(held(["eyes_drop": 1, "motion": 0]) == 0.25 + 0.5)
        #expect(held(["eyes_drop": 1, "motion": -0.6]) == 0.25 + 0.25)
        #expect(held(["eyes_drop": 1, "motion": -3]) == 0.25)
    }

    @Test func anAttackIsOneOrTheOther() throws {
        let neither = LivenessMeasures(values: Self.values(["carried_near": -7, "edge_all": -7]))
        #expect(model.score(neither) > 3)
        let held = LivenessMeasures(values: Self.values(["carried_near": 7, "edge_all": -7]))
        let standing = LivenessMeasures(values: Self.values(["carried_near": -7, "edge_all": 7]))
        #expect(model.score(held) < -2 && model.score(standing) < -2)
        let edges = LivenessMeasures.kinds.firstIndex { $0.name == "edge_all" }
        #expect(model.strongestParts(standing)[try #require(edges)] == -6)
        #expect(model.strongestParts(held)[try #require(edges)] == 0)
        // Equal odds of both give the odds of each.
        let even = LivenessMeasures(values: Self.values(["carried_near": -0.5, "edge_all": 1]))
        #expect(abs(model.score(even) - 0.5) < 1e-9)
    }

    @Test func theThresholdFollowsTheBudget() {
        #expect(model.threshold(bpcer: 0.5) == -1)
        #expect(model.threshold(bpcer: 0.01) == -3)
        #expect(model.threshold(bpcer: 1e-9) == -5)
        let between = model.threshold(bpcer: 0.02)
        #expect(between < -1 && between > -3)
        #expect(model.threshold(bpcer: 0.02) > model.threshold(bpcer: 0.015))
    }

    @Test(arguments: [true, false]) func theFittedModelIsWhole(knowsScene: Bool) {
        let fitted = LivenessModel.fitted(knowsScene: knowsScene)
        #expect(fitted.means.count == Self.count && fitted.units.count == Self.count)
        #expect(fitted.hypotheses.count == 3 && fitted.hypotheses.allSatisfy { $0.weights.count == Self.count })
        #expect(fitted.units.allSatisfy { $0 > 0 })
        #expect(fitted.thresholds.count >= 3)
        let scene = LivenessMeasures.kinds.indices.filter { LivenessMeasures.kinds[$0].sign == .scene }
        let weighed = fitted.hypotheses.contains { hypothesis in scene.contains { hypothesis.weights[$0] != 0 } }
        #expect(weighed == knowsScene)
        for (upper, lower) in zip(fitted.thresholds, fitted.thresholds.dropFirst()) {
            #expect(upper.bpcer > lower.bpcer && upper.score >= lower.score)
        }
    }

    /// Plays pictures, at 15 a second, through detector, landmarks and evidence.
    private func evidence(of pictures: [Picture], memory: SceneMemory? = nil) throws -> LivenessEvidence {
        let engine = try FaceEngine(models: ModelPack(folder: try Fixtures.models))
        var evidence = LivenessEvidence()
        for (index, picture) in pictures.enumerated() {
            let frame = try picture.frame()
            guard let box = try engine.detect(in: frame).first else { continue }
            let landmarks = try engine.landmarks(in: frame, box: box)
            evidence.add(frame, landmarks: landmarks, box: box, time: .milliseconds(67) * index, memory: memory)
        }
        return evidence
    }

    /// A sheet of 320 pixels before a grey wall, moved about by a hand.
    private func heldUp(_ count: Int) throws -> [Picture] {
        let eileen = try Picture(portrait: "astronaut.png")
        return (0..<count).map { look in
            let swing = Double(look % 10 < 5 ? look % 5 : 5 - look % 5)
            return eileen.transformed(
                scale: 0.62, angle: 0.01 * swing, x: 8 * swing - 20, y: 4 * swing, canvas: (640, 480)
            ).noisy(4, seed: UInt64(look))
        }
    }

    @Test func aPortraitThatIsHeldUpIsSuspicious() throws {
        let held = try evidence(of: heldUp(20))
        #expect(held.looks >= 15)
        let verdict = held.verdict()
        guard case .suspicious = verdict else {
            Issue.record("\(verdict), \(held.score ?? .nan), \(held.measures?.values ?? [])")
            return
        }
    }

    @Test func whatWasSeenBeforeTheSceneWasKnownIsComparedWithItAfterwards() throws {
        var memory = SceneMemory()
        for look in 0..<4 {
            let empty = Picture(width: 640, height: 480, grey: 150).noisy(4, seed: UInt64(900 + look))
            memory.learn(try empty.frame(), time: .milliseconds(400) * look)
        }
        // More looks than are kept: every other goes.
        let pictures = try heldUp(50)
        let usual = try evidence(of: pictures, memory: memory)
        #expect(!usual.awaitsScene)
        var late = try evidence(of: pictures, memory: SceneMemory())
        #expect(late.awaitsScene && late.measures?.knowsScene == false)
        late.settle(in: SceneMemory())
        #expect(late.awaitsScene, "it is not known yet")
        late.settle(in: memory)
        #expect(!late.awaitsScene)
        let (expected, found) = try (#require(usual.measures), #require(late.measures))
        #expect(expected.knowsScene && found.knowsScene)
        for (index, kind) in LivenessMeasures.kinds.enumerated() where kind.sign == .scene {
            // What moves with the face is told from one look to the next, and not from those that were kept.
            guard !["scene_carried", "scene_standing"].contains(kind.name) else { continue }
            #expect(abs(found.values[index] - expected.values[index]) < 0.1, "\(kind.name)")
        }
        guard let near = LivenessMeasures.kinds.firstIndex(where: { $0.name == "scene_near" }) else { return }
        #expect(found.values[near] > 0.8, "the sheet hides what is beside the head")
    }

    @Test func tooLittleIsNotEnough() throws {
        let eileen = try Picture(portrait: "astronaut.png")
        let few = try evidence(of: (0..<4).map { eileen.noisy(4, seed: UInt64($0)) })
        #expect(few.score == nil && few.verdict() == .notEnough)
    }
}
