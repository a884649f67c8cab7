/// The scene's own motion between two frames, which is that of a camera that shakes or comes nearer: shift, turn and zoom,
/// by Lucas & Kanade (IJCAI 1981) over what lies far from the face.
///
/// Somebody who walks or sways there has more texture than a wall and would lead the estimate: the motion counts only if
/// hardly a block stands still. When a camera moves nothing stands still; when others move a camera may.
struct SceneMotion {
    /// In cells.
    private(set) var motion = AffineMotion()
    /// Root mean square, in luma levels, of what it leaves over.
    private(set) var noise: Float = 1
    /// Brightness now over that before, as most of the scene has it.
    private(set) var gain: Float = 1
    /// The same as the ratio of means, over everything there: for what changes within a moment.
    private(set) var meanGain: Float = 1

    /// False where most of what has texture goes other ways: nobody can say then what moves with a face.
    private(set) var isCertain = true

    /// Luma from which a cell may be cut off at white.
    static let white: Float = 228
    /// No lamp of a door does more.
    private static let mostGain: Float = 1.8
    /// Luma levels: a larger change belongs to something that moves by itself.
    private static let most: Float = 20

    /// - Parameters:
    ///   - centre, width: the face's box in `old`, in cells.
    init(_ old: ReducedFrame.Cells, _ new: ReducedFrame.Cells, _ centre: (x: Float, y: Float), _ width: Float) {
        let far = Far(old: old, new: new, centre: centre, width: width)
        gain = far.commonGain()
        for _ in 0..<4 {
            guard let normal = far.normal(motion, gain) else {
                motion = AffineMotion()
                return
            }
            (noise, gain, meanGain) = (normal.noise, normal.gain, normal.meanGain)
            guard normal.hasTexture, let step = normal.solved() else { break }
            // W(x; p) after the inverse of W(x; dp), to first order.
            let middle = far.middle
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
        guard motion != AffineMotion() else { return }
        let votes = far.votes(motion)
        if votes.moved > 4 * votes.still {
            isCertain = votes.moved >= votes.neither
            return
        }
        isCertain = votes.still >= votes.neither
        motion = AffineMotion()
        guard let normal = far.normal(motion, gain) else { return }
        (noise, gain, meanGain) = (normal.noise, normal.gain, normal.meanGain)
    }

    /// What lies far from the face, in two frames.
    private struct Far {
        let old: ReducedFrame.Cells
        let new: ReducedFrame.Cells
        let centre: (x: Float, y: Float)
        let width: Float

        var middle: (x: Float, y: Float) { (Float(old.columns) / 2, Float(old.rows) / 2) }

        private func isNear(_ column: Int, _ row: Int) -> Bool {
            abs(Float(column) - centre.x) < 1.9 * width && Float(row) - centre.y > -1.6 * width
        }

        private func isPerson(_ column: Int, _ row: Int) -> Bool {
            let (u, v) = (abs(Float(column) - centre.x) / width, (Float(row) - centre.y) / width)
            return v > 0.45 ? u < 1.7 : v > -0.95 && u < 0.65
        }

        /// The mode of the cells' ratios of brightness: a lamp changes all of a scene, whoever comes changes some. Where a part
        /// shines as before no lamp went on, however much others in dark clothes hide. What is cut off at white counts where
        /// there is more of it than of anything else.
        func commonGain() -> Float {
            var ratios = BrightnessRatios()
            var (whiteCount, whiteSum) = (Float(0), Float(0))
            for row in stride(from: 4, to: old.rows - 5, by: 4) {
                for column in stride(from: 4, to: old.columns - 5, by: 4) where !isPerson(column, row) {
                    let index = row * old.columns + column
                    let (before, now) = (old.means[index], new.means[index])
                    guard before > 12 else { continue }
                    let ratio = now / before
                    guard now < white else {
                        whiteCount += 1
                        whiteSum += ratio
                        continue
                    }
                    ratios.add(ratio)
                }
            }
            let quarter = max(40, 0.25 * (ratios.count + whiteCount))
            if let same = ratios.mode(in: 0.9...1.1, least: quarter) { return same }
            if whiteCount >= 40, whiteCount >= ratios.count { return min(mostGain, whiteSum / whiteCount) }
            return ratios.count >= 40 ? ratios.mode(in: 0.55...mostGain, least: 1) ?? 1 : 1
        }

        /// The equations of the next step; nil with too little to see.
        func normal(_ motion: AffineMotion, _ gain: Float) -> Normal? {
            var normal = Normal(guess: gain)
            for row in stride(from: 4, to: old.rows - 5, by: 3) {
                for column in stride(from: 4 + row % 3, to: old.columns - 5, by: 3) where !isNear(column, row) {
                    let (x, y) = motion(Float(column), Float(row))
                    guard new.holds(x, y) else { continue }
                    let index = row * old.columns + column
                    let now = new.at(x, y)
                    let before = gain * old.means[index]
                    normal.add(brightness: old.means[index], now)
                    let difference = now - before
                    guard now < white, abs(difference) < most else { continue }
                    normal.add(
                        across: gain * (old.means[index + 1] - old.means[index - 1]) / 2,
                        down: gain * (old.means[index + old.columns] - old.means[index - old.columns]) / 2,
                        x: Float(column) - middle.x, y: Float(row) - middle.y, before: before, difference: difference)
                }
            }
            return normal.count >= 50 ? normal : nil
        }

        /// How many blocks with texture moved like this, stood still, or went another way.
        func votes(_ motion: AffineMotion) -> (moved: Int, still: Int, neither: Int) {
            var (moved, still, neither) = (0, 0, 0)
            for row in stride(from: 4, to: old.rows - 11, by: 8) {
                for column in stride(from: 4, to: old.columns - 11, by: 8) where !isNear(column + 4, row + 4) {
                    var (before, with, without) = (Spread(), Spread(), Spread())
                    for sample in 0..<16 {
                        let (u, v) = (column + 2 * (sample % 4), row + 2 * (sample / 4))
                        let (x, y) = motion(Float(u), Float(v))
                        guard new.holds(x, y) else { continue }
                        let value = old.means[v * old.columns + u]
                        before.add(value)
                        with.add(new.at(x, y) - value)
                        without.add(new.means[v * new.columns + u] - value)
                    }
                    guard before.count >= 12, before.variance >= 6 else { continue }
                    if min(with.variance, without.variance) > 4 + 0.1 * before.variance {
                        neither += 1
                    } else if without.variance > 1.5 * with.variance + 1 {
                        moved += 1
                    } else if with.variance > 1.5 * without.variance + 1 {
                        still += 1
                    }
                }
            }
            return (moved, still, neither)
        }
    }

    private struct Spread {
        var count: Float = 0
        private var sum: Float = 0
        private var squares: Float = 0

        mutating func add(_ value: Float) {
            count += 1
            sum += value
            squares += value * value
        }

        var variance: Float { squares / count - (sum / count) * (sum / count) }
    }

    /// Cells that zoom and turn are measured over, so that they weigh like a shift.
    private static let unit: Float = 50

    /// The normal equations of a similarity: zoom, turn and two shifts.
    private struct Normal {
        let guess: Float
        private(set) var count: Float = 0
        private var error: Float = 0
        private var beforeSum: Float = 0
        private var change: Float = 0
        private var brightness = (before: Float(0), now: Float(0))
        private var matrix = SIMD16<Float>()
        private var side = SIMD4<Float>()

        init(guess: Float) { self.guess = guess }

        mutating func add(across gx: Float, down gy: Float, x: Float, y: Float, before: Float, difference: Float) {
            let row = SIMD4<Float>((gx * x + gy * y) / unit, (gy * x - gx * y) / unit, gx, gy)
            for index in 0..<4 {
                let product = row * row[index]
                for other in 0..<4 { matrix[4 * index + other] += product[other] }
            }
            side += row * difference
            error += min(difference * difference, 36)
            beforeSum += before
            change += difference
            count += 1
        }

        mutating func add(brightness before: Float, _ now: Float) {
            brightness.before += before
            brightness.now += now
        }

        /// Root mean square of the differences, each at most 6.
        var noise: Float { (error / count).squareRoot() }

        /// The guess of the gain, mended by what was left over.
        var gain: Float { guess * (1 + change / max(beforeSum, 1)) }

        var meanGain: Float { brightness.now / max(brightness.before, 1) }

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
