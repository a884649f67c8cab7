import Capture

/// What landmarks and pixels say about one face, before any bound is applied.
struct FaceMeasure {
    var landmarks: LandmarkMeasures
    var exposure = Exposure.unknown
    var focus = Focus.unknown
    var visibility = Visibility.unknown
    /// Share of the square about the face, of three distances between the eyes, that lies in the frame.
    var shareInside = 0.0
    /// True when eyes or mouth lie outside the frame; then the measures of pixels are not taken.
    var isCutOff = false

    init(frame: Frame, landmarks: Landmarks) {
        let axes = FaceAxes(landmarks)
        self.landmarks = LandmarkMeasures(landmarks, axes: axes)
        let mouth = landmarks.mouth
        let inside = [landmarks.leftEye, landmarks.rightEye, mouth].allSatisfy {
            $0.x >= 0 && $0.y >= 0 && $0.x < Double(frame.width) && $0.y < Double(frame.height)
        }
        isCutOff = !inside
        let centre = Point.mean(of: [axes.origin, mouth])
        shareInside =
            Self.share(centre.x, 1.5 * axes.unit, of: frame.width)
            * Self.share(centre.y, 1.5 * axes.unit, of: frame.height)
        if inside { lookAtPixels(frame, FaceGrid(centre: centre, interEyeDistance: axes.unit), axes) }
    }

    private mutating func lookAtPixels(_ frame: Frame, _ grid: FaceGrid, _ axes: FaceAxes) {
        (exposure, focus, visibility) = grid.withSamples(of: frame) { samples in
            let exposure = Exposure(samples, of: grid, axes: axes)
            return (
                exposure, Focus(samples, contrast: exposure.contrast),
                Visibility(
                    samples, of: grid, axes: axes, exposure: exposure, mouth: landmarks.mouth,
                    mouthWidth: landmarks.mouthWidth)
            )
        }
    }

    /// Share of a stretch that lies in the frame.
    private static func share(_ middle: Double, _ reach: Double, of count: Int) -> Double {
        max(0, min(middle + reach, Double(count)) - max(middle - reach, 0)) / (2 * reach)
    }
}
