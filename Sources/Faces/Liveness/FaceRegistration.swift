/// Lays a face of one frame over the same face of another by the pixels, beginning with the landmarks' estimate: affine
/// inverse compositional registration (Baker & Matthews, IJCV 56, 2004, section 3.2) of patches brought to one contrast.
/// What is left over is what no plane does: turns of a head with depth, lips, eyelids.
struct FaceRegistration: Sendable {
    /// What one registration found.
    struct Result: Sendable {
        /// From the key frame to the current one, in cells.
        var motion = AffineMotion()
        /// Root mean square of what is left over, in luma levels.
        var residual: Float = 0
        /// How much of what is left over lies in differences between whole rows, over the same for columns.
        var rowsOverColumns: Float = 1
        /// Mean brightness of the face now over that in the key frame.
        var gain: Float = 1
    }

    private static let iterations = 4
    /// Cells in a patch at most, across and down.
    private static let side = 28

    private var places: [(x: Float, y: Float)] = []
    private var template: [Float] = []
    private var slopes: [(x: Float, y: Float)] = []
    private var seen: [Float] = []
    private var normal = [Double](repeating: 0, count: 36)
    private var work = [Double](repeating: 0, count: 42)
    private var step = [Double](repeating: 0, count: 6)
    private var rowSums = [Float](repeating: 0, count: side)
    private var columnSums = [Float](repeating: 0, count: side)
    private var counts = [Float](repeating: 0, count: 2 * side)
    private var lattice: [(column: Int, row: Int)] = []

    /// - Parameters:
    ///   - centre: of the face in the key frame, in cells.
    ///   - width: of the face's box in the key frame, in cells.
    ///   - guess: the landmarks' motion.
    /// - Returns: nil when the face lies over the border, has no contrast, or the search runs away.
    mutating func register(
        key: ReducedFrame, current: ReducedFrame, centre: (x: Float, y: Float), width: Float, guess: AffineMotion
    ) -> Result? {
        guard key.withCells({ collect($0, centre, width) }) else { return nil }
        let count = Float(places.count)
        let mean = template.reduce(0, +) / count
        var variance: Float = 0
        for value in template { variance += (value - mean) * (value - mean) }
        variance /= count
        guard variance > 20 else { return nil }
        buildNormal(centre)
        var motion = guess
        var result = Result()
        for iteration in 0...Self.iterations {
            guard let level = current.withCells({ read($0, motion) }) else { return nil }
            let contrast = (variance / max(level.variance, 1)).squareRoot()
            var error: Float = 0
            for index in step.indices { step[index] = 0 }
            for index in seen.indices {
                let difference = (seen[index] - level.mean) * contrast - (template[index] - mean)
                seen[index] = difference
                error += difference * difference
                let (x, y) = (places[index].x - centre.x, places[index].y - centre.y)
                let (gx, gy) = slopes[index]
                step[0] += Double(gx * x * difference)
                step[1] += Double(gx * y * difference)
                step[2] += Double(gx * difference)
                step[3] += Double(gy * x * difference)
                step[4] += Double(gy * y * difference)
                step[5] += Double(gy * difference)
            }
            result.residual = (error / count).squareRoot()
            result.gain = level.mean / max(mean, 1)
            result.motion = motion
            guard iteration < Self.iterations else { break }
            guard solve(), let next = motion.afterInverse(of: step, about: centre.x, centre.y) else { return nil }
            motion = next
        }
        let far = result.motion(centre.x, centre.y)
        let near = guess(centre.x, centre.y)
        guard abs(far.x - near.x) + abs(far.y - near.y) < 0.35 * width else { return nil }
        result.rowsOverColumns = rowsOverColumns()
        return result
    }

    /// The cells of the face's oval in the key frame, with their gradients. False when there are too few.
    private mutating func collect(_ cells: ReducedFrame.Cells, _ centre: (x: Float, y: Float), _ width: Float) -> Bool {
        places.removeAll(keepingCapacity: true)
        template.removeAll(keepingCapacity: true)
        slopes.removeAll(keepingCapacity: true)
        lattice.removeAll(keepingCapacity: true)
        let pitch = max(1, width / Float(Self.side))
        let half = Float(Self.side) / 2
        for row in 0..<Self.side {
            for column in 0..<Self.side {
                let (u, v) = ((Float(column) + 0.5 - half) * pitch, (Float(row) + 0.5 - half) * pitch)
                let (ru, rv) = (u / (0.42 * width), v / (0.5 * width))
                guard ru * ru + rv * rv <= 1 else { continue }
                let (x, y) = (centre.x + u, centre.y + v)
                guard cells.holds(x - 1, y - 1), cells.holds(x + 1, y + 1) else { continue }
                places.append((x, y))
                template.append(cells.at(x, y))
                slopes.append(
                    (
                        (cells.at(x + 1, y) - cells.at(x - 1, y)) / 2,
                        (cells.at(x, y + 1) - cells.at(x, y - 1)) / 2
                    ))
                lattice.append((column, row))
            }
        }
        return places.count >= 100
    }

    private mutating func read(_ cells: ReducedFrame.Cells, _ motion: AffineMotion) -> (mean: Float, variance: Float)? {
        seen.removeAll(keepingCapacity: true)
        var sum: Float = 0
        var squares: Float = 0
        for place in places {
            let (x, y) = motion(place.x, place.y)
            guard cells.holds(x, y) else { return nil }
            let value = cells.at(x, y)
            seen.append(value)
            sum += value
            squares += value * value
        }
        let count = Float(places.count)
        let mean = sum / count
        return (mean, squares / count - mean * mean)
    }

    private mutating func buildNormal(_ centre: (x: Float, y: Float)) {
        for index in normal.indices { normal[index] = 0 }
        for index in places.indices {
            let (x, y) = (Double(places[index].x - centre.x), Double(places[index].y - centre.y))
            let (gx, gy) = (Double(slopes[index].x), Double(slopes[index].y))
            let row = (gx * x, gx * y, gx, gy * x, gy * y, gy)
            withUnsafeBytes(of: row) { bytes in
                let values = bytes.bindMemory(to: Double.self)
                for i in 0..<6 { for j in i..<6 { normal[6 * i + j] += values[i] * values[j] } }
            }
        }
        for i in 0..<6 { for j in 0..<i { normal[6 * i + j] = normal[6 * j + i] } }
    }

    /// `normal` x = `step`, by elimination with pivots; x is left in `step`. False when there is no answer.
    private mutating func solve() -> Bool {
        for i in 0..<6 {
            for j in 0..<6 { work[7 * i + j] = normal[6 * i + j] }
            work[7 * i + 6] = step[i]
        }
        for column in 0..<6 {
            var pivot = column
            for row in column..<6 where abs(work[7 * row + column]) > abs(work[7 * pivot + column]) { pivot = row }
            guard abs(work[7 * pivot + column]) > 1e-6 else { return false }
            if pivot != column { for j in 0..<7 { work.swapAt(7 * pivot + j, 7 * column + j) } }
            for row in 0..<6 where row != column {
                let factor = work[7 * row + column] / work[7 * column + column]
                for j in column..<7 { work[7 * row + j] -= factor * work[7 * column + j] }
            }
        }
        for index in 0..<6 { step[index] = work[7 * index + 6] / work[7 * index + index] }
        return true
    }

    /// Bands of a screen that is refreshed while the sensor reads its rows darken whole rows: the variance of the rows'
    /// means over that of the columns' means.
    private mutating func rowsOverColumns() -> Float {
        for index in 0..<Self.side {
            rowSums[index] = 0
            columnSums[index] = 0
            counts[index] = 0
            counts[Self.side + index] = 0
        }
        for index in seen.indices {
            let (column, row) = lattice[index]
            rowSums[row] += seen[index]
            columnSums[column] += seen[index]
            counts[row] += 1
            counts[Self.side + column] += 1
        }
        var (rows, columns) = (Float(0), Float(0))
        for index in 0..<Self.side {
            if counts[index] > 0 { rows += rowSums[index] * rowSums[index] / counts[index] }
            if counts[Self.side + index] > 0 {
                columns += columnSums[index] * columnSums[index] / counts[Self.side + index]
            }
        }
        return (rows + 1) / (columns + 1)
    }
}
