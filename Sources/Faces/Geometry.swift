/// A point in pixels; x to the right, y down.
public struct Point: Sendable, Equatable {
    /// Pixels from the left edge.
    public var x: Double
    /// Pixels from the top edge.
    public var y: Double

    /// A point from its two coordinates, in pixels.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    func distance(to other: Point) -> Double {
        let dx = x - other.x
        let dy = y - other.y
        return (dx * dx + dy * dy).squareRoot()
    }

    static func mean(of points: some Collection<Point>) -> Point {
        var sum = Point(x: 0, y: 0)
        for point in points {
            sum.x += point.x
            sum.y += point.y
        }
        let count = Double(max(points.count, 1))
        return Point(x: sum.x / count, y: sum.y / count)
    }
}

/// Where the detector saw a face: a rectangle in pixels whose four sides belong to it. It may reach over the border.
public struct FaceBox: Sendable, Equatable {
    /// First column of pixels.
    public var left: Int
    /// First row of pixels.
    public var top: Int
    /// Last column of pixels.
    public var right: Int
    /// Last row of pixels.
    public var bottom: Int
    /// dlib's detection confidence: 0 is its threshold, 1 is a clear face.
    public var confidence: Double

    /// A box from its sides, in pixels.
    public init(left: Int, top: Int, right: Int, bottom: Int, confidence: Double = 0) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
        self.confidence = confidence
    }

    /// Columns of pixels.
    public var width: Int { right - left + 1 }
    /// Rows of pixels.
    public var height: Int { bottom - top + 1 }
    /// Pixels.
    public var area: Int { max(0, width) * max(0, height) }

    /// The same box moved by whole pixels.
    public func moved(x: Double, y: Double) -> FaceBox {
        let dx = Int(x.rounded())
        let dy = Int(y.rounded())
        return FaceBox(
            left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy, confidence: confidence)
    }

    /// Intersection over union of two boxes, 0 to 1.
    public func overlap(with other: FaceBox) -> Double {
        let common = FaceBox(
            left: max(left, other.left), top: max(top, other.top),
            right: min(right, other.right), bottom: min(bottom, other.bottom))
        guard common.width > 0, common.height > 0 else { return 0 }
        return Double(common.area) / Double(area + other.area - common.area)
    }

    var centre: Point { Point(x: Double(left + right) / 2, y: Double(top + bottom) / 2) }

    /// The boxes, best first, without those that show a better one's face: two searches may have found the same.
    public static func distinct(_ boxes: [FaceBox]) -> [FaceBox] {
        var distinct: [FaceBox] = []
        for box in boxes.sorted(by: { $0.confidence > $1.confidence })
        where !distinct.contains(where: { $0.overlap(with: box) > sameFaceOverlap }) {
            distinct.append(box)
        }
        return distinct
    }

    /// dlib's own bound within one search.
    private static let sameFaceOverlap = 0.33
}

/// dlib's 68 points of one face, in pixels, in the order of iBUG 300-W.
public struct Landmarks: Sendable, Equatable {
    /// Points of a face.
    public static let count = 68
    /// The points, in pixels.
    public let points: [Point]

    /// Takes exactly 68 points; nil for any other number.
    public init?(points: [Point]) {
        guard points.count == Self.count else { return nil }
        self.points = points
    }

    init(unchecked points: [Point]) { self.points = points }

    /// The centre of the six points around the eye that lies left in the image.
    public var leftEye: Point { Point.mean(of: points[36..<42]) }
    /// The centre of the six points around the eye that lies right in the image.
    public var rightEye: Point { Point.mean(of: points[42..<48]) }
    /// The tip of the nose.
    public var noseTip: Point { points[30] }
    /// The centre of the mouth's outer line.
    public var mouth: Point { Point.mean(of: points[48..<60]) }
    /// The distance between the eyes' centres, in pixels.
    public var interEyeDistance: Double { leftEye.distance(to: rightEye) }
}
