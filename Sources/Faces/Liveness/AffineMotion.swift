/// Where places of one frame are in another: x' = a x + b y + c, y' = d x + e y + f. What a plane does before a camera
/// that is far away beside the plane's depth (Hartley & Zisserman, Multiple View Geometry, 2nd ed., section 6.3).
struct AffineMotion: Sendable, Equatable {
    var a: Float = 1
    var b: Float = 0
    var c: Float = 0
    var d: Float = 0
    var e: Float = 1
    var f: Float = 0

    func callAsFunction(_ x: Float, _ y: Float) -> (x: Float, y: Float) {
        (a * x + b * y + c, d * x + e * y + f)
    }

    /// The motion that comes nearest, in least squares, from one face's points to the same face's points of another
    /// frame; nil for points on a line.
    /// - Parameter count: the first so many points count.
    init?(from: [(x: Float, y: Float)], to: [(x: Float, y: Float)], count number: Int) {
        let count = Float(number)
        var (mx, my, nx, ny) = (Float(0), Float(0), Float(0), Float(0))
        for index in 0..<number {
            mx += from[index].x / count
            my += from[index].y / count
            nx += to[index].x / count
            ny += to[index].y / count
        }
        var (xx, xy, yy) = (Float(0), Float(0), Float(0))
        var (xu, yu, xv, yv) = (Float(0), Float(0), Float(0), Float(0))
        for index in 0..<number {
            let (x, y) = (from[index].x - mx, from[index].y - my)
            let (u, v) = (to[index].x - nx, to[index].y - ny)
            xx += x * x
            xy += x * y
            yy += y * y
            xu += x * u
            yu += y * u
            xv += x * v
            yv += y * v
        }
        let determinant = xx * yy - xy * xy
        guard determinant > 1e-6 else { return nil }
        a = (xu * yy - yu * xy) / determinant
        b = (yu * xx - xu * xy) / determinant
        d = (xv * yy - yv * xy) / determinant
        e = (yv * xx - xv * xy) / determinant
        c = nx - a * mx - b * my
        f = ny - d * mx - e * my
    }

    init() {}

    /// This motion after a small one, which is taken back: W(x; p) after the inverse of W(x; dp) about (cx, cy), as the
    /// inverse compositional step wants (Baker & Matthews, IJCV 56, 2004, section 3.2).
    func afterInverse(of step: [Double], about cx: Float, _ cy: Float) -> AffineMotion? {
        let (p0, p1, p2) = (Float(step[0]), Float(step[1]), Float(step[2]))
        let (p3, p4, p5) = (Float(step[3]), Float(step[4]), Float(step[5]))
        // The step in coordinates about the centre: [1 + p0, p1; p3, 1 + p4], p2, p5.
        let determinant = (1 + p0) * (1 + p4) - p1 * p3
        guard determinant > 0.5, determinant < 2 else { return nil }
        let (ia, ib) = ((1 + p4) / determinant, -p1 / determinant)
        let (id, ie) = (-p3 / determinant, (1 + p0) / determinant)
        let ic = -(ia * p2 + ib * p5)
        let iF = -(id * p2 + ie * p5)
        // About the origin.
        let oc = ic + cx - ia * cx - ib * cy
        let oF = iF + cy - id * cx - ie * cy
        var result = AffineMotion()
        result.a = a * ia + b * id
        result.b = a * ib + b * ie
        result.c = a * oc + b * oF + c
        result.d = d * ia + e * id
        result.e = d * ib + e * ie
        result.f = d * oc + e * oF + f
        return result
    }
}
