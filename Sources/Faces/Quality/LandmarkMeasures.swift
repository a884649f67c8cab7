#if canImport(Glibc)
    import Glibc
#endif

/// What the 68 points alone say of a face.
struct LandmarkMeasures {
    /// Turn to a side: how far the nose's tip lies from the middle of the eyes, over half their distance. The tangent of
    /// the angle, as the tip stands out by half the distance between the eyes.
    var yaw = 0.0
    /// Turn up or down, from the nose's place between eyes and mouth.
    var pitch = 0.0
    /// Inclination of the line between the eyes, in degrees.
    var roll = 0.0
    /// The lesser opening of the two eyes over the distance from the eyes' middle to the chin (eyes open, as in OFIQ).
    var eyeOpening = 0.0
    /// The opening between the lips over the same distance (mouth closed, as in OFIQ).
    var mouthOpening = 0.0
    /// How far the points are from those of any turned, moved and scaled mean face, in distances between the eyes.
    var misfit = 0.0
    /// The middle of the mouth and its width, in the face's axes.
    var mouth = Point(x: 0, y: 1)
    var mouthWidth = 0.0

    init(_ landmarks: Landmarks, axes: FaceAxes) {
        let points = landmarks.points
        roll = atan2(axes.across.y, axes.across.x) * 180 / .pi
        let nose = axes.coordinates(of: landmarks.noseTip)
        mouth = axes.coordinates(of: landmarks.mouth)
        mouthWidth = points[48].distance(to: points[54]) / axes.unit
        yaw = nose.x / 0.5
        // On the mean of dlib's frontal shape the nose's tip lies 0.56 of the way from the eyes to the mouth.
        pitch = mouth.y * axes.unit > 1 ? (nose.y / mouth.y - 0.56) / 0.44 : 1

        let length = max(axes.origin.distance(to: points[8]), 1)
        func opening(_ pairs: [(Int, Int)]) -> Double {
            pairs.reduce(0) { max($0, points[$1.0].distance(to: points[$1.1])) } / length
        }
        eyeOpening = min(opening([(37, 41), (38, 40)]), opening([(43, 47), (44, 46)]))
        mouthOpening = opening([(61, 67), (62, 66), (63, 65)])
        misfit = MeanFace.misfit(of: points, unit: axes.unit)
    }
}
