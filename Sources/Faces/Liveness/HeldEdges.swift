/// Straight edges that go where the face goes: the sides of a sheet or a phone in a hand. Where a face moves before a room,
/// the room's own edges blur when looks are laid over each other by the face; what is fixed to the face does not.
///
/// Changes of brightness are averaged on a grid that lies on the face and turns and grows with it; straight lines along
/// which the mean keeps its sign are sought as in `SurroundingEdges` (Duda & Hart, CACM 15, 1972).
struct HeldEdges: Sendable {
    /// Points of the grid's side, and their distance in widths of the face's box.
    private static let side = 58
    private static let step: Float = 0.1
    private static let middle = Float(side - 1) / 2
    /// Mean change over two steps, as a share of the brightness, that is an edge.
    private static let leastChange: Float = 0.035
    /// Mean over root mean square from which most looks agree.
    private static let leastUnity: Float = 0.55
    /// Where lines may lie from the face's middle, in widths.
    private static let sides: ClosedRange<Float> = 0.6...2.4
    private static let above: ClosedRange<Float> = 0.7...2.4
    /// Standard deviations of the face's place, in cells: up to this the room's edges are not blurred, and from there they
    /// are.
    private static let blur: (least: Double, enough: Double) = (1, 3)

    /// What a place's changes of brightness add up to.
    private struct Changes {
        private var sum: Float = 0
        private var squares: Float = 0

        mutating func add(_ change: Float) {
            sum += change
            squares += change * change
        }

        /// The mean of so many; 0 where it comes from a few of them.
        func mean(_ count: Float) -> Float {
            let mean = sum / count
            return mean * mean >= leastUnity * leastUnity * squares / count ? mean : 0
        }
    }

    private var luma: [Float] = []
    private var across: [Changes] = []
    private var down: [Changes] = []
    private var looks: [Float] = []
    private var x = ShapeSeries.Series()
    private var y = ShapeSeries.Series()

    /// - Parameters:
    ///   - centre, width: the face's box, in cells.
    ///   - turn: the way from one eye to the other, in cells.
    mutating func add(
        _ frame: ReducedFrame, centre: (x: Float, y: Float), width: Float, turn: (x: Float, y: Float)
    ) {
        let length = (turn.x * turn.x + turn.y * turn.y).squareRoot()
        guard length > 0 else { return }
        if luma.isEmpty {
            let count = Self.side * Self.side
            luma = [Float](repeating: 0, count: count)
            looks = luma
            across = [Changes](repeating: Changes(), count: count)
            down = across
        }
        x.add(Double(centre.x))
        y.add(Double(centre.y))
        let scale = Self.step * width / length
        sample(frame, centre, (turn.x * scale, turn.y * scale))
        for row in 1..<Self.side - 1 {
            for column in 1..<Self.side - 1 {
                let index = row * Self.side + column
                let (left, right) = (luma[index - 1], luma[index + 1])
                let (upper, lower) = (luma[index - Self.side], luma[index + Self.side])
                guard min(min(left, right), min(upper, lower)) >= 0 else { continue }
                let brightness = (left + right + upper + lower) / 4 + 24
                across[index].add((right - left) / brightness)
                down[index].add((lower - upper) / brightness)
                looks[index] += 1
            }
        }
    }

    /// The brightness at each point; -1 outside of the frame.
    private mutating func sample(_ frame: ReducedFrame, _ centre: (x: Float, y: Float), _ axis: (x: Float, y: Float)) {
        frame.withCells { cells in
            for row in 0..<Self.side {
                let v = Float(row) - Self.middle
                for column in 0..<Self.side {
                    let u = Float(column) - Self.middle
                    let (px, py) = (centre.x + u * axis.x - v * axis.y, centre.y + u * axis.y + v * axis.x)
                    luma[row * Self.side + column] = cells.holds(px, py) ? cells.at(px, py) : -1
                }
            }
        }
    }

    /// How far the face has moved, 0 to 1: 0 where the room's edges look like held ones.
    var weight: Double {
        let spread = (x.spread * x.spread + y.spread * y.spread).squareRoot()
        return min(1, max(0, (spread - Self.blur.least) / (Self.blur.enough - Self.blur.least)))
    }

    /// How much of a sheet's outline stays with the face.
    struct Outline: Sendable {
        /// Of top, left and right, which meet in corners, the weakest, 0 to 1.
        var frame: Float = 0
        /// Of the top and one side, which meet in a corner: a sheet that reaches out of the view.
        var corner: Float = 0
    }

    /// The best outline, of those that lean by as much as a hand does against the face.
    var outline: Outline {
        var best = Outline()
        guard !luma.isEmpty else { return best }
        let (across, down) = (signs(of: across, isUpright: true), signs(of: down, isUpright: false))
        for lean in -2...2 { search(across, down, Float(lean) * 0.07, &best) }
        return best
    }

    /// For each line along the grid and each place beside it, whether the brightness rises or falls there or a step on, as
    /// the stronger of both says; 0 for neither, and where too few looks saw it.
    private func signs(of sums: [Changes], isUpright: Bool) -> [Int16] {
        let side = Self.side
        let means = zip(sums, looks).map { $1 >= 3 ? $0.mean($1) : 0 }
        var signs = [Int16](repeating: 0, count: side * side)
        for along in 0..<side {
            for place in 0..<side - 1 {
                func mean(_ place: Int) -> Float {
                    guard (1..<side - 1).contains(place) else { return 0 }
                    return means[isUpright ? along * side + place : place * side + along]
                }
                let (here, next) = (mean(place), mean(place + 1))
                let strongest = abs(next) > abs(here) ? next : here
                signs[along * side + place] =
                    strongest >= Self.leastChange ? 1 : strongest <= -Self.leastChange ? -1 : 0
            }
        }
        return signs
    }

    /// Sums of signs along lines that lean, so that each part of a line is known at once: for each line its sum up to each
    /// point.
    private static func sums(of signs: [Int16], lean: Float) -> [Int16] {
        var sums = [Int16](repeating: 0, count: side * (side + 1))
        for along in 0..<side {
            let shift = Int((lean * (Float(along) - middle)).rounded(.down))
            for line in 0..<side {
                let place = line + shift
                let index = line * (side + 1) + along
                sums[index + 1] = sums[index] + ((0..<side).contains(place) ? signs[along * side + place] : 0)
            }
        }
        return sums
    }

    private func search(_ across: [Int16], _ down: [Int16], _ lean: Float, _ best: inout Outline) {
        let side = Self.side
        let (upright, level) = (Self.sums(of: across, lean: -lean), Self.sums(of: down, lean: lean))
        func share(_ sums: [Int16], _ line: Int, _ from: Int, _ to: Int) -> Float {
            abs(Float(sums[line * (side + 1) + to] - sums[line * (side + 1) + from])) / Float(to - from)
        }
        let centre = side / 2
        let places = Self.places(Self.sides)
        for top in Self.places(Self.above) {
            // Down to below the chin.
            let (first, last) = (centre - top, centre + 6)
            let lefts = places.map { share(upright, centre - $0, first, last) }
            let rights = places.map { share(upright, centre + $0, first, last) }
            for (left, atLeft) in zip(places, lefts) where atLeft > best.corner {
                best.corner = max(best.corner, min(atLeft, share(level, first, centre - left, centre + 9)))
            }
            for (right, atRight) in zip(places, rights) where atRight > best.corner {
                best.corner = max(best.corner, min(atRight, share(level, first, centre - 9, centre + right)))
            }
            for (left, atLeft) in zip(places, lefts) where atLeft > best.frame {
                for (right, atRight) in zip(places, rights) where min(atLeft, atRight) > best.frame {
                    let along = share(level, first, centre - left, centre + right)
                    best.frame = max(best.frame, min(min(atLeft, atRight), along))
                }
            }
        }
    }

    private static func places(_ range: ClosedRange<Float>) -> ClosedRange<Int> {
        Int((range.lowerBound / step).rounded())...Int((range.upperBound / step).rounded())
    }
}
