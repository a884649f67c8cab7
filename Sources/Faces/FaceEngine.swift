import CFaces
import Capture

/// Where the two model files are.
public struct ModelPaths: Sendable, Equatable {
    /// Path of the 68-point predictor.
    public var landmarks: String
    /// Path of the descriptor network.
    public var descriptor: String

    /// Paths of the 68-point predictor and of the descriptor network.
    public init(landmarks: String, descriptor: String) {
        self.landmarks = landmarks
        self.descriptor = descriptor
    }

    /// The files' usual names in one folder.
    public init(folder: String) {
        self.init(
            landmarks: folder + "/shape_predictor_68_face_landmarks.dat",
            descriptor: folder + "/dlib_face_recognition_resnet_model_v1.dat")
    }

    /// SHA-256 of the landmark model that this program was measured with.
    public static let landmarksDigest = "fbdc2cb80eb9aa7a758672cbfdda32ba6300efe9b6e6c7a299ff7e736b11b92f"
    /// SHA-256 of the descriptor model that this program was measured with.
    public static let descriptorDigest = "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30"
    /// What a template is stored with, so that one from another model is never compared.
    public static let descriptorName = "dlib-resnet-v1"
}

/// The three vision stages over one set of models. It keeps buffers between calls: one engine serves one thread.
public final class FaceEngine {
    private let handle: OpaquePointer
    private var boxes = [rc_box](repeating: rc_box(), count: 64)
    private var points = [rc_point](repeating: rc_point(), count: Landmarks.count)
    private var region: [UInt8] = []
    private var chipPixels = [UInt8](repeating: 0, count: Int(RC_CHIP_BYTES))
    private var descriptor = [Float](repeating: 0, count: Descriptor.count)

    /// Loads both models; about a second. Throws `.badModel` or `.unsupportedProcessor`.
    public init(models: ModelPaths) throws(FaceError) {
        var opened: OpaquePointer?
        var message = [CChar](repeating: 0, count: 512)
        let status = rc_faces_open(models.landmarks, models.descriptor, &opened, &message, message.count)
        guard status == RC_OK, let opened else {
            let reason = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if status == RC_NO_CPU { throw .unsupportedProcessor(reason: reason) }
            throw .badModel(path: "\(models.landmarks) or \(models.descriptor)", reason: reason)
        }
        handle = opened
    }

    deinit { rc_faces_close(handle) }

    /// Frontal faces of 80 pixels and wider, best first (Dalal & Triggs, CVPR 2005, as dlib trains it).
    /// - Parameter threshold: added to dlib's own threshold; 0 is dlib's default.
    public func detect(in frame: Frame, threshold: Double = 0) throws(FaceError) -> [FaceBox] {
        var count = 0
        let status = frame.withLuma { luma in
            rc_detect(handle, Self.image(of: frame, luma), threshold, &boxes, boxes.count, &count)
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
        try check(rc_describe(handle, chipPixels, &descriptor), "description")
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
