/// The mean of many faces' 68 points in three dimensions, made by `tools/quality/mean_face.py`.
enum MeanFace {
    /// How far points are from the mean face, however that is turned, moved, scaled and sheared: the root mean square of
    /// what a least-squares fit of the affine camera leaves (Tomasi & Kanade, IJCV 9, 1992), over `unit`. Where the
    /// landmarks do not sit on a face, or something covers a part of it, it is large; 0.04 is usual.
    static func misfit(of points: [Point], unit: Double) -> Double {
        let middle = Point.mean(of: points)
        var (horizontal, vertical) = (Row(), Row())
        for (index, point) in points.enumerated() {
            horizontal.add(inverse[index], times: point.x - middle.x)
            vertical.add(inverse[index], times: point.y - middle.y)
        }
        var sum = 0.0
        for (index, point) in points.enumerated() {
            let dx = point.x - middle.x - horizontal.dot(centred[index])
            let dy = point.y - middle.y - vertical.dot(centred[index])
            sum += dx * dx + dy * dy
        }
        return (sum / Double(points.count)).squareRoot() / unit
    }

    /// A point of the shape, or a row of a camera's matrix.
    private struct Row {
        var x = 0.0
        var y = 0.0
        var z = 0.0

        mutating func add(_ other: Row, times factor: Double) {
            x += other.x * factor
            y += other.y * factor
            z += other.z * factor
        }

        func dot(_ other: Row) -> Double { x * other.x + y * other.y + z * other.z }

        func cross(_ other: Row) -> Row {
            Row(x: y * other.z - z * other.y, y: z * other.x - x * other.z, z: x * other.y - y * other.x)
        }
    }

    /// The shape about its own middle.
    private static let centred: [Row] = {
        var middle = Row()
        for point in shape { middle.add(Row(x: point[0], y: point[1], z: point[2]), times: 1 / Double(shape.count)) }
        return shape.map { Row(x: $0[0] - middle.x, y: $0[1] - middle.y, z: $0[2] - middle.z) }
    }()

    /// The columns of the shape's pseudo-inverse.
    private static let inverse: [Row] = {
        var (first, second, third) = (Row(), Row(), Row())
        for point in centred {
            first.add(point, times: point.x)
            second.add(point, times: point.y)
            third.add(point, times: point.z)
        }
        let determinant = first.dot(second.cross(third))
        let columns = [second.cross(third), third.cross(first), first.cross(second)]
        return centred.map { point in
            Row(
                x: columns[0].dot(point) / determinant, y: columns[1].dot(point) / determinant,
                z: columns[2].dot(point) / determinant)
        }
    }()

    /// Across, down and towards the camera, from the middle of the eyes, in distances between the eyes, in the order of
    /// iBUG 300-W.
    private static let shape: [[Double]] = [
        [-1.119, 0.084, -0.606], [-1.101, 0.386, -0.608], [-1.064, 0.682, -0.618], [-1.013, 0.977, -0.625],
        [-0.924, 1.256, -0.600], [-0.768, 1.500, -0.542], [-0.553, 1.693, -0.440], [-0.298, 1.835, -0.328],
        [0.000, 1.875, -0.293], [0.298, 1.835, -0.328], [0.553, 1.693, -0.440], [0.768, 1.500, -0.542],
        [0.924, 1.256, -0.600], [1.013, 0.977, -0.625], [1.064, 0.682, -0.618], [1.101, 0.386, -0.608],
        [1.119, 0.084, -0.606], [-0.928, -0.172, -0.046], [-0.797, -0.333, 0.087], [-0.595, -0.395, 0.199],
        [-0.382, -0.379, 0.273], [-0.179, -0.303, 0.306], [0.179, -0.303, 0.306], [0.382, -0.379, 0.273],
        [0.595, -0.395, 0.199], [0.797, -0.333, 0.087], [0.928, -0.172, -0.046], [0.000, -0.069, 0.269],
        [0.000, 0.114, 0.341], [0.000, 0.294, 0.423], [0.000, 0.483, 0.500], [-0.220, 0.665, 0.167],
        [-0.114, 0.700, 0.212], [0.000, 0.730, 0.251], [0.114, 0.700, 0.212], [0.220, 0.665, 0.167],
        [-0.692, 0.012, -0.040], [-0.574, -0.068, 0.006], [-0.428, -0.072, 0.031], [-0.295, 0.020, 0.040],
        [-0.433, 0.052, 0.026], [-0.578, 0.057, 0.004], [0.295, 0.020, 0.040], [0.428, -0.072, 0.031],
        [0.574, -0.068, 0.006], [0.692, 0.012, -0.040], [0.578, 0.057, 0.004], [0.433, 0.052, 0.026],
        [-0.432, 1.079, -0.176], [-0.270, 0.994, 0.014], [-0.114, 0.947, 0.118], [0.000, 0.976, 0.126],
        [0.114, 0.947, 0.118], [0.270, 0.994, 0.014], [0.432, 1.079, -0.176], [0.274, 1.200, -0.065],
        [0.123, 1.251, 0.016], [0.000, 1.262, 0.029], [-0.123, 1.251, 0.016], [-0.274, 1.200, -0.065],
        [-0.362, 1.081, -0.143], [-0.116, 1.055, 0.054], [0.000, 1.066, 0.068], [0.116, 1.055, 0.054],
        [0.362, 1.081, -0.143], [0.117, 1.101, 0.036], [0.000, 1.114, 0.050], [-0.117, 1.101, 0.036],
    ]
}
