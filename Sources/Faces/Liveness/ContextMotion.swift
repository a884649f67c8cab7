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
        /// Of those that come along what is not the known scene, and of those that stay what is; with a known scene.
        var carriedOther = 0.0
        var stayingKnown = 0.0
        var stayingOther = 0.0
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
    ///   - known: the scene under the current frame.
    static func compare(
        key: ReducedFrame, current: ReducedFrame, centre: (x: Float, y: Float), width: Float, face: AffineMotion,
        known: PlacedScene? = nil
    ) -> Result {
        key.withCells { old in
            current.withCells { new in
                var result = Result()
                let found = SceneMotion(old, new, centre, width)
                let scene = found.motion
                (result.noise, result.gain) = (found.noise, found.meanGain)
                let place = face(centre.x, centre.y)
                let stay = scene(centre.x, centre.y)
                let (dx, dy) = (place.x - stay.x, place.y - stay.y)
                result.motion = (dx * dx + dy * dy).squareRoot()
                result.bands = BesideBands.common(old, new, centre, width, scene)
                guard found.isCertain else { return result }
                for row in reach.top...reach.bottom {
                    for column in reach.left...reach.right {
                        let (u, v) = ((Float(column) + 0.5) * side, (Float(row) + 0.5) * side)
                        let isHead = abs(u) < head.side && v > -head.up
                        guard !isHead, v <= shoulders else { continue }
                        let isNear = abs(u) < near.side && v > -near.up
                        let middle = (x: centre.x + u * width, y: centre.y + v * width)
                        guard let carried = choose(old, new, middle, width, face, scene, result.noise) else { continue }
                        if let known {
                            let place = (carried ? face : scene)(middle.x, middle.y)
                            let isOther = known.isOther(current, place.x, place.y, max(2, side * width / 2))
                            switch (carried, isOther) {
                            case (true, true): result.carriedOther += 1
                            case (false, true): result.stayingOther += 1
                            case (false, false): result.stayingKnown += 1
                            default: break
                            }
                        }
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
}
