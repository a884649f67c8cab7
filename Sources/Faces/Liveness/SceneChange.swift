/// What around a face is still the scene that `SceneMemory` knows, by the correlation of blocks, which does not mind other
/// light. A living person covers none of it beside and above the head; others who stand there cover one side, seldom all.
struct SceneChange: Sendable {
    /// Shares of blocks that are another scene, 0 to 1: right beside the head, further beside, above, of the two sides that
    /// with less, or what one says by half where the frame ends on the other; nil where it ends on both.
    private(set) var near: Float?
    private(set) var sides: Float?
    private(set) var above: Float?
    /// Of the whole frame apart from the face's surroundings.
    private(set) var far: Float?
    /// Straight edges that the scene has not, if they were looked for.
    private(set) var edges: SurroundingEdges.Coverage?

    /// In widths of the face's box from its middle.
    private static let nearZone: (ClosedRange<Float>, ClosedRange<Float>) = (0.65...0.95, -0.7...0.3)
    private static let sideZone: (ClosedRange<Float>, ClosedRange<Float>) = (0.95...1.7, -0.9...0.25)
    private static let aboveZone: (ClosedRange<Float>, ClosedRange<Float>) = (-0.8...0.8, -1.9 ... -1.15)
    /// Side of a block.
    private static let side: Float = 0.2
    private static let samples = 4
    /// Luma levels of noise and of texture, squared.
    private static let floor: Float = 4
    private static let leastVariance: Float = 7
    /// A flat block is another if its brightness, apart from the whole scene's change, differs by this share.
    private static let level: Float = 0.25
    /// Correlation from which a block is known, and below which it is another.
    private static let known: Float = 0.65
    private static let other: Float = 0.45

    /// - Parameters:
    ///   - centre, width: the face's box in `current`, in cells.
    ///   - withEdges: they are the dearest part.
    /// - Returns: nil while the scene is not known, or of another size.
    static func compare(
        _ memory: SceneMemory, _ current: ReducedFrame, centre: (x: Float, y: Float), width: Float,
        withEdges: Bool = true
    ) -> SceneChange? {
        let scene = memory.scene
        guard memory.isKnown, scene.columns == current.columns, scene.rows == current.rows else { return nil }
        return scene.withCells { old in
            current.withCells { new in
                let found = SceneMotion(old, new, centre, width)
                let blocks = Blocks(old: old, new: new, counts: memory.counts, motion: found.motion, gain: found.gain)
                var result = SceneChange()
                func sides(_ zone: (ClosedRange<Float>, ClosedRange<Float>)) -> Float? {
                    let right = blocks.share(zone.0, zone.1, centre, width)
                    let left = blocks.share(-zone.0.upperBound ... -zone.0.lowerBound, zone.1, centre, width)
                    if let right, let left { return min(right, left) }
                    // What the other side would show is not known.
                    return (right ?? left).map { ($0 + SceneSeries.neutral) / 2 }
                }
                result.near = sides(nearZone)
                result.sides = sides(sideZone)
                result.above = blocks.share(aboveZone.0, aboveZone.1, centre, width)
                result.far = blocks.far(centre, width)
                guard withEdges else { return result }
                result.edges = SurroundingEdges.coverage(
                    new, centre: centre, width: width,
                    known: SurroundingEdges.Known(cells: old, motion: found.motion, gain: found.gain))
                return result
            }
        }
    }

    /// Compares blocks of two frames.
    private struct Blocks {
        let old: ReducedFrame.Cells
        let new: ReducedFrame.Cells
        let counts: [UInt8]
        let motion: AffineMotion
        let gain: Float

        /// The share of a zone that is another scene; nil for fewer than four blocks that say something.
        func share(
            _ across: ClosedRange<Float>, _ down: ClosedRange<Float>, _ centre: (x: Float, y: Float), _ width: Float
        ) -> Float? {
            var (others, all) = (Float(0), Float(0))
            var v = down.lowerBound + side / 2
            while v < down.upperBound {
                var u = across.lowerBound + side / 2
                while u < across.upperBound {
                    if let isOther = isOther(centre.x + u * width, centre.y + v * width, max(2, side * width / 2)) {
                        all += 1
                        others += isOther ? 1 : 0
                    }
                    u += side * 0.75
                }
                v += side
            }
            return all >= 4 ? others / all : nil
        }

        func far(_ centre: (x: Float, y: Float), _ width: Float) -> Float? {
            var (others, all) = (Float(0), Float(0))
            for row in stride(from: 6, to: old.rows - 5, by: 8) {
                for column in stride(from: 6, to: old.columns - 5, by: 8) {
                    let (u, v) = ((Float(column) - centre.x) / width, (Float(row) - centre.y) / width)
                    guard v < 0.3, abs(u) > 1.9 || v < -2 else { continue }
                    if let isOther = isOther(Float(column), Float(row), 4) {
                        all += 1
                        others += isOther ? 1 : 0
                    }
                }
            }
            return all >= 12 ? others / all : nil
        }

        /// Whether a block of the current frame is not the known scene's; nil where nobody can tell.
        private func isOther(_ x: Float, _ y: Float, _ half: Float) -> Bool? {
            let step = 2 * half / Float(samples - 1)
            var (count, a, b, aa, ab, bb) = (Float(0), Float(0), Float(0), Float(0), Float(0), Float(0))
            for row in 0..<samples {
                for column in 0..<samples {
                    // The motion leads from the known scene to the current frame; a shift is turned around well enough.
                    let (u, v) = (x - half + Float(column) * step, y - half + Float(row) * step)
                    let (mu, mv) = motion(u, v)
                    let (ou, ov) = (2 * u - mu, 2 * v - mv)
                    guard old.holds(ou, ov), new.holds(u, v) else { return nil }
                    guard counts[Int(ov) * old.columns + Int(ou)] >= SceneMemory.leastCount else { continue }
                    let (before, now) = (old.at(ou, ov), new.at(u, v))
                    count += 1
                    a += before
                    b += now
                    aa += before * before
                    ab += before * now
                    bb += now * now
                }
            }
            guard count >= 10 else { return nil }
            (a, b) = (a / count, b / count)
            let (va, vb, cov) = (aa / count - a * a, bb / count - b * b, ab / count - a * b)
            // Cut off at white: no texture is left that could tell, and no brightness beyond it.
            if gain * a > SceneMotion.white { return b < 0.7 * SceneMotion.white ? true : nil }
            let share = abs(b - gain * a) / (gain * a + 24)
            let contrast = max(va * gain * gain, vb)
            if contrast < leastVariance {
                // Flat both: only its brightness tells.
                return share > level ? true : share < 0.4 * level ? false : nil
            }
            let correlation = cov / ((va + floor) * (vb + floor)).squareRoot()
            if correlation > known { return false }
            // Faint texture is lost in noise before it is another.
            return correlation < other && (contrast > 3 * leastVariance || share > level) ? true : nil
        }
    }
}
