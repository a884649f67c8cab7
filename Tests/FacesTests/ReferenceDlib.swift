import CDlib
import Capture
import Faces
import TestSupport

/// dlib called directly on the same pixels.
final class ReferenceDlib {
    private let models: OpaquePointer

    init() throws {
        let files = try Fixtures.dlibModels
        guard let opened = dlib_open(files.landmarks, files.descriptor) else {
            throw FixtureError("dlib cannot load \(files.landmarks) and \(files.descriptor)")
        }
        self.models = opened
    }

    deinit { dlib_close(models) }

    func detect(_ frame: Frame) -> [FaceBox] {
        var found = [dlib_box](repeating: dlib_box(), count: 64)
        let count = dlib_detect(models, grey(frame), Int32(frame.width), Int32(frame.height), &found, 64)
        return found.prefix(max(0, Int(count))).map {
            FaceBox(
                left: $0.sides.0, top: $0.sides.1, right: $0.sides.2, bottom: $0.sides.3, confidence: $0.confidence)
        }
    }

    func landmarks(_ frame: Frame, _ box: FaceBox) -> [Point] {
        var points = [Int](repeating: 0, count: 136)
        let raw = dlib_box(sides: (box.left, box.top, box.right, box.bottom), confidence: 0)
        guard dlib_landmarks(models, grey(frame), Int32(frame.width), Int32(frame.height), raw, &points) == 68 else {
            return []
        }
        return (0..<68).map { Point(x: Double(points[2 * $0]), y: Double(points[2 * $0 + 1])) }
    }

    /// Chip and descriptor of the whole colour image, without our crop.
    func describe(_ frame: Frame, _ landmarks: [Point]) throws -> (chip: [UInt8], descriptor: [Float]) {
        var rgb: [UInt8] = []
        try frame.copyRGB(
            PixelRectangle(left: 0, top: 0, width: frame.width, height: frame.height), into: &rgb)
        let points = landmarks.flatMap { [Int($0.x), Int($0.y)] }
        var chip = [UInt8](repeating: 0, count: 150 * 150 * 3)
        var descriptor = [Float](repeating: 0, count: 128)
        guard dlib_chip(models, rgb, Int32(frame.width), Int32(frame.height), points, &chip) == 0,
            dlib_describe(models, chip, &descriptor) == 0
        else { throw FixtureError("dlib failed on a frame that we described") }
        return (chip, descriptor)
    }

    private func grey(_ frame: Frame) -> [UInt8] {
        frame.withLuma { luma in
            (0..<frame.height).flatMap { row in
                luma[row * frame.lumaStride..<row * frame.lumaStride + frame.width]
            }
        }
    }
}
