/// Bands that wander over a screen: it is refreshed while the sensor reads its rows one after another. They lie over the
/// whole width of the screen, so that the walls at both sides of a face change alike, row by row; where the light of lamps
/// has bands the rest of the scene changes with them, and they are taken out.
enum BesideBands {
    /// Where the strips lie, in widths of the face's box from its middle.
    private static let strip: ClosedRange<Float> = 0.75...1.5
    private static let rows: ClosedRange<Float> = -1.0...0.4
    /// From here on it is the scene.
    private static let far: Float = 2.2
    /// A change of more than this is something that moves.
    private static let most: Float = 0.2

    /// The covariance of the two sides' changes without what they share with the scene; nil without sides or scene.
    /// - Parameter scene: the scene's own motion, in cells.
    static func common(
        _ old: ReducedFrame.Cells, _ new: ReducedFrame.Cells, _ centre: (x: Float, y: Float), _ width: Float,
        _ scene: AffineMotion
    ) -> Float? {
        let top = max(2, Int(centre.y + rows.lowerBound * width))
        let bottom = min(old.rows - 3, Int(centre.y + rows.upperBound * width))
        guard bottom - top >= 8 else { return nil }
        var (count, left, right, far) = (Float(0), Float(0), Float(0), Float(0))
        var (leftRight, leftFar, rightFar, farFar) = (Float(0), Float(0), Float(0), Float(0))
        for row in top...bottom {
            func change(_ from: Float, _ to: Float) -> Float? { self.change(old, new, row, from, to, scene) }
            let (reach, end) = (strip.lowerBound * width, strip.upperBound * width)
            guard let one = change(centre.x - end, centre.x - reach),
                let other = change(centre.x + reach, centre.x + end)
            else { continue }
            let before = change(0, centre.x - Self.far * width)
            let behind = change(centre.x + Self.far * width, Float(old.columns))
            guard let some = before ?? behind else { continue }
            let rest = (some + (behind ?? some)) / 2
            count += 1
            left += one
            right += other
            far += rest
            leftRight += one * other
            leftFar += one * rest
            rightFar += other * rest
            farFar += rest * rest
        }
        guard count >= 8 else { return nil }
        let (l, r, f) = (left / count, right / count, far / count)
        let both = leftRight / count - l * r
        let (lf, rf, ff) = (leftFar / count - l * f, rightFar / count - r * f, farFar / count - f * f)
        // What a straight line through the scene's change explains of both.
        return both - (ff > 1e-9 ? lf * rf / ff : 0)
    }

    /// The mean relative change of a row between two columns; nil where too little of it is to be seen.
    private static func change(
        _ old: ReducedFrame.Cells, _ new: ReducedFrame.Cells, _ row: Int, _ from: Float, _ to: Float,
        _ scene: AffineMotion
    ) -> Float? {
        let (first, last) = (max(2, Int(from)), min(old.columns - 3, Int(to)))
        guard last - first >= 5 else { return nil }
        var (sum, count) = (Float(0), Float(0))
        for column in first...last {
            let (x, y) = scene(Float(column), Float(row))
            let before = old.means[row * old.columns + column]
            guard before > 12, new.holds(x, y) else { continue }
            let change = new.at(x, y) / before - 1
            guard abs(change) < most else { continue }
            sum += change
            count += 1
        }
        return count >= 6 ? sum / count : nil
    }
}
