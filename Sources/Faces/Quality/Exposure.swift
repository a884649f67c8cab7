#if canImport(Glibc)
    import Glibc
#endif

/// Light on the face: the measures of luminance of ISO/IEC 29794-5, on the grid of a face.
struct Exposure {
    /// Mean luma, 0 to 255 (luminance mean).
    var mean = 0.0
    /// Standard deviation of luma (the root of the luminance variance).
    var contrast = 0.0
    /// Entropy of the histogram of luma, in bits, 0 to 8 (dynamic range).
    var dynamicRange = 0.0
    /// Share of samples of luma 25 and less (under-exposure prevention; OFIQ has the same bound).
    var under = 0.0
    /// Share of samples of luma 232 and more (over-exposure prevention). OFIQ's bound is 247; a camera's white is 235.
    var over = 0.0
    /// Sum of the lesser of the two halves' normalised histograms, 0 to 1 (illumination uniformity).
    var uniformity = 1.0

    private static let darkest: Float = 25
    private static let brightest: Float = 232
    /// Bins of a half's histogram. OFIQ has 256 on regions of more pixels than the grid has samples.
    private static let coarseBins = 32

    /// Of a face whose pixels cannot be looked at.
    static let unknown = Exposure()

    private init() {}

    init(_ samples: UnsafeMutableBufferPointer<Float>, of grid: FaceGrid, axes: FaceAxes) {
        let side = FaceGrid.side
        let count = Double(samples.count)
        var sum = Lanes()
        for at in stride(from: 0, to: samples.count, by: Lanes.scalarCount) { sum += samples.lanes(at) }
        let middle = sum.sum() / Float(samples.count)
        var (squares, dark, bright) = (Lanes(), Lanes(), Lanes())
        for at in stride(from: 0, to: samples.count, by: Lanes.scalarCount) {
            let lanes = samples.lanes(at)
            squares += (lanes - middle) * (lanes - middle)
            dark += Lanes().replacing(with: 1, where: lanes .<= Self.darkest)
            bright += Lanes().replacing(with: 1, where: lanes .>= Self.brightest)
        }
        mean = Double(middle)
        contrast = Double(squares.sum() / Float(samples.count)).squareRoot()
        under = Double(dark.sum()) / count
        over = Double(bright.sum()) / count

        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 256 + 2 * Self.coarseBins) { bins in
            bins.update(repeating: 0)
            let halves = 256
            for row in 0..<side {
                // Columns before the face's middle line are of the left half.
                let split = Self.columnsLeft(of: axes, row: row, grid: grid)
                for column in 0..<side {
                    let value = Int(min(max(samples[row * side + column], 0), 255))
                    bins[value] += 1
                    bins[halves + (column < split ? 0 : Self.coarseBins) + value / (256 / Self.coarseBins)] += 1
                }
            }
            for bin in bins[..<256] where bin > 0 {
                let share = Double(bin) / count
                dynamicRange -= share * log2(share)
            }
            uniformity = Self.overlap(UnsafeMutableBufferPointer(rebasing: bins[halves...]))
        }
    }

    /// Columns of a row that lie left of the line through the middle of the eyes, at a right angle to theirs.
    private static func columnsLeft(of axes: FaceAxes, row: Int, grid: FaceGrid) -> Int {
        guard abs(axes.across.x) > 0.01 * axes.unit else { return FaceGrid.side / 2 }
        let y = grid.top + (Double(row) + 0.5) * grid.step
        let x = axes.origin.x - (y - axes.origin.y) * axes.across.y / axes.across.x
        return Int(min(max(((x - grid.left) / grid.step).rounded(), 0), Double(FaceGrid.side)))
    }

    private static func overlap(_ halves: UnsafeMutableBufferPointer<Int32>) -> Double {
        var (left, right) = (0, 0)
        for bin in 0..<coarseBins {
            left += Int(halves[bin])
            right += Int(halves[coarseBins + bin])
        }
        guard left > 0, right > 0 else { return 1 }
        var common = 0.0
        for bin in 0..<coarseBins {
            common += min(Double(halves[bin]) / Double(left), Double(halves[coarseBins + bin]) / Double(right))
        }
        return common
    }
}
