import CDlib
import Capture
import Faces
import TestSupport

/// dlib called directly, as the stages of a pipeline. Where a part of the frame is wanted it sees a copy of that part;
/// it has no least size of a face but its own 80 pixels. The chip is cut by `FaceEngine`, which costs dlib nothing: its
/// own needs the colour of the whole frame.
final class DlibStages: FaceStages {
    private let models: OpaquePointer
    private let chips: FaceEngine
    private var boxes = [dlib_box](repeating: dlib_box(), count: 64)
    private var points = [Int](repeating: 0, count: 136)
    private var values = [Float](repeating: 0, count: Descriptor.count)
    private var grey: [UInt8] = []

    init(models pack: ModelPack) throws {
        let files = try Fixtures.dlibModels
        guard let models = dlib_open(files.landmarks, files.descriptor) else {
            throw FixtureError("dlib cannot load \(files.landmarks) and \(files.descriptor)")
        }
        self.models = models
        chips = try FaceEngine(models: pack)
    }

    deinit { dlib_close(models) }

    func detect(in frame: Frame, minimumFace: Int, region: PixelRectangle?) throws(FaceError) -> [FaceBox] {
        let part = region ?? PixelRectangle(left: 0, top: 0, width: frame.width, height: frame.height)
        copy(part, of: frame)
        let found = dlib_detect(models, grey, Int32(part.width), Int32(part.height), &boxes, Int32(boxes.count))
        guard found >= 0 else { throw .failed(stage: "dlib's detection", reason: "it threw") }
        return boxes[..<min(Int(found), boxes.count)].map { box in
            FaceBox(
                left: box.sides.0 + part.left, top: box.sides.1 + part.top, right: box.sides.2 + part.left,
                bottom: box.sides.3 + part.top, confidence: box.confidence)
        }
    }

    func landmarks(in frame: Frame, box: FaceBox) throws(FaceError) -> Landmarks {
        copy(PixelRectangle(left: 0, top: 0, width: frame.width, height: frame.height), of: frame)
        let raw = dlib_box(sides: (box.left, box.top, box.right, box.bottom), confidence: 0)
        let count = dlib_landmarks(models, grey, Int32(frame.width), Int32(frame.height), raw, &points)
        let places = (0..<Landmarks.count).map { Point(x: Double(points[2 * $0]), y: Double(points[2 * $0 + 1])) }
        guard count == Int32(Landmarks.count), let landmarks = Landmarks(points: places) else {
            throw .failed(stage: "dlib's landmarks", reason: "it threw")
        }
        return landmarks
    }

    func describe(_ frame: Frame, landmarks: Landmarks) throws(FaceError) -> Descriptor {
        let chip = try chips.chip(of: frame, landmarks: landmarks)
        guard dlib_describe(models, chip, &values) == 0, let descriptor = Descriptor(values: values) else {
            throw .failed(stage: "dlib's description", reason: "it threw")
        }
        return descriptor
    }

    private func copy(_ part: PixelRectangle, of frame: Frame) {
        if grey.count < part.width * part.height { grey = [UInt8](repeating: 0, count: part.width * part.height) }
        frame.withLuma { luma in
            grey.withUnsafeMutableBytes { grey in
                for row in 0..<part.height {
                    let from = (part.top + row) * frame.lumaStride + part.left
                    let pixels = UnsafeBufferPointer(rebasing: luma[from..<from + part.width])
                    UnsafeMutableRawBufferPointer(rebasing: grey[(row * part.width)...])
                        .copyMemory(from: UnsafeRawBufferPointer(pixels))
                }
            }
        }
    }
}
