/// How often each ratio of brightness comes among the cells of two frames, in bins of 5 %.
struct BrightnessRatios {
    private var counts = SIMD64<Float>()
    private var sums = SIMD64<Float>()
    private(set) var count: Float = 0

    /// - Parameter ratio: now over before; at least 0.
    mutating func add(_ ratio: Float) {
        let bin = min(63, Int(ratio * 20))
        counts[bin] += 1
        sums[bin] += ratio
        count += 1
    }

    /// The mean of the three bins beside each other that hold most, of those whose middle lies within `range`; nil where
    /// they hold less than `least`.
    func mode(in range: ClosedRange<Float>, least: Float) -> Float? {
        var best: (count: Float, sum: Float) = (0, 0)
        for bin in Int(range.lowerBound * 20)...Int(range.upperBound * 20) {
            let these = counts[bin - 1] + counts[bin] + counts[bin + 1]
            if these > best.count { best = (these, sums[bin - 1] + sums[bin] + sums[bin + 1]) }
        }
        return best.count >= least ? best.sum / best.count : nil
    }
}
