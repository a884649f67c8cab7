import CFaces
import Capture

/// The three vision stages over one pack of models. It keeps buffers between calls: one engine serves one thread.
public final class FaceEngine {
    /// In how many bits the weights of the descriptor network are kept.
    public enum Weights: Sendable, CaseIterable {
        /// 32, as in dlib.
        case single
        /// 16 for most of them: faster and smaller, and 1e-4 away in a descriptor's values. 32 on a processor that cannot
        /// widen them quickly: x86-64 without AVX2.
        case half
    }

    /// The vector instructions that may be used; anything but the widest is for tests and the benchmark.
    public enum Processor: Sendable, CaseIterable {
        /// The widest that this processor has.
        case widest
        /// What every processor of its kind has.
        case base
        case avx2, avx512
    }

    private let handle: OpaquePointer
    private var boxes = [rc_box](repeating: rc_box(), count: 64)
    private var points = [rc_point](repeating: rc_point(), count: Landmarks.count)
    private var region: [UInt8] = []
    private var chipPixels = [UInt8](repeating: 0, count: Int(RC_CHIP_BYTES))
    private var descriptor = [Float](repeating: 0, count: Descriptor.count)

    /// Checks the pack and maps it; some milliseconds. Its pages are shared with every other engine on this machine.
    /// Throws `.badModel` or `.unsupportedProcessor`.
    public init(
        models: ModelPack, weights: Weights = .half, processor: Processor = .widest
    ) throws(FaceError) {
        var opened: OpaquePointer?
        var message = [CChar](repeating: 0, count: 512)
        let options = rc_options(weights: weights.raw, processor: processor.raw)
        let status = rc_faces_open(models.path, options, &opened, &message, message.count)
        guard status == RC_OK, let opened else {
            if status == RC_NO_CPU { throw .unsupportedProcessor(reason: text(message)) }
            throw .badModel(path: models.path, reason: text(message))
        }
        handle = opened
    }

    deinit { rc_faces_close(handle) }

    /// Frontal faces, best first (Dalal & Triggs, CVPR 2005, as dlib trains it).
    /// - Parameters:
    ///   - threshold: added to dlib's own threshold; 0 is dlib's default.
    ///   - minimumFace: side in pixels from which no face is missed; faces down to five sixths of it may be found too. The
    ///     detector sees none below 80.
    ///   - region: the part of the frame that is searched, as if it were the frame; nil for all of it.
    public func detect(
        in frame: Frame, threshold: Double = 0, minimumFace: Int = 80, region: PixelRectangle? = nil
    ) throws(FaceError) -> [FaceBox] {
        var count = 0
        let search = rc_search(
            threshold: threshold, minimum_face: Int32(clamping: minimumFace),
            left: Int32(clamping: region?.left ?? 0), top: Int32(clamping: region?.top ?? 0),
            width: Int32(clamping: region?.width ?? 0), height: Int32(clamping: region?.height ?? 0))
        let status = frame.withLuma { luma in
            rc_detect(handle, Self.image(of: frame, luma), search, &boxes, boxes.count, &count)
        }
        try check(status, "detection")
        return boxes[..<count].map { box in
            FaceBox(
                left: Int(box.left), top: Int(box.top), right: Int(box.right), bottom: Int(box.bottom),
                confidence: box.confidence)
        }
    }

    /// The 68 points of the face in `box` (Kazemi & Sullivan, CVPR 2014).
    public func landmarks(in frame: Frame, box: FaceBox) throws(FaceError) -> Landmarks {
        let raw = rc_box(
            left: Int32(clamping: box.left), top: Int32(clamping: box.top), right: Int32(clamping: box.right),
            bottom: Int32(clamping: box.bottom), confidence: box.confidence)
        let status = frame.withLuma { luma in rc_landmarks(handle, Self.image(of: frame, luma), raw, &points) }
        try check(status, "landmarks")
        return Landmarks(unchecked: points.map { Point(x: Double($0.x), y: Double($0.y)) })
    }

    /// The descriptor of one face, over dlib's own alignment: `get_face_chip_details(shape, 150, 0.25)`. Colour is made
    /// for the chip's surroundings only.
    public func describe(_ frame: Frame, landmarks: Landmarks) throws(FaceError) -> Descriptor {
        try cutChip(frame, landmarks: landmarks)
        return try describe(chip: chipPixels)
    }

    /// The descriptor of an aligned 150x150 RGB chip, as `chip(of:landmarks:)` cuts it.
    public func describe(chip: [UInt8]) throws(FaceError) -> Descriptor {
        guard chip.count == Int(RC_CHIP_BYTES) else {
            throw .failed(stage: "description", reason: "\(chip.count) bytes are no chip")
        }
        try check(rc_describe(handle, chip, &descriptor), "description")
        guard let result = Descriptor(values: descriptor) else {
            throw .failed(stage: "description", reason: "the network gave a number that is not finite")
        }
        return result
    }

    /// The aligned 150x150 RGB chip that `describe` sees, 3 bytes a pixel.
    public func chip(of frame: Frame, landmarks: Landmarks) throws(FaceError) -> [UInt8] {
        try cutChip(frame, landmarks: landmarks)
        return chipPixels
    }

    private func cutChip(_ frame: Frame, landmarks: Landmarks) throws(FaceError) {
        for (index, point) in landmarks.points.enumerated() {
            points[index] = rc_point(x: Int32(clamping: Int(point.x)), y: Int32(clamping: Int(point.y)))
        }
        var details = rc_chip()
        try check(rc_chip_of(handle, points, &details), "alignment")
        var box = rc_box()
        try check(
            rc_chip_region(handle, details, Int32(clamping: frame.width), Int32(clamping: frame.height), &box),
            "alignment")
        guard box.right >= box.left, box.bottom >= box.top else {
            throw .failed(stage: "alignment", reason: "the face lies outside the frame")
        }
        let wanted = PixelRectangle(
            left: Int(box.left), top: Int(box.top), width: Int(box.right - box.left) + 1,
            height: Int(box.bottom - box.top) + 1)
        do {
            try frame.copyRGB(wanted, into: &region)
        } catch {
            throw .failed(stage: "colour", reason: error.description)
        }
        try check(rc_chip_cut(handle, region, box, details, &chipPixels), "alignment")
    }

    private static func image(of frame: Frame, _ luma: UnsafeBufferPointer<UInt8>) -> rc_luma {
        rc_luma(
            pixels: luma.baseAddress, width: Int32(clamping: frame.width), height: Int32(clamping: frame.height),
            stride: Int32(clamping: frame.lumaStride))
    }

    private func check(_ status: rc_status, _ stage: String) throws(FaceError) {
        switch status {
        case RC_OK: return
        case RC_BAD_ARGUMENT: throw .failed(stage: stage, reason: "the frame's size or the face's place cannot be")
        default: throw .failed(stage: stage, reason: String(cString: rc_faces_error(handle)))
        }
    }
}

extension FaceEngine.Weights {
    fileprivate var raw: rc_weights {
        switch self {
        case .single: RC_WEIGHTS_32
        case .half: RC_WEIGHTS_16
        }
    }
}

extension FaceEngine.Processor {
    fileprivate var raw: rc_processor {
        switch self {
        case .widest: RC_PROCESSOR_WIDEST
        case .base: RC_PROCESSOR_BASE
        case .avx2: RC_PROCESSOR_AVX2
        case .avx512: RC_PROCESSOR_AVX512
        }
    }
}
