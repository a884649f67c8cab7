import Capture

/// Who looks for faces.
public enum DetectorKind: String, Sendable, CaseIterable {
    /// dlib's histograms of oriented gradients.
    case hog
    /// A Haar cascade.
    case haar
    /// Both; a face that both see is HOG's.
    case both
}

/// The stages with the detector that is configured: HOG is the engine's own, a Haar cascade comes beside it. Landmarks
/// and descriptors are the engine's. docs/detectors.md says what each detector sees and costs.
public final class FaceDetector: FaceStages {
    private let engine: FaceEngine
    private let kind: DetectorKind
    private let cascade: HaarDetector?

    /// - Parameter cascade: path of the cascade's file, read unless `kind` is HOG. Throws `.badCascade`.
    public init(
        engine: FaceEngine, kind: DetectorKind = .hog, cascade: String = HaarDetector.standardCascade
    ) throws(FaceError) {
        self.engine = engine
        self.kind = kind
        self.cascade = kind == .hog ? nil : try HaarDetector(cascade: cascade)
    }

    /// What speaks against the cascade; nil where nothing does, or where there is none.
    public var cascadeDoubt: String? { cascade?.doubt }

    /// Frontal faces: HOG's, best first, then the cascade's, framed as HOG would frame them.
    /// - Parameters:
    ///   - minimumFace: side of the least face in pixels, as HOG frames it; HOG sees none below 80, a cascade of 20
    ///     pixels none below 19.
    ///   - region: the part of the frame that is searched; nil for all of it.
    public func detect(in frame: Frame, minimumFace: Int, region: PixelRectangle?) throws(FaceError) -> [FaceBox] {
        var boxes: [FaceBox] = []
        if kind != .haar { boxes = try engine.detect(in: frame, minimumFace: minimumFace, region: region) }
        guard let cascade else { return boxes }
        let least = HaarFraming.side(ofFace: minimumFace)
        // Where there is no room for the least face OpenCV looks for the largest that fits.
        let faces = try cascade.detect(in: frame, minimumSide: least, region: region)
            .filter { $0.rectangle.width >= least }
        for box in faces.map(HaarFraming.box).sorted(by: { $0.confidence > $1.confidence })
        where !boxes.contains(where: { HaarFraming.isSameFace($0, box) }) {
            boxes.append(box)
        }
        return boxes
    }

    /// The engine's.
    public func landmarks(in frame: Frame, box: FaceBox) throws(FaceError) -> Landmarks {
        try engine.landmarks(in: frame, box: box)
    }

    /// The engine's.
    public func describe(_ frame: Frame, landmarks: Landmarks) throws(FaceError) -> Descriptor {
        try engine.describe(frame, landmarks: landmarks)
    }
}

/// How a cascade's box becomes one of HOG's. The landmark predictor was trained behind HOG's boxes, which are a little
/// smaller and reach further down. Both numbers were chosen by the landmarks that come out (docs/detectors.md).
enum HaarFraming {
    /// HOG's side over the cascade's.
    static let scale = 0.94
    /// How far down the centre moves, in sides of the cascade's box.
    static let down = 0.09
    /// Windows that count as a confidence of 1: so many that a clear face of HOG's comes first.
    static let surelyAFace = 1000.0

    /// The same face as HOG would frame it.
    static func box(of face: HaarDetector.Face) -> FaceBox {
        let from = face.rectangle
        let side = (Double(from.width) * scale).rounded()
        let left = Double(from.left) + (Double(from.width) - side) / 2
        let top = Double(from.top) + Double(from.height) / 2 + down * Double(from.height) - side / 2
        let x = Int(left.rounded())
        let y = Int(top.rounded())
        return FaceBox(
            left: x, top: y, right: x + Int(side) - 1, bottom: y + Int(side) - 1,
            confidence: Double(face.neighbours) / surelyAFace)
    }

    /// The side of the window for a face of HOG's side.
    static func side(ofFace side: Int) -> Int { Int((Double(side) / scale).rounded(.up)) }

    /// Two detectors never frame a face quite alike: a lower bound than dlib's 0.33 for two boxes of its own.
    static func isSameFace(_ a: FaceBox, _ b: FaceBox) -> Bool { a.overlap(with: b) > 0.25 }
}
