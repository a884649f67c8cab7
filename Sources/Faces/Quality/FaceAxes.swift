/// The face's own axes: the origin midway between the eyes, across along the line of the eyes, down at a right angle to
/// it, the unit the distance between the eyes. Roll, place and size are taken out of every measure by it.
struct FaceAxes {
    let origin: Point
    /// One distance between the eyes along the line of the eyes, in pixels; its length is at least 1.
    let across: Point

    init(_ landmarks: Landmarks) {
        let (left, right) = (landmarks.leftEye, landmarks.rightEye)
        origin = Point.mean(of: [left, right])
        let isPoint = left.distance(to: right) < 1
        across = isPoint ? Point(x: 1, y: 0) : Point(x: right.x - left.x, y: right.y - left.y)
    }

    /// The distance between the eyes, in pixels.
    var unit: Double { (across.x * across.x + across.y * across.y).squareRoot() }

    /// A place of the frame in the face's axes: x across, y down.
    func coordinates(of place: Point) -> Point {
        let (dx, dy) = (place.x - origin.x, place.y - origin.y)
        let square = across.x * across.x + across.y * across.y
        return Point(x: (dx * across.x + dy * across.y) / square, y: (dy * across.x - dx * across.y) / square)
    }

    /// The place of the frame that has these coordinates.
    func place(x: Double, y: Double) -> Point {
        Point(x: origin.x + x * across.x - y * across.y, y: origin.y + x * across.y + y * across.x)
    }
}
