#if canImport(Glibc)
    import Glibc
#endif

/// How the points of a face move against each other over a track. An affine map takes a plane's points from one frame to
/// the next; the nose of a head that turns, the lids of an eye that blinks and lips that speak do not follow it.
struct ShapeSeries: Sendable {
    /// A number of each shot: its spread, and whether it goes its way smoothly or jitters as the landmarks do.
    struct Series: Sendable {
        private(set) var count = 0.0
        private(set) var mean = 0.0
        private var squares = 0.0
        private var steps = 0.0
        private var last = 0.0
        private(set) var least = Double.infinity
        private(set) var greatest = -Double.infinity

        mutating func add(_ value: Double) {
            if count > 0 { steps += (value - last) * (value - last) }
            last = value
            count += 1
            // Welford, Technometrics 4, 1962.
            let old = mean
            mean += (value - mean) / count
            squares += (value - old) * (value - mean)
            least = min(least, value)
            greatest = max(greatest, value)
        }

        /// Standard deviation.
        var spread: Double { count > 1 ? (squares / (count - 1)).squareRoot() : 0 }
        /// von Neumann's ratio (Annals of Mathematical Statistics 12, 1941) halved: about 1 for jitter, near 0 for a
        /// smooth way.
        var roughness: Double { count > 2 && squares > 0 ? min(2, steps / (count - 1) / (2 * squares / count)) : 1 }
    }

    private var reference: [(x: Float, y: Float)] = []
    private var moved: [(x: Float, y: Float)] = []
    private(set) var noseAcross = Series()
    private(set) var noseDown = Series()
    /// What an affine map leaves over of all points, in distances between the eyes.
    private(set) var leftOver = Series()
    /// The eye aspect ratio (Soukupova & Cech, CVWW 2016, equation 1), mean of both eyes.
    private(set) var eyes = Series()
    /// Height of the mouth's opening over its width.
    private(set) var mouth = Series()
    private(set) var interEye = Series()

    mutating func add(_ landmarks: Landmarks) {
        let points = landmarks.points
        let distance = max(landmarks.interEyeDistance, 1)
        interEye.add(distance)
        eyes.add((Self.aspect(points, 36) + Self.aspect(points, 42)) / 2)
        let inner =
            (points[61].distance(to: points[67]) + points[62].distance(to: points[66])
                + points[63].distance(to: points[65])) / 3
        mouth.add(inner / max(points[60].distance(to: points[64]), 1))
        moved.removeAll(keepingCapacity: true)
        for index in Self.rigid { moved.append((Float(points[index].x), Float(points[index].y))) }
        for index in 27..<36 { moved.append((Float(points[index].x), Float(points[index].y))) }
        guard !reference.isEmpty else {
            reference = moved
            return
        }
        fit(distance)
    }

    /// Outline, brows, corners of eyes and mouth: what lies about in one depth, apart from the nose.
    private static let rigid = Array(1...15) + [17, 19, 21, 22, 24, 26, 36, 39, 42, 45, 48, 54]

    private mutating func fit(_ distance: Double) {
        let count = Self.rigid.count
        // Without the nose, whose way against the others is the question.
        guard let motion = AffineMotion(from: reference, to: moved, count: count) else { return }
        var (total, across, down) = (0.0, 0.0, 0.0)
        for index in reference.indices {
            let place = motion(reference[index].x, reference[index].y)
            let (dx, dy) = (Double(moved[index].x - place.x), Double(moved[index].y - place.y))
            if index < count {
                total += dx * dx + dy * dy
            } else {
                across += dx / 9
                down += dy / 9
            }
        }
        noseAcross.add(across / distance)
        noseDown.add(down / distance)
        leftOver.add((total / Double(count)).squareRoot() / distance)
    }

    private static func aspect(_ points: [Point], _ first: Int) -> Double {
        let upright =
            points[first + 1].distance(to: points[first + 5]) + points[first + 2].distance(to: points[first + 4])
        return upright / (2 * max(points[first].distance(to: points[first + 3]), 1))
    }
}
