/// Straight edges around a face: the sides of a sheet, of a phone or of a monitor. A doorway gives a living person two or
/// three of them as well; the lower one, across neck or chest, is a picture's own.
///
/// For each side the straight line is sought along which the brightness changes the same way over its whole length, as in
/// a Hough transform (Duda & Hart, CACM 15, 1972) with the gradient's direction.
struct SurroundingEdges: Sendable {
    /// For each side how much of the best line's length is an edge, 0 to 1.
    struct Coverage: Sendable {
        var left: Float = 0
        var right: Float = 0
        var top: Float = 0
        var bottom: Float = 0

        /// The weakest of the four.
        var weakest: Float { min(min(left, right), min(top, bottom)) }
        /// The weakest but one of the four.
        var second: Float {
            let (a, b) = (min(left, right), max(left, right))
            let (c, d) = (min(top, bottom), max(top, bottom))
            return min(max(a, c), b, d)
        }
    }

    /// From the face's middle, in widths of its box: where lines may lie, and half of a line's length.
    private static let sides: ClosedRange<Float> = 0.6...2.4
    private static let above: ClosedRange<Float> = 0.75...2.4
    private static let below: ClosedRange<Float> = 0.75...2.6
    private static let halfLength: Float = 0.85
    private static let samples = 24
    /// Change of brightness over two cells that counts as an edge: share of the brightness, and luma levels at least.
    private static let leastShare: Float = 0.05
    private static let leastStep: Float = 3.5

    /// - Parameters:
    ///   - centre, width: the face's box, in cells.
    ///   - known: a scene whose own edges do not count.
    static func coverage(
        _ frame: ReducedFrame, centre: (x: Float, y: Float), width: Float, known: PlacedScene? = nil
    ) -> Coverage {
        frame.withCells { cells in
            Coverage(
                left: best(cells, centre, width, isUpright: true, -1, sides, known),
                right: best(cells, centre, width, isUpright: true, 1, sides, known),
                top: best(cells, centre, width, isUpright: false, -1, above, known),
                bottom: best(cells, centre, width, isUpright: false, 1, below, known))
        }
    }

    private static func best(
        _ cells: ReducedFrame.Cells, _ centre: (x: Float, y: Float), _ width: Float, isUpright: Bool,
        _ direction: Float, _ range: ClosedRange<Float>, _ known: PlacedScene?
    ) -> Float {
        let across = isUpright ? 1 : cells.columns
        func length(_ offset: Float, _ slope: Float) -> Int {
            var rising = 0
            var falling = 0
            for sample in 0..<samples {
                let along = (Float(sample) / Float(samples - 1) * 2 - 1) * halfLength * width
                let out = direction * offset + slope * along
                let x = Int((centre.x + (isUpright ? out : along)).rounded())
                let y = Int((centre.y + (isUpright ? along : out)).rounded())
                guard x >= 1, y >= 1, x < cells.columns - 1, y < cells.rows - 1 else { continue }
                let index = y * cells.columns + x
                let change = cells.means[index + across] - cells.means[index - across]
                let least = max(leastStep, leastShare * cells.means[index])
                guard abs(change) >= least else { continue }
                if let known, known.hasEdge(x, y, isUpright: isUpright, change: change) { continue }
                if change > 0 { rising += 1 } else { falling += 1 }
            }
            return abs(rising - falling)
        }
        var best = (length: 0, offset: Float(0), slope: Float(0))
        var offset = range.lowerBound * width
        while offset <= range.upperBound * width {
            for lean in -4...4 {
                let slope = Float(lean) * 0.06
                let found = length(offset, slope)
                if found > best.length { best = (found, offset, slope) }
            }
            offset += 1
        }
        guard best.length > 0 else { return 0 }
        // A frame as thin as a cell is followed only by the right line.
        var longest = best.length
        for shift in [Float(-0.5), 0, 0.5] {
            for lean in [Float(-0.04), -0.02, 0, 0.02, 0.04] {
                longest = max(longest, length(best.offset + shift, best.slope + lean))
            }
        }
        return Float(longest) / Float(samples)
    }
}
