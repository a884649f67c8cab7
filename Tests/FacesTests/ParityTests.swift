import Capture
import Faces
import TestSupport
import Testing

/// Our stages give what dlib gives when it is called directly on the same image.
@Suite(.serialized) struct ParityTests {
    static let pictures: [(name: String, make: @Sendable () throws -> Picture)] = [
        ("grace, as she is", { try Picture(portrait: "grace_hopper.jpg") }),
        ("eileen, as she is", { try Picture(portrait: "astronaut.png") }),
        ("eileen, odd size", { try scaled("astronaut.png", 0.9, 0, (461, 333)) }),
        ("eileen, turned left", { try scaled("astronaut.png", 1, 0.3, (512, 512)) }),
        ("eileen, turned right", { try scaled("astronaut.png", 1, -0.3, (512, 512)) }),
        ("eileen, small", { try scaled("astronaut.png", 0.8, 0.05, (640, 480)) }),
        ("eileen, at the left border", { try scaled("astronaut.png", 1, 0, (400, 480), x: -170) }),
        ("eileen, at the top border", { try scaled("astronaut.png", 1, 0, (500, 400), y: -90) }),
        ("eileen, large", { try scaled("astronaut.png", 4, 0, (1280, 720), y: 500) }),
        ("eileen, dark and noisy", { try Picture(portrait: "astronaut.png").brightened(0.4).noisy(12, seed: 1) }),
        ("noise alone", { Picture(width: 320, height: 240, grey: 128).noisy(127, seed: 2) }),
        ("one colour", { Picture(width: 200, height: 200, grey: 40) }),
    ]

    static func scaled(
        _ name: String, _ scale: Double, _ angle: Double, _ canvas: (width: Int, height: Int), x: Double = 0,
        y: Double = 0
    ) throws -> Picture {
        try Picture(portrait: name).transformed(scale: scale, angle: angle, x: x, y: y, canvas: canvas)
    }

    /// Nil where this machine's processor has no such instructions.
    static func engine(_ weights: FaceEngine.Weights, _ processor: FaceEngine.Processor) throws -> FaceEngine? {
        do {
            return try FaceEngine(models: ModelPack(folder: Fixtures.models), weights: weights, processor: processor)
        } catch {
            if case FaceError.unsupportedProcessor = error { return nil }
            throw error
        }
    }

    /// Boxes, points and chips to the pixel; dlib scores by rounded factors of its filters, hence the confidence.
    @Test(arguments: FaceEngine.Processor.allCases)
    func detectionsLandmarksAndDescriptorsAreDlibs(processor: FaceEngine.Processor) throws {
        guard let ours = try Self.engine(.single, processor), let half = try Self.engine(.half, processor) else {
            return
        }
        let reference = try ReferenceDlib()
        var faces = 0
        for picture in Self.pictures {
            let frame = try picture.make().frame()
            let boxes = try ours.detect(in: frame)
            let dlibs = reference.detect(frame)
            #expect(boxes.map(\.sides) == dlibs.map(\.sides), "\(picture.name)")
            for (box, dlib) in zip(boxes, dlibs) {
                #expect(abs(box.confidence - dlib.confidence) < 1e-4, "\(picture.name)")
                faces += 1
                let landmarks = try ours.landmarks(in: frame, box: box)
                #expect(landmarks.points == reference.landmarks(frame, box), "\(picture.name)")
                let expected = try reference.describe(frame, landmarks.points)
                #expect(try ours.chip(of: frame, landmarks: landmarks) == expected.chip, "\(picture.name)")
                for (engine, bound) in [(ours, Float(1e-5)), (half, 5e-4)] {
                    let descriptor = try engine.describe(frame, landmarks: landmarks)
                    let worst = zip(descriptor.values, expected.descriptor).map { abs($0 - $1) }.max() ?? .infinity
                    #expect(worst <= bound, "\(picture.name): the descriptor differs by \(worst)")
                }
            }
        }
        // The pictures must exercise the comparison, whatever dlib makes of one of them.
        #expect(faces >= 9)
    }

    /// Base x86-64 takes the weights of 32 bits, whichever are asked for; every other processor those of 16 bits.
    @Test(arguments: FaceEngine.Processor.allCases)
    func halfPrecisionIsUsedWhereItIsQuick(processor: FaceEngine.Processor) throws {
        guard let single = try Self.engine(.single, processor), let half = try Self.engine(.half, processor) else {
            return
        }
        let frame = try Picture(portrait: "astronaut.png").frame()
        let box = try #require(try single.detect(in: frame).first)
        let chip = try single.chip(of: frame, landmarks: single.landmarks(in: frame, box: box))
        #if arch(x86_64)
            let isSlow = processor == .base
        #else
            let isSlow = false
        #endif
        // The widest of this machine may be its base; then there is nothing else to compare.
        guard try processor != .widest || Self.engine(.half, .avx2) != nil else { return }
        #expect(try (single.describe(chip: chip) == half.describe(chip: chip)) == isSlow)
    }
}

extension FaceBox {
    /// Without the confidence.
    fileprivate var sides: [Int] { [left, top, right, bottom] }
}
