/// Whether eyes and mouth are to be seen: what OFIQ learns from pixels by networks (eyes visible, mouth occlusion
/// prevention), here by what a lens, a reflection or a mask does to luma in their places.
struct Visibility {
    /// The 90th percentile of luma about the eye that has more of it, less the face's mean, over the face's contrast. The
    /// white of an eye and the lid below it are about as bright as the face; behind dark glasses nothing is.
    var eyeHighlight = 0.0
    /// Share of samples about an eye, of the one that has more of them, that are nearly white: a reflection on glasses.
    var eyeGlare = 0.0
    /// Standard deviation of luma about the mouth over the face's contrast; nearly 0 behind a mask.
    var mouthTexture = 0.0
    /// The line of a frame of glasses over the nose's bridge and under the eyes (geometric mean of the greatest second
    /// differences of luma down the face there, over the face's contrast).
    var glassesLine = 0.0

    private static let white: Float = 225

    /// Of a face whose pixels cannot be looked at.
    static let unknown = Visibility()

    private init() {}

    /// - Parameter mouthWidth: between the corners of the mouth, in distances between the eyes.
    init(
        _ samples: UnsafeMutableBufferPointer<Float>, of grid: FaceGrid, axes: FaceAxes, exposure: Exposure,
        mouth: Point, mouthWidth: Double
    ) {
        let patches = Patches(samples: samples, grid: grid, axes: axes)
        let scale = max(exposure.contrast, 2)
        let eyes = [-0.5, 0.5].map { patches.eye(at: $0, white: Self.white) }
        eyeHighlight = ((eyes.map(\.highlight).max() ?? 0) - exposure.mean) / scale
        eyeGlare = eyes.map(\.glare).max() ?? 0
        mouthTexture = patches.deviation(about: mouth, width: min(mouthWidth, 1.5), height: 0.5) / scale
        let bridge = patches.line(x: 0, halfWidth: 0.14, from: -0.44, to: 0.47)
        let rims =
            patches.line(x: -0.5, halfWidth: 0.25, from: 0.11, to: 0.64)
            + patches.line(x: 0.5, halfWidth: 0.25, from: 0.11, to: 0.64)
        glassesLine = (bridge * rims / 2).squareRoot() / (scale + 2)
    }
}

/// Luma in parts of a face, in the face's axes.
private struct Patches {
    let samples: UnsafeMutableBufferPointer<Float>
    let grid: FaceGrid
    let axes: FaceAxes

    /// From one look to the next, in distances between the eyes: about a sample of the grid.
    private static let pitch = 0.028

    private func luma(_ x: Double, _ y: Double) -> Float { grid.luma(at: axes.place(x: x, y: y), in: samples) }

    /// The 90th percentile of luma in the place of an eye, and the share of what is nearly white.
    func eye(at x: Double, white: Float) -> (highlight: Double, glare: Double) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 256) { bins in
            bins.update(repeating: 0)
            var (count, bright) = (0, 0)
            for down in stride(from: -0.13, through: 0.13, by: Self.pitch) {
                for across in stride(from: x - 0.27, through: x + 0.27, by: Self.pitch) {
                    let value = luma(across, down)
                    bins[Int(min(max(value, 0), 255))] += 1
                    bright += value >= white ? 1 : 0
                    count += 1
                }
            }
            var (above, highlight) = (0, 255)
            while highlight > 0, above + Int(bins[highlight]) <= count / 10 {
                above += Int(bins[highlight])
                highlight -= 1
            }
            return (Double(highlight), Double(bright) / Double(count))
        }
    }

    /// Standard deviation of luma in a box.
    func deviation(about middle: Point, width: Double, height: Double) -> Double {
        var (sum, squares, count): (Float, Float, Float) = (0, 0, 0)
        let base = luma(middle.x, middle.y)
        for down in stride(from: middle.y - height / 2, through: middle.y + height / 2, by: Self.pitch) {
            for across in stride(from: middle.x - width / 2, through: middle.x + width / 2, by: Self.pitch) {
                let value = luma(across, down) - base
                sum += value
                squares += value * value
                count += 1
            }
        }
        guard count > 0 else { return 0 }
        return Double(max(0, squares / count - sum / count * (sum / count))).squareRoot()
    }

    /// The greatest second difference, over two looks, of the mean luma of a strip down the face.
    func line(x: Double, halfWidth: Double, from: Double, to: Double) -> Double {
        var (oldest, older, middle, newer): (Float, Float, Float, Float) = (0, 0, 0, 0)
        var greatest: Float = 0
        var looks = 0
        for down in stride(from: from, through: to, by: Self.pitch) {
            var (sum, count): (Float, Float) = (0, 0)
            for across in stride(from: x - halfWidth, through: x + halfWidth, by: Self.pitch) {
                sum += luma(across, down)
                count += 1
            }
            let newest = sum / max(count, 1)
            looks += 1
            if looks >= 5 { greatest = max(greatest, abs(oldest + newest - 2 * middle)) }
            (oldest, older, middle, newer) = (older, middle, newer, newest)
        }
        return Double(greatest)
    }
}
