import Capture

/// The stages from a frame to a descriptor. The daemon has those of `FaceDetector`, an evaluation those of `FaceEngine`;
/// the benchmark puts dlib's own in their place. A call for each face costs nothing beside what a stage does.
public protocol FaceStages: AnyObject {
    /// Frontal faces, best first.
    /// - Parameters:
    ///   - minimumFace: side of the least face in pixels.
    ///   - region: the part of the frame that is searched; nil for all of it.
    func detect(in frame: Frame, minimumFace: Int, region: PixelRectangle?) throws(FaceError) -> [FaceBox]
    /// The 68 points of the face in `box`.
    func landmarks(in frame: Frame, box: FaceBox) throws(FaceError) -> Landmarks
    /// The descriptor of the face with these points.
    func describe(_ frame: Frame, landmarks: Landmarks) throws(FaceError) -> Descriptor
}

extension FaceEngine: FaceStages {
    /// Frontal faces at dlib's own threshold.
    public func detect(in frame: Frame, minimumFace: Int, region: PixelRectangle?) throws(FaceError) -> [FaceBox] {
        try detect(in: frame, threshold: 0, minimumFace: minimumFace, region: region)
    }
}
