/// Whether what is beside and above the head moves with the face or stays with the scene. The wall behind a living person
/// stays; the rest of a sheet, its margin and a phone's frame come along (Anjos & Marcel, IJCB 2011; Anjos, Chakka &
/// Marcel, IET Biometrics 3, 2014, do this by the correlation of motions).
///
/// Blocks around the head are compared under both motions, that of the face and that of the scene: whichever leaves less
/// over is the block's. Where the motions hardly differ or a block has no texture there is nothing to say.
struct ContextMotion: Sendable {
    /// What one pair of frames says; counts of blocks.
    struct Result: Sendable {
        var carriedNear = 0.0
        var stayingNear = 0.0
        var carriedFar = 0.0
        var stayingFar = 0.0
        /// Root mean square, in luma levels, of what the scene's motion leaves over far from the face: noise.
        var noise: Float = 1
        /// Mean brightness of the scene now over that in the key frame.
        var gain: Float = 1
        /// What the rows at both sides of the face have in common in their change since the key frame, and the rest of
        /// the scene has not, squared and relative to the brightness: bands of a screen. nil where nothing lies beside.
        var bands: Float?
        /// How far the face moved against the scene, in cells.
        var motion: Float = 0
    }

    /// In widths of the face's box: a block's side, and how far the head reaches to each side and up from its middle.
    private static let side: Float = 0.2
    private static let head: (side: Float, up: Float) = (0.6, 0.85)
    /// The blocks of the inner ring.
    private static let near: (side: Float, up: Float) = (1.0, 1.25)
    /// Shoulders begin here.
    private static let shoulders: Float = 0.45
    private static let reach = (left: -9, right: 8, top: -8, bottom: 1)
    /// Cells that the two motions must differ by in a block.
    private static let leastDifference: Float = 0.35
    /// Variance in luma levels from which a block has texture.
    private static let leastVariance: Float = 6
    /// Ratio of what is left over from which a block has chosen.
    private static let decisive: Float = 1.8

    /// - Parameters:
    ///   - centre, width: the face's box in the key frame, in cells.
    ///   - face: the face's motion from the key frame to the current one.
    static func compare(
        key: ReducedFrame, current: ReducedFrame, centre: (x: Float, y: Float), width: Float, face: AffineMotion
    ) -> Result {
        key.withCells { old in
            current.withCells { new in
                var result = Result()
                let scene = sceneMotion(old, new, centre, width, &result)
                let place = face(centre.x, centre.y)
                let stay = scene(centre.x, centre.y)
                let (dx, dy) = (place.x - stay.x, place.y - stay.y)
                result.motion = (dx * dx + dy * dy).squareRoot()
                result.bands = BesideBands.common(old, new, centre, width, scene)
                for row in reach.top...reach.bottom {
                    for column in reach.left...reach.right {
                        let (u, v) = ((Float(column) + 0.5) * side, (Float(row) + 0.5) * side)
                        let isHead = abs(u) < head.side && v > -head.up
                        guard !isHead, v <= shoulders else { continue }
                        let isNear = abs(u) < near.side && v > -near.up
                        let middle = (x: centre.x + u * width, y: centre.y + v * width)
                        guard let carried = choose(old, new, middle, width, face, scene, result.noise) else { continue }
                        switch (carried, isNear) {
                        case (true, true): result.carriedNear += 1
                        case (false, true): result.stayingNear += 1
                        case (true, false): result.carriedFar += 1
                        case (false, false): result.stayingFar += 1
                        }
                    }
                }
                return result
            }
        }
    }

    /// True when a block comes along with the face, false when it stays, nil when it says nothing.
    private static func choose(
        _ old: ReducedFrame.Cells, _ new: ReducedFrame.Cells, _ middle: (x: Float, y: Float), _ width: Float,
        _ face: AffineMotion, _ scene: AffineMotion, _ noise: Float
    ) -> Bool? {
        let moved = face(middle.x, middle.y)
        let stayed = scene(middle.x, middle.y)
        let (dx, dy) = (moved.x - stayed.x, moved.y - stayed.y)
        guard dx * dx + dy * dy >= leastDifference * leastDifference else { return nil }
        let half = max(2, side * width / 2)
        let pitch = max(1, half / 3)
        var (count, sum, squares) = (Float(0), Float(0), Float(0))
        var (carriedSum, carriedSquares, stayingSum, stayingSquares) = (Float(0), Float(0), Float(0), Float(0))
        var v = -half
        while v <= half {
            var u = -half
            while u <= half {
                let (x, y) = (middle.x + u, middle.y + v)
                let with = face(x, y)
                let without = scene(x, y)
                guard old.holds(x, y), new.holds(with.x, with.y), new.holds(without.x, without.y) else { return nil }
                let before = old.at(x, y)
                let carried = new.at(with.x, with.y) - before
                let staying = new.at(without.x, without.y) - before
                count += 1
                sum += before
                squares += before * before
                carriedSum += carried
                carriedSquares += carried * carried
                stayingSum += staying
                stayingSquares += staying * staying
                u += pitch
            }
            v += pitch
        }
        guard squares / count - (sum / count) * (sum / count) >= leastVariance else { return nil }
        // Without the block's change of brightness as a whole.
        let floor = 0.5 * noise * noise + 0.5
        let carried = carriedSquares / count - (carriedSum / count) * (carriedSum / count) + floor
        let staying = stayingSquares / count - (stayingSum / count) * (stayingSum / count) + floor
        if staying > decisive * carried { return true }
        return carried > decisive * staying ? false : nil
    }

    /// The scene's own motion, which is that of a camera that shakes or comes nearer: shift, turn and zoom, by Lucas &
    /// Kanade (IJCAI 1981) over what lies far from the face. Leaves noise and gain in `result`.
    private static func sceneMotion(
        _ old: ReducedFrame.Cells, _ new: ReducedFrame.Cells, _ centre: (x: Float, y: Float), _ width: Float,
        _ result: inout Result
    ) -> AffineMotion {
        var scene = AffineMotion()
        let middle = (x: Float(old.columns) / 2, y: Float(old.rows) / 2)
        for _ in 0..<4 {
            var normal = Normal()
            var (error, oldSum, newSum) = (Float(0), Float(0), Float(0))
            for row in stride(from: 4, to: old.rows - 5, by: 3) {
                for column in stride(from: 4 + row % 3, to: old.columns - 5, by: 3) {
                    let (u, v) = (Float(column) - centre.x, Float(row) - centre.y)
                    if abs(u) < 1.9 * width && v > -1.6 * width { continue }
                    let (x, y) = scene(Float(column), Float(row))
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
            guard normal.count >= 50 else { return AffineMotion() }
            result.noise = (error / normal.count).squareRoot()
            result.gain = newSum / max(oldSum, 1)
            guard normal.hasTexture, let step = normal.solved() else { break }
            // W(x; p) after the inverse of W(x; dp), to first order.
            let (zoom, turn) = (step.0 / Self.unit, step.1 / Self.unit)
            scene.a -= zoom
            scene.e -= zoom
            scene.b += turn
            scene.d -= turn
            scene.c += zoom * middle.x - turn * middle.y - step.2
            scene.f += zoom * middle.y + turn * middle.x - step.3
            guard abs(scene.a - 1) < 0.2, abs(scene.b) < 0.2 else { return AffineMotion() }
        }
        return scene
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
