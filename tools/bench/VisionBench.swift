import CDlib
import Capture
import Faces
import TestSupport

/// Detection, landmarks, chip and descriptor beside dlib called directly, by each processor's instructions.
struct VisionBench {
    let models: ModelPack
    let rounds: Int

    func run(_ show: (Row) -> Void) throws {
        let files = try Fixtures.dlibModels
        guard let dlib = dlib_open(files.landmarks, files.descriptor) else {
            throw FixtureError("dlib cannot load \(files.landmarks) and \(files.descriptor)")
        }
        defer { dlib_close(dlib) }
        let portrait = try Picture(portrait: "astronaut.png")
        for (name, processor) in [("AVX2", FaceEngine.Processor.avx2), ("AVX-512", .avx512), ("base", .base)] {
            guard let half = try? FaceEngine(models: models, weights: .half, processor: processor) else { continue }
            let single = try FaceEngine(models: models, weights: .single, processor: processor)
            for canvas in [(width: 640, height: 480), (width: 1280, height: 720)] {
                let frame = try portrait.transformed(scale: 1, canvas: canvas).noisy(4, seed: 1).frame()
                let grey = frame.withLuma { Array($0) }
                var boxes = [dlib_box](repeating: dlib_box(), count: 64)
                show(
                    try compare(
                        "detection \(canvas.width)x\(canvas.height)", processor: name, unit: "frame", rounds: rounds,
                        ours: { _ = try half.detect(in: frame) },
                        reference: {
                            _ = dlib_detect(dlib, grey, Int32(frame.width), Int32(frame.height), &boxes, 64)
                        }))
            }
            try faces(portrait, name, half, single, dlib, show)
        }
    }

    private func faces(
        _ portrait: Picture, _ processor: String, _ half: FaceEngine, _ single: FaceEngine, _ dlib: OpaquePointer,
        _ show: (Row) -> Void
    ) throws {
        let frame = try portrait.transformed(scale: 1, canvas: (640, 480)).frame()
        let grey = frame.withLuma { Array($0) }
        var rgb: [UInt8] = []
        try frame.copyRGB(PixelRectangle(left: 0, top: 0, width: frame.width, height: frame.height), into: &rgb)
        guard let box = try half.detect(in: frame).first else { throw FixtureError("no face in the portrait") }
        let raw = dlib_box(sides: (box.left, box.top, box.right, box.bottom), confidence: 0)
        var points = [Int](repeating: 0, count: 136)
        show(
            try compare(
                "landmarks", processor: processor, unit: "face", rounds: rounds,
                ours: { _ = try half.landmarks(in: frame, box: box) },
                reference: {
                    _ = dlib_landmarks(dlib, grey, Int32(frame.width), Int32(frame.height), raw, &points)
                }))
        let landmarks = try half.landmarks(in: frame, box: box)
        var chip = [UInt8](repeating: 0, count: 150 * 150 * 3)
        show(
            try compare(
                "chip", processor: processor, unit: "face", rounds: rounds,
                ours: { _ = try half.chip(of: frame, landmarks: landmarks) },
                reference: { _ = dlib_chip(dlib, rgb, Int32(frame.width), Int32(frame.height), points, &chip) }))
        chip = try half.chip(of: frame, landmarks: landmarks)
        var descriptor = [Float](repeating: 0, count: 128)
        for (name, engine) in [("descriptor fp32", single), ("descriptor fp16", half)] {
            show(
                try compare(
                    name, processor: processor, unit: "chip", rounds: rounds,
                    ours: { _ = try engine.describe(chip: chip) },
                    reference: { _ = dlib_describe(dlib, chip, &descriptor) }))
        }
    }
}
