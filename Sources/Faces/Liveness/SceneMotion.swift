/// The scene's own motion between two frames, which is that of a camera that shakes or comes nearer: shift, turn and zoom,
/// by Lucas & Kanade (IJCAI 1981) over what lies far from the face.
struct SceneMotion {
    /// In cells.
    private(set) var motion = AffineMotion()
    /// Root mean square, in luma levels, of what it leaves over.
    private(set) var noise: Float = 1
    /// Mean brightness now over that before.
    private(set) var gain: Float = 1

    /// - Parameters:
    ///   - centre, width: the face's box in `old`, in cells.
    init(_ old: ReducedFrame.Cells, _ new: ReducedFrame.Cells, _ centre: (x: Float, y: Float), _ width: Float) {
        let middle = (x: Float(old.columns) / 2, y: Float(old.rows) / 2)
        for _ in 0..<4 {
            var normal = Normal()
            var (error, oldSum, newSum) = (Float(0), Float(0), Float(0))
            for row in stride(from: 4, to: old.rows - 5, by: 3) {
                for column in stride(from: 4 + row % 3, to: old.columns - 5, by: 3) {
                    let (u, v) = (Float(column) - centre.x, Float(row) - centre.y)
                    if abs(u) < 1.9 * width && v > -1.6 * width { continue }
                    let (x, y) = motion(Float(column), Float(row))
                    guard new.holds(x, y) else { continue }
                    let index = row * old.columns + column
                    let before = old.means[index]
                    let now = new.at(x, y)
                    oldSum += before
                    newSum += now
                    let difference = now - before
                    // What changed altogether belongs to something that moves by itself.
                    guard abs(difference) < 20 else { continue }
                    error += min(difference * difference, 36)
                    normal.add(
                        across: (old.means[index + 1] - old.means[index - 1]) / 2,
                        down: (old.means[index + old.columns] - old.means[index - old.columns]) / 2,
                        x: Float(column) - middle.x, y: Float(row) - middle.y, difference: difference)
                }
            }
            guard normal.count >= 50 else {
                motion = AffineMotion()
                return
            }
            noise = (error / normal.count).squareRoot()
            gain = newSum / max(oldSum, 1)
            guard normal.hasTexture, let step = normal.solved() else { break }
            // W(x; p) after the inverse of W(x; dp), to first order.
            let (zoom, turn) = (step.0 / Self.unit, step.1 / Self.unit)
            motion.a -= zoom
            motion.e -= zoom
            motion.b += turn
            motion.d -= turn
            motion.c += zoom * middle.x - turn * middle.y - step.2
            motion.f += zoom * middle.y + turn * middle.x - step.3
            guard abs(motion.a - 1) < 0.2, abs(motion.b) < 0.2 else {
                motion = AffineMotion()
                return
            }
        }
    }

    /// Cells that zoom and turn are measured over, so that they weigh like a shift.
    private static let unit: Float = 50

    /// The normal equations of a similarity: zoom, turn and two shifts.
    private struct Normal {
        var count: Float = 0
        private var matrix = SIMD16<Float>()
        private var side = SIMD4<Float>()

        mutating func add(across gx: Float, down gy: Float, x: Float, y: Float, difference: Float) {
            let row = SIMD4<Float>((gx * x + gy * y) / unit, (gy * x - gx * y) / unit, gx, gy)
            for index in 0..<4 {
                let product = row * row[index]
                for other in 0..<4 { matrix[4 * index + other] += product[other] }
            }
            side += row * difference
            count += 1
        }

        var hasTexture: Bool { matrix[10] + matrix[15] > 1.2 * count }

        /// By elimination; a little is added to the diagonal, so that a scene without texture does not move.
        func solved() -> (Float, Float, Float, Float)? {
            var (matrix, side) = (matrix, side)
            for index in 0..<4 { matrix[5 * index] *= 1.001 }
            for column in 0..<4 {
                let pivot = matrix[5 * column]
                guard abs(pivot) > 1e-3 else { return nil }
                for row in 0..<4 where row != column {
                    let factor = matrix[4 * row + column] / pivot
                    for other in column..<4 { matrix[4 * row + other] -= factor * matrix[4 * column + other] }
                    side[row] -= factor * side[column]
                }
            }
            return (side[0] / matrix[0], side[1] / matrix[5], side[2] / matrix[10], side[3] / matrix[15])
        }
    }
}
