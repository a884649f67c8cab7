/// Fine detail of the face, and noise, which looks like it.
struct Focus {
    /// The energy of the second difference of luma over two samples (0.056 of the distance between the eyes), in the
    /// direction where it is least, over the variance of luma. The Laplacian's energy as a focus measure: Pech-Pacheco et
    /// al., ICPR 2000; the least direction because motion leaves the detail across it.
    var sharpness = 0.0
    /// Standard deviation of what no edge explains, in luma: Immerkær, Fast noise variance estimation, Computer Vision
    /// and Image Understanding 64 (1996). A face's own texture gives 1 to 3.
    var noise = 0.0

    /// Samples between the ends of a second difference and its middle.
    private static let reach = 2
    /// Added to the variance, so that a face without contrast has no detail either.
    private static let floor = 4.0

    /// Of a face whose pixels cannot be looked at.
    static let unknown = Focus()

    private init() {}

    init(_ samples: UnsafeMutableBufferPointer<Float>, contrast: Double) {
        let side = FaceGrid.side
        let reach = Self.reach
        var (level, upright, falling, rising) = (Lanes(), Lanes(), Lanes(), Lanes())
        var noise = Lanes()
        for row in reach..<side - reach {
            for column in stride(from: reach, to: side - reach, by: Lanes.scalarCount) {
                let at = row * side + column
                let middle = samples.lanes(at)
                let twice = 2 * middle
                let first = samples.lanes(at - reach) + samples.lanes(at + reach) - twice
                let second = samples.lanes(at - reach * side) + samples.lanes(at + reach * side) - twice
                let third = samples.lanes(at - reach * side - reach) + samples.lanes(at + reach * side + reach) - twice
                let fourth = samples.lanes(at - reach * side + reach) + samples.lanes(at + reach * side - reach) - twice
                level += first * first
                upright += second * second
                falling += third * third
                rising += fourth * fourth

                let (above, below) = (at - side, at + side)
                let corners =
                    samples.lanes(above - 1) + samples.lanes(above + 1) + samples.lanes(below - 1)
                    + samples.lanes(below + 1)
                let edges = samples.lanes(above) + samples.lanes(below) + samples.lanes(at - 1) + samples.lanes(at + 1)
                let rest = corners - 2 * edges + 4 * middle
                noise += rest.replacing(with: -rest, where: rest .< 0)
            }
        }
        let inner = Double((side - 2 * reach) * (side - 2 * reach))
        let least = Double([level, upright, falling, rising].reduce(.infinity) { min($0, $1.sum()) })
        sharpness = least / inner / (contrast * contrast + Self.floor)
        self.noise = (Double.pi / 2).squareRoot() / 6 * Double(noise.sum()) / inner
    }
}
