import CDlib
import Capture
import Faces
import TestSupport

/// Detection, landmarks and descriptor beside dlib called directly, and the motion gate alone.
struct VisionBench {
    let models: ModelPack
    let rounds: Int

    func run(_ show: (Row) -> Void) throws {
        let engine = try FaceEngine(models: models)
        let files = try Fixtures.dlibModels
        guard let dlib = dlib_open(files.landmarks, files.descriptor) else {
            throw FixtureError("dlib cannot load \(files.landmarks) and \(files.descriptor)")
        }
        defer { dlib_close(dlib) }
        let portrait = try Picture(portrait: "astronaut.png")
        for canvas in [(width: 640, height: 480), (width: 1280, height: 720)] {
            let frame = try portrait.transformed(scale: 1, canvas: canvas).noisy(4, seed: 1).frame()
            let grey = frame.withLuma { Array($0) }
            var boxes = [dlib_box](repeating: dlib_box(), count: 64)
            show(
                try compare(
                    "detection \(canvas.width)x\(canvas.height)", unit: "frame", rounds: rounds,
                    ours: { _ = try engine.detect(in: frame) },
                    reference: {
                        _ = dlib_detect(dlib, grey, Int32(frame.width), Int32(frame.height), &boxes, 64)
                    }))
        }
        try describe(portrait, engine, dlib, show)
        gate(show)
    }

    private func describe(
        _ portrait: Picture, _ engine: FaceEngine, _ dlib: OpaquePointer, _ show: (Row) -> Void
    ) throws {
        let frame = try portrait.transformed(scale: 1, canvas: (640, 480)).frame()
        let grey = frame.withLuma { Array($0) }
        var rgb: [UInt8] = []
        try frame.copyRGB(PixelRectangle(left: 0, top: 0, width: frame.width, height: frame.height), into: &rgb)
        guard let box = try engine.detect(in: frame).first else { throw FixtureError("no face in the portrait") }
        let raw = dlib_box(sides: (box.left, box.top, box.right, box.bottom), confidence: 0)
        var points = [Int](repeating: 0, count: 136)
        show(
            try compare(
                "landmarks", unit: "face", rounds: rounds,
                ours: { _ = try engine.landmarks(in: frame, box: box) },
                reference: {
                    _ = dlib_landmarks(dlib, grey, Int32(frame.width), Int32(frame.height), raw, &points)
                }))
        let landmarks = try engine.landmarks(in: frame, box: box)
        var chip = [UInt8](repeating: 0, count: 150 * 150 * 3)
        var descriptor = [Float](repeating: 0, count: 128)
        show(
            try compare(
                "chip and descriptor", unit: "face", rounds: rounds,
                ours: { _ = try engine.describe(frame, landmarks: landmarks) },
                reference: {
                    _ = dlib_chip(dlib, rgb, Int32(frame.width), Int32(frame.height), points, &chip)
                    _ = dlib_describe(dlib, chip, &descriptor)
                }))
    }

    private func gate(_ show: (Row) -> Void) {
        var gate = MotionGate()
        let luma = [UInt8](repeating: 100, count: 640 * 480)
        var time: Duration = .zero
        show(
            measure("motion gate 640x480", unit: "frame", rounds: 10 * rounds) {
                time += .milliseconds(66)
                _ = luma.withUnsafeBufferPointer {
                    gate.judge(luma: $0, width: 640, height: 480, stride: 640, time: time)
                }
            })
    }
}
